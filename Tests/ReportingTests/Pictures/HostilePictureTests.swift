import FoundationEssentials
import Languages
import RootCause
import Telemetry
import TestSupport
import Testing

@testable import Reporting

/// Names come from outside, and numbers from files that somebody may have edited: no picture may break a page.
@Suite struct HostilePictureTests {
    private static let fragments = [
        "<script>alert(1)</script>", "</svg>", "]]>", "&lt;", "&#x202E;", "\"onload=\"x", "'", "\u{202E}evil",
        "\u{200B}\u{200D}", "\0\u{8}\u{1B}[2J", "\u{FFFE}\u{FFFF}", "日本語の長い名前", "🔥👩‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}\u{304}",
        "العربية", "<!--", "--><foreignObject>", "<?xml", "{{x}}", "plain", "\n\r\t\u{2028}",
        String(repeating: "W", count: 3000),
    ]

    private func data(_ random: inout SeededRandom) -> PictureData {
        func text() -> String {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.fragments.randomElement(using: &random) ?? "" }
                .joined(separator: Bool.random(using: &random) ? " " : "")
        }
        func number() -> Int { [0, 1, 7, 1000, 1 << 40].randomElement(using: &random) ?? 0 }
        func time() -> Duration {
            .nanoseconds(Int64([0, 1, 999, 1_000_000_000, 1 << 60].randomElement(using: &random) ?? 0))
        }
        let start = Timestamp(nanoseconds: Int64.random(in: -(1 << 60)...(1 << 60), using: &random))
        let step = Duration.seconds([1, 60, 86_400, 604_800].randomElement(using: &random) ?? 1)
        let kinds: [Course.Kind] = [.builds, .traces, .requests]
        let measures: [Course.Measure] = [.failures, .duration, .volume]
        let course = Course(
            kind: kinds.randomElement(using: &random) ?? .builds,
            measure: measures.randomElement(using: &random) ?? .failures, service: text(), start: start, step: step,
            parts: (0..<Int.random(in: 1...Course.mostParts, using: &random)).map { _ in
                let total = number()
                return .init(total: total, failed: total / 2, slow: Bool.random(using: &random) ? time() : nil)
            },
            usual: Bool.random(using: &random) ? .init(total: Double(number()), failedShare: 0.3, slow: time()) : nil,
            onset: start + time(), marks: [.init(at: start + time(), cause: .badDeploy)],
            isSample: Bool.random(using: &random))
        let outline = TraceOutline(
            traceID: TraceID(high: 1, low: 1), start: start, duration: time(), spans: number(),
            rows: (0..<Int.random(in: 0...TraceOutline.mostRows, using: &random)).map { level in
                .init(
                    name: text(), service: text(), level: level, start: time(), duration: time(),
                    isFailed: Bool.random(using: &random), isFocus: Bool.random(using: &random), reason: text())
            })
        return PictureData(course: course, outline: outline)
    }

    @Test func `whatever the names and numbers, the picture is well-formed, harmless and of bounded size`() throws {
        var random = SeededRandom(seed: 7)
        let themes: [PictureTheme] = [.light, .dark, .adaptive, .styledByPage]
        for _ in 0..<150 {
            let data = data(&random)
            let renderer = PictureRenderer(
                theme: themes.randomElement(using: &random) ?? .light,
                width: [0, 390, 420, 760, 1e9, .nan].randomElement(using: &random) ?? 420,
                language: Language.allCases.randomElement(using: &random) ?? .english)
            let svg = try #require(renderer.svg(of: data))
            #expect(svg == renderer.svg(of: data))
            #expect(svg.utf8.count < 64 << 10)
            try check(svg)
        }
    }

    /// Elements of ours only, each closed, no text in them that a browser would obey, and only what XML 1.0 allows.
    private func check(_ svg: String) throws {
        let allowed: Set<String> = [
            "svg", "title", "desc", "style", "rect", "line", "polyline", "polygon", "circle", "path", "text", "tspan",
        ]
        var open: [String] = []
        for part in svg.split(separator: "<", omittingEmptySubsequences: true) {
            guard let end = part.firstIndex(of: ">") else { throw TestFailure("a tag without an end: \(part)") }
            let tag = part[..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == String(tag.dropFirst()) else { throw TestFailure("\(tag) was not open") }
            } else {
                let name = String(tag.prefix { $0.isLetter })
                guard allowed.contains(name) else { throw TestFailure("<\(tag)> is no element of a picture") }
                guard !tag.contains("NaN"), !tag.contains("inf"), tag.count(where: { $0 == "\"" }) % 2 == 0 else {
                    throw TestFailure("<\(tag)>")
                }
                if !tag.hasSuffix("/") { open.append(name) }
            }
        }
        guard open.isEmpty else { throw TestFailure("left open: \(open)") }
        let isXML = svg.unicodeScalars.allSatisfy {
            $0 == "\n" || (0x20...0xFFFD).contains($0.value) || $0.value >= 0x10000
        }
        #expect(isXML)
        #expect(!svg.unicodeScalars.contains("\u{202E}"))
    }

    @Test(arguments: Self.fragments + ["payments-gateway POST /pay", "mmmmmmmmmmmm", "iiiiiiiiiiiiiii", "ÀÉÎÕÜ"])
    func `a name that is cut fits`(_ text: String) {
        for width in [0.0, 5, 40, 200] {
            let fitted = TextWidth.fitted(text.plainLine, into: width, size: 12)
            #expect(TextWidth.of(fitted, size: 12) <= width || fitted.isEmpty)
        }
    }

    @Test func `axes end at round numbers, at or above the highest value`() {
        for (most, top, step) in [(9.0, 10.0, 5.0), (3, 3, 1), (0, 1, 1), (100, 100, 50), (41, 60, 20), (4, 4, 1)] {
            let scale = ChartScale(upTo: most, least: 1)
            #expect(scale.top == top && scale.step == step, "\(most): \(scale)")
        }
        let time = ChartScale(upTo: 330, isTime: true)
        #expect(time.ticks == [0, 120, 240, 360])
    }

    @Test func `times on the axis are round in the reader's zone`() {
        let window = TimeWindow(start: Timestamp(seconds: 1_795_356_000), end: Timestamp(seconds: 1_795_356_000 + 7200))
        let zone = ClockZone { _ in .init(abbreviation: "IST", secondsEastOfUTC: 19_800) }
        let ticks = ClockTicks(window, zone: zone, most: 5)
        #expect(ticks.ticks.map(ticks.label) == ["19:30", "20:00", "20:30", "21:00", "21:30"])
    }
}
