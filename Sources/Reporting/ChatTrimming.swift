/// A summary on its way into a chat message: shortened step by step until it fits, the least useful part first.
struct ChatTrimming {
    private(set) var summary: Summary
    private(set) var bounds = TextBounds.standard
    private(set) var names: Int
    private var original: Summary
    private var originalNames: Int

    /// - Parameter summary: of any size.
    init(_ summary: Summary) {
        var short = summary
        // Far more than any message holds; keeps the work bounded whatever comes in.
        short.timeline = Self.shown(of: summary.timeline)
        short.affectedNames = Array(summary.affectedNames.prefix(Self.mostNames))
        short.links = Array(summary.links.prefix(Self.mostLinks))
        short.causes = summary.causes.map { cause in
            var cause = cause
            cause.evidence = Array(cause.evidence.prefix(Self.mostFindings))
            return cause
        }
        original = summary
        self.summary = short.bounded()
        names = TextBounds.standard.names
        originalNames = summary.affectedNames.count
    }

    /// Renders until the message fits.
    ///
    /// - Parameters:
    ///   - size: of a message, in the units of the limit.
    ///   - render: the message for this summary, with the sentence that says what was left out.
    static func fit<Message>(
        _ summary: Summary, into limit: Int, size: (Message) -> Int, render: (ChatTrimming) -> Message
    ) -> Message {
        var trimming = ChatTrimming(summary)
        var message = render(trimming)
        while size(message) > limit, trimming.shorten() { message = render(trimming) }
        return message
    }

    /// What was left out, in words: "shortened: 14 timeline steps and 2 log lines left out"; nil when nothing was.
    var notice: String? {
        let parts = [
            (original.timeline.count - summary.timeline.count, "timeline step"),
            (original.keyLines.count - summary.keyLines.count, "log line"),
            (original.causes.count - summary.causes.count, "other cause"),
            (original.missing.count - summary.missing.count, "note on what is missing"),
            (original.links.count - summary.links.count, "link"),
        ].filter { $0.0 > 0 }.map { count, noun in
            noun.hasPrefix("note") && count > 1
                ? "\(Quantities.count(count)) notes on what is missing" : Quantities.count(count, noun)
        }
        let texts = bounds == .standard ? [] : ["the ends of long texts"]
        guard !parts.isEmpty || !texts.isEmpty else { return nil }
        let place = summary.incident.map { "; all evidence is in incident \($0)" } ?? ""
        return "…shortened: \(Quantities.list(parts + texts, limit: 6)) left out\(place)"
    }

    /// One step shorter; false when nothing more can go.
    private mutating func shorten() -> Bool {
        dropFinding() || dropLink(keeping: Self.essentialLinks) || dropStep(keeping: Self.essentialSteps)
            || dropName(keeping: Self.essentialNames) || drop(\.keyLines, keeping: 1) || drop(\.causes, keeping: 1)
            || drop(\.missing, keeping: 1) || dropLink(keeping: 1) || dropStep(keeping: 0) || dropName(keeping: 0)
            || drop(\.keyLines, keeping: 0) || dropLink(keeping: 0) || tighten()
    }

    private mutating func dropFinding() -> Bool {
        guard let index = summary.causes.lastIndex(where: { !$0.evidence.isEmpty }) else { return false }
        summary.causes[index].evidence.removeLast()
        return true
    }

    private mutating func dropLink(keeping count: Int) -> Bool { drop(\.links, keeping: count) }

    /// The steps that do not belong to the chain go first, then the chain's last ones: how it began explains most.
    private mutating func dropStep(keeping count: Int) -> Bool {
        if let index = summary.timeline.lastIndex(where: { !$0.isKey }) {
            summary.timeline.remove(at: index)
            return true
        }
        return drop(\.timeline, keeping: count)
    }

    private mutating func dropName(keeping count: Int) -> Bool {
        let shown = min(names, summary.affectedNames.count)
        guard shown > count else { return false }
        names = shown - 1
        return true
    }

    private mutating func drop<Element>(_ list: WritableKeyPath<Summary, [Element]>, keeping count: Int) -> Bool {
        guard summary[keyPath: list].count > count else { return false }
        summary[keyPath: list].removeLast()
        return true
    }

    private mutating func tighten() -> Bool {
        guard bounds.sentence > Self.shortestSentence else { return false }
        bounds.sentence /= 2
        bounds.headline = min(bounds.headline, bounds.sentence)
        bounds.context = min(bounds.context, bounds.sentence)
        bounds.name = min(bounds.name, bounds.sentence)
        summary = summary.bounded(bounds)
        return true
    }

    private static func shown(of timeline: [Summary.Step]) -> [Summary.Step] {
        guard timeline.count > mostSteps else { return timeline }
        let keys = timeline.filter(\.isKey).prefix(mostSteps)
        return keys.isEmpty ? Array(timeline.prefix(mostSteps)) : Array(keys)
    }

    private static let mostSteps = 60
    private static let mostNames = 60
    private static let mostFindings = 12
    private static let mostLinks = 12
    /// Trace, logs, dashboard, runbook, silence, all evidence.
    private static let essentialLinks = 6
    private static let essentialSteps = 3
    private static let essentialNames = 3
    /// A line of a telephone; below it a sentence says nothing.
    private static let shortestSentence = 40
}
