import Reporting
import Telemetry

/// Summaries of any size and content, the same ones in every run.
struct HostileSummary {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// What somebody would write into a log line to do harm, and what happens to be there anyway.
    private static let fragments = [
        "<!channel>", "<!here|x>", "<@U123>", "<http://evil.example.com|Runbook>", "[Runbook](http://evil.example.com)",
        "`", "```", "*", "_", "~", "&amp;", "&&&&", "<<<>>>", "\\", "\\\\\\\"", "\"}],\"blocks\":[", "\u{1B}[2J",
        "\u{202E}",
        "\u{200B}", "\n\n# Heading\n1. item", "|", "@everyone", "{{DATE(2026-11-22T00:00:00Z)}}", "日本語のログ", "🔥🔥",
        "e\u{301}\u{302}\u{303}\u{304}", "\u{1100}\u{1100}\u{1100}", "plain words of a line", "\0\u{7}\u{7F}",
        "https://host/?q=" + "a", "<!subteam^S123>", "<#C123|general>", "<mailto:x@example.com|x>",
        "<at>dev@example.com</at>", "![x](http://evil.example.com/x.png)", "[x]: http://evil.example.com",
        "</p><script>alert(1)</script>", "\" onclick=\"alert(1)", "<a href='javascript:alert(1)'>",
        "&#60;!channel&#62;",
        "\u{2066}\u{2067}\u{202D}\u{202A}", "\u{FEFF}\u{200D}\u{2060}\u{AD}\u{E0041}\u{FE0F}", "\u{9B}31m",
        "\u{90}x\u{9C}",
        "👩‍👩‍👧‍👦", "🇪🇸🇯🇵", "한국어 로그", "נתיב/קובץ", "خطأ في الخادم", "<!", "<", ">", "|>", "<!here", "\u{2028}\u{2029}\u{85}",
        // What Swift takes for one letter, and a chat for two.
        "\u{600}<!channel>", "<\u{301}!channel>", "\u{D4E}<http://evil.example.com|x>",
        "\u{111C2}[x](http://evil.example.com)",
        "\u{600}`", "`\u{301}", "[\u{301}x\u{600}](http://evil.example.com)", "\u{600}\\",
        "\u{600}<at>dev@example.com</at>",
        "\u{600}*", "\u{600}&lt;!here&gt;", "\u{600}#",
        // Bytes that are no UTF-8: what is read of them.
        String(decoding: [0x80, 0xBF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF0, 0x9F, 0x94] as [UInt8], as: UTF8.self),
    ]

    mutating func next() -> Summary {
        Summary(
            mark: chance(3) ? Summary.Mark.allCases[number(3)] : nil,
            status: chance(8) ? .resolved(at: Timestamp(nanoseconds: 1)) : .firing, severity: chance(2) ? text() : nil,
            headline: text(), context: text(), causes: list { $0.cause() }, timeline: list { $0.step() },
            affected: chance(2) ? text() : nil, affectedNames: list { $0.affected() },
            recommendations: list { $0.text() }, keyLines: list { $0.line() }, missing: list { $0.text() },
            lookedAt: text(), figures: list { .init(name: $0.text(), value: $0.text()) }, links: list { $0.link() },
            incident: chance(2) ? text() : nil, playbook: chance(2) ? text() : nil,
            alertText: chance(2) ? text() : nil, digest: chance(4) ? list { $0.group() } : [])
    }

    private mutating func group() -> Summary.DigestGroup {
        .init(
            title: text(), count: number(3000), over: number(3000), incidents: list { $0.affected() },
            more: number(3000))
    }

    private mutating func cause() -> Summary.Cause {
        let certainties: [Certainty] = [.veryLikely, .likely, .possible, .lead]
        return .init(
            name: text(), certainty: certainties[number(4)], percent: text(), statement: text(),
            evidence: list { .init(text: $0.text(), url: $0.address()) }, runbook: text(), isKnown: chance(2))
    }

    private mutating func step() -> Summary.Step { .init(time: text(), text: text(), isKey: chance(2)) }

    private mutating func affected() -> Summary.Affected { .init(name: text(), outcome: text(), url: address()) }

    private mutating func line() -> Summary.LogLine { .init(text: text(), count: number(100_000), origin: text()) }

    private mutating func link() -> Summary.Link {
        let targets = Summary.Link.Target.allCases
        return .init(
            target: targets[number(targets.count)], title: text(), destination: text(), url: address() ?? text())
    }

    private mutating func address() -> String? {
        chance(3) ? nil : "https://host/" + String(repeating: "a%20", count: number(745)) + (chance(4) ? text() : "")
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<[0, 1, 3, 20, 400][number(5)] { text += Self.fragments[number(Self.fragments.count)] }
        return text
    }

    private mutating func list<Element>(_ element: (inout HostileSummary) -> Element) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<[0, 1, 4, 12, 80][number(5)] { elements.append(element(&self)) }
        return elements
    }

    private mutating func chance(_ oneIn: Int) -> Bool { number(oneIn) == 0 }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func number(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
