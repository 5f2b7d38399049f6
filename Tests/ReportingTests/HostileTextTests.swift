import Alerts
import Telemetry
import Testing

@testable import Reporting

/// Whatever comes from outside stays text on every surface: nobody is called, nothing leads elsewhere, nothing hides.
@Suite struct HostileTextTests {
    /// Both chats' messages for a summary.
    private static func bodies(_ summary: Summary) -> [(platform: ShownMessage.Platform, body: [UInt8])] {
        [
            (.slack, SlackRenderer().body(summary)), (.slack, SlackRenderer().details(summary)),
            (.teams, TeamsRenderer().body(summary)),
        ]
    }

    /// The addresses that a summary may lead to.
    private static func ownAddresses(_ summary: Summary) -> Set<String> {
        let found = summary.causes.flatMap { $0.evidence.map(\.url) } + summary.affectedNames.map(\.url)
        let others =
            summary.links.map { Optional($0.url) } + summary.digest.flatMap { $0.incidents.map(\.url) }
        return Set((found + others).compactMap { $0.flatMap { WebAddress.checked($0) } })
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: scalar != "\n"
        default: scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func check(_ summary: Summary) throws {
        let own = ownAddresses(summary)
        for (platform, body) in bodies(summary) {
            let shown = try #require(ShownMessage(body, on: platform))
            #expect(shown.mentions == [], "nobody is called on \(platform)")
            for link in shown.links { #expect(own.contains(link.url ?? ""), "\(link) on \(platform)") }
            let broken = ChatMeasure.all(of: body, on: platform).filter(\.isBroken)
            #expect(broken == [], "on \(platform)")
            #expect(!shown.notification.isEmpty && !shown.notification.unicodeScalars.contains(where: isHidden))
            let terminal = TerminalPreview(usesColours: false).text(shown)
            #expect(!terminal.unicodeScalars.contains(where: isHidden))
            for line in terminal.split(separator: "\n") { #expect(TerminalText.width(String(line)) <= 80, "\(line)") }
            checkHTML(ShownMessageHTML(shown).text, own)
        }
        let texts = [MarkdownRenderer().text(summary), TerminalRenderer(usesColours: false).text(summary)]
        for text in texts { #expect(!text.unicodeScalars.contains(where: isHidden)) }
        checkMarkdown(texts[0], own)
    }

    /// Only tags of ours, closed in their order, and only addresses of ours.
    private static func checkHTML(_ html: String, _ own: Set<String>) {
        let known: Set = [
            "article", "p", "div", "span", "strong", "em", "s", "code", "a", "br", "dl", "dt", "dd", "hr", "details",
            "summary",
        ]
        var open: [String] = []
        for piece in html.unicodeScalars.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: ">") else {
                Issue.record("an open tag in \(String(piece))")
                return
            }
            let tag = String(piece[..<end])
            let name = String(tag.drop { $0 == "/" }.prefix { $0 != " " })
            #expect(known.contains(name), "\(tag)")
            if tag.hasPrefix("/") {
                #expect(open.popLast() == name, "\(tag)")
            } else if name != "br", name != "hr" {
                open.append(name)
            }
            if name == "a", !tag.hasPrefix("/") {
                let address = tag.dropFirst("a href=\"".count).prefix { $0 != "\"" }
                #expect(own.contains(String(address).replacing("&amp;", with: "&")), "\(tag)")
            }
            let quotes = tag.unicodeScalars.count { $0 == "\"" }
            #expect(quotes <= 4 && quotes % 2 == 0 && !tag.contains("onclick=\""), "\(tag)")
        }
        #expect(open == [])
    }

    /// Outside code, brackets that are not escaped only begin links of ours. Code point by code point, as readers of
    /// Markdown do.
    private static func checkMarkdown(_ markdown: String, _ own: Set<String>) {
        for line in markdown.unicodeScalars.split(separator: "\n") {
            var rest = line
            while let scalar = rest.popFirst() {
                switch scalar {
                case "\\": rest = rest.dropFirst()
                case "`":
                    let fence = 1 + rest.prefix { $0 == "`" }.count
                    rest = rest.dropFirst(fence - 1)
                    // Only a run of the same length ends it.
                    var run = 0
                    while run != fence, !rest.isEmpty {
                        rest = rest.drop { $0 != "`" }
                        run = rest.prefix { $0 == "`" }.count
                        rest = rest.dropFirst(run)
                    }
                    #expect(run == fence, "open code in \(String(line))")
                case "]" where rest.first == "(":
                    let address = rest.dropFirst().prefix { $0 != ")" }
                    #expect(own.contains(String(address)), "in \(String(line))")
                case "<": Issue.record("a bare < in \(String(line))")
                default: break
                }
            }
        }
    }

    @Test(arguments: 1...40)
    func `no text calls anybody, leads elsewhere, hides or breaks a limit`(_ seed: Int) throws {
        var hostile = HostileSummary(seed: seed &+ 7000)
        try Self.check(hostile.next())
    }

    @Test(arguments: ExampleSummary.allCases.filter { $0 != .mentioning })
    func `the examples call nobody and lead nowhere else`(_ example: ExampleSummary) throws {
        try Self.check(example.summary)
    }

    @Test(arguments: 1...12)
    func `among hostile text those who are configured are called, and nobody else`(_ seed: Int) throws {
        var hostile = HostileSummary(seed: seed)
        var summary = hostile.next()
        summary.mentions = ["here", "U024BE7LH", "S0614TZR7", "on-call@example.com", "<!channel>", "everyone", "U1>"]
        let slack = try #require(ShownMessage(SlackRenderer().body(summary), on: .slack))
        #expect(slack.mentions == ["@here", "@U024BE7LH", "@S0614TZR7"])
        let details = try #require(ShownMessage(SlackRenderer().details(summary), on: .slack))
        #expect(details.mentions == [], "once is enough")
        let teams = try #require(ShownMessage(TeamsRenderer().body(summary), on: .teams))
        #expect(teams.mentions == ["@on-call@example.com"])
    }

    /// Lines as a program writes that dumps its memory into its log.
    @Test(arguments: ["x", "日本語", "🔥", "e\u{301}\u{302}", "\u{202E}\u{200B}\u{7}", "a b ", "<!channel> ", "`"])
    func `a line of a megabyte is cut and stays readable`(_ piece: String) throws {
        let line = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        try Self.check(
            Summary(
                headline: line, context: "context", recommendations: [line],
                keyLines: [.init(text: line, count: 2, origin: "p")],
                missing: ["m"]))
    }

    @Test func `an alert with very many labels and many alerts makes short messages`() throws {
        let labels = Dictionary(
            uniqueKeysWithValues: (0..<3000).map { ("label\($0)", String(repeating: "<!here> v\($0) ", count: 20)) })
        let alerts = (0..<300).map { number in
            Alert(
                status: .firing,
                labels: labels.merging(["alertname": "A\(number) <!channel>", "pod": "[p](http://evil.example.com)"]) {
                    $1
                },
                annotations: ["summary": String(repeating: "<@U123> `", count: 4000)],
                startsAt: Instant.at("14:32:00"), fingerprint: "\(number)")
        }
        let group = AlertGroup(
            status: .firing, receiver: "r", groupKey: "g", groupLabels: labels, commonLabels: labels,
            externalURL: "https://alertmanager.example.com", alerts: alerts)
        let builder = SummaryBuilder(ownPages: "https://sabueso.example.com")
        let occasion = SummaryBuilder.Occasion(alert: group, incident: "i-1", now: Instant.at("14:33:00"))
        for summary in [
            builder.beginning(of: group, on: occasion), builder.joining(of: alerts, on: occasion),
            builder.reminder(of: nil, on: occasion), builder.resolution(of: nil as SummaryBuilder.Story?, on: occasion),
        ] {
            try Self.check(summary)
            #expect(SlackRenderer().body(summary).count < 3000)
        }
    }
}
