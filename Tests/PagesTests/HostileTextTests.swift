import Feedback
import FoundationEssentials
import Journal
import Pages
import Telemetry
import TestSupport
import Testing

/// Whatever alerts, logs and people write: a page has no element, attribute or address in it that is not ours.
@Suite struct HostileTextTests {
    private static let pieces = [
        "<script>alert(1)</script>", "\"", "'", "</title>", "</style>", "<img src=x onerror=alert(1)>", "`", "&lt;",
        "&",
        "javascript:alert(1)", "\" onmouseover=\"x", "\u{202E}", "\u{200B}", "\u{0}", "\u{7}", "\n", "\u{1B}[31m",
        "]]>", "<!--", "-->", "日本語", "🦮", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "<!channel>", "<http://x|y>",
        "data:text/html,<b>", "%3Cscript%3E", "\\", "</li></ul>", "<svg onload=x>",
    ]
    /// Those that the pages write themselves.
    private static let tags: Set<String> = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "main", "p", "a", "h1", "h2", "h3", "form",
        "input",
        "button", "ul", "ol", "li", "span", "strong", "code", "nav", "div", "table", "thead", "tbody", "tr", "th", "td",
        "dl", "dt", "dd", "time", "figure", "figcaption", "svg", "desc", "rect", "line", "polyline", "polygon",
        "circle",
        "path", "text", "tspan",
    ]

    private static func text(_ random: inout SeededRandom) -> String {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func json(_ random: inout SeededRandom) throws -> [UInt8] {
        func hostile() -> String { text(&random) }
        let url = Bool.random(using: &random) ? "https://example.com/\(hostile())" : hostile()
        let document: [String: JSONText] = [
            "window": .object(["start": .text(hostile()), "end": .text(hostile())]),
            "hypotheses": .list([
                .object([
                    "cause": .text(Bool.random(using: &random) ? "disk-full" : hostile()),
                    "subject": .object(["kind": .text(hostile()), "name": .text(hostile())]),
                    "confidence": .number(0.5),
                    "statement": .text(hostile()), "signature": .text(hostile()),
                    "evidence": .list([
                        .object([
                            "source": .text(hostile()), "at": .text(hostile()), "text": .text(hostile()),
                            "link": .text(url),
                        ])
                    ]), "recommendations": .list([.text(hostile())]),
                ])
            ]),
            "suspects": .list([.object(["kind": .text(hostile()), "name": .text(hostile()), "pod": .text(hostile())])]),
            "timeline": .list([
                .object(["at": .text(hostile()), "source": .text(hostile()), "text": .text(hostile())])
            ]),
            "impact": .object([
                "affected": .list([
                    .object([
                        "kind": .text(hostile()), "name": .text(hostile()), "url": .text(url),
                        "outcome": .text(hostile()),
                    ])
                ])
            ]),
            "gaps": .list([.object(["source": .text(hostile()), "reason": .text(hostile())])]),
            "keyLines": .list([.object(["text": .text(hostile()), "count": .number(3), "pod": .text(hostile())])]),
            "course": .object([
                "kind": .text("requests"), "measure": .text("failures"), "service": .text(hostile()),
                "start": .text("2026-11-22T14:00:00Z"), "stepSeconds": .number(60),
                "onset": .text("2026-11-22T14:01:00Z"), "isSample": .flag(false),
                "marks": .list([.object(["at": .text(hostile()), "cause": .text(hostile())])]),
                "parts": .list((0..<3).map { .object(["total": .number(9), "failed": .number(Double($0))]) }),
            ]),
            "exemplarTrace": .object([
                "traceId": .text("0af7651916cd43dd8448eb211c80319c"), "start": .text("2026-11-22T14:00:00Z"),
                "durationSeconds": .number(3), "spans": .number(2),
                "rows": .list([
                    .object([
                        "name": .text(hostile()), "service": .text(hostile()), "level": .number(0),
                        "startSeconds": .number(0), "durationSeconds": .number(3), "failed": .flag(true),
                        "focus": .flag(true), "reason": .text(hostile()),
                    ])
                ]),
            ]),
            "report": .object([
                "affected": .text(hostile()), "lookedAt": .text(hostile()),
                "figures": .list([.object(["name": .text(hostile()), "value": .text(hostile())])]),
                "links": .list([
                    .object(["title": .text(hostile()), "destination": .text(hostile()), "url": .text(url)])
                ]),
            ]),
        ]
        return [UInt8](try JSONEncoder().encode(document))
    }

    @Test(arguments: 0..<200)
    func `no page has an element, an attribute or an address that is not ours`(seed: Int) throws {
        var random = SeededRandom(seed: seed)
        let hostile = (0..<8).map { _ in Self.text(&random) }
        let id = ExampleIncident.id
        let story = IncidentPage.Story(
            messages: [
                StoredMessage(
                    id: 1,
                    message: OutgoingMessage(
                        incident: id, receiver: hostile[0], kind: hostile[1], deduplicationKey: "k", payload: [],
                        createdAt: ExampleIncident.now), state: .parked,
                    attempts: [DeliveryAttempt(at: ExampleIncident.now, outcome: .parked, detail: hostile[2])])
            ],
            remarks: [.note, .acknowledged, .silenced].map {
                Remark(incident: id, at: ExampleIncident.now, author: hostile[3], kind: $0, text: hostile[4])
            },
            votes: [
                Vote(
                    incident: id, author: hostile[5], at: ExampleIncident.now, cause: hostile[6], signature: hostile[0],
                    confidence: 0.9, isRight: false, actualCause: hostile[7])
            ])
        let incident = try ExampleIncident.incident(
            diagnosis: Self.json(&random), headline: hostile[0], alertName: hostile[1])
        let listing = IncidentListing(
            incidents: [ExampleIncident.outline(1, hostile[2])], matching: 200, open: 1)
        let pages = [
            Self.drawn(IncidentPage(incident, story: story, now: ExampleIncident.now).html),
            IncidentListPage(listing, question: hostile[3], number: 2, now: ExampleIncident.now).html,
            MissingIncidentPage(asked: hostile[4], listing: listing).html,
            FeedbackPage(FeedbackReport(votes: story.votes)).html,
        ]
        for page in pages { try Self.expectHarmless(page.withoutStyle) }
    }

    /// Both pictures have to be there, or nothing was tried on them.
    private static func drawn(_ page: String) -> String {
        #expect(page.ranges(of: "<svg ").count == 4)
        return page
    }

    @Test func `a line of a megabyte is cut`() throws {
        let line = String(repeating: "x<", count: 500_000)
        let incident = try ExampleIncident.incident(headline: line)
        #expect(IncidentPage(incident, story: .init(), now: ExampleIncident.now).html.utf8.count < 100_000)
    }

    /// Reads the page as a browser's tokenizer would, so far as the pages' own form goes.
    private static func expectHarmless(_ page: String) throws {
        for scalar in ["\u{202E}", "\u{200B}", "\u{0}", "\u{7}", "\u{1B}"] { #expect(!page.contains(scalar)) }
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            let end = try #require(rest[start...].firstIndex(of: ">"), "a tag has an end")
            let whole = rest[rest.index(after: start)..<end]
            // An element of a picture ends in its own tag.
            let tag = whole.hasSuffix("/") ? whole.dropLast() : whole
            let name = tag.drop { $0 == "/" }.prefix { !$0.isWhitespace }
            #expect(tags.contains(name.lowercased()), "<\(tag)>")
            let attributes = tag.dropFirst(tag.count - tag.drop { $0 == "/" }.count + name.count)
            try expectHarmlessAttributes(attributes, of: String(name))
            rest = rest[rest.index(after: end)...]
        }
    }

    private static func expectHarmlessAttributes(_ text: Substring, of tag: String) throws {
        var rest = text.drop { $0.isWhitespace }
        while !rest.isEmpty, tag.lowercased() != "!doctype" {
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            #expect(!name.isEmpty && !name.hasPrefix("on"), "<\(tag)\(text)>")
            guard !name.isEmpty, rest.dropFirst(name.count).hasPrefix("=\"") else { return }
            rest = rest.dropFirst(name.count + 2)
            let value = rest.prefix { $0 != "\"" }
            if name == "href" || name == "action" {
                let isOurs = ["https://", "http://", "../", "#", "incidents", "feedback", "runbooks", "i-"].contains {
                    value.hasPrefix($0)
                }
                #expect(isOurs, "\(value)")
            }
            rest = rest.dropFirst(value.count + 1).drop { $0.isWhitespace }
        }
    }
}

private indirect enum JSONText: Encodable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([JSONText])
    case object([String: JSONText])

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let fields): try container.encode(fields)
        }
    }
}
