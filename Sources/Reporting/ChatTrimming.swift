import Languages

/// A summary on its way into a chat message: shortened step by step until it fits, the least useful part first.
struct ChatTrimming {
    private(set) var summary: Summary
    private var bounds = TextBounds.standard
    private let original: Summary

    /// Renders until the message fits.
    ///
    /// - Parameters:
    ///   - steps: how many of the timeline the message shows at most.
    ///   - size: of a message, in the units of the limit.
    ///   - render: the message for this summary, with the sentence that says what was left out.
    static func fit<Message>(
        _ summary: Summary, into limit: Int, steps: Int, size: (Message) -> Int, render: (ChatTrimming) -> Message
    ) -> Message {
        var trimming = ChatTrimming(summary, steps: steps)
        var message = render(trimming)
        while size(message) > limit, trimming.shorten() { message = render(trimming) }
        return message
    }

    /// What was left out, in words: "…shortened: 14 timeline steps left out; all evidence is in incident 42"; nil when
    /// nothing was.
    var notice: String? {
        let dropped = [
            (original.timeline.count - summary.timeline.count, Noun.timelineStep),
            (original.keyLines.count - summary.keyLines.count, .logLine),
            (original.causes.count - summary.causes.count, .otherCause),
            (original.links.count - summary.links.count, .link),
            (original.missing.count - summary.missing.count, .otherReason),
            (original.digest.count - summary.digest.count, .kindOfIncident),
        ].filter { $0.0 > 0 }
        var parts = dropped.map { Quantities.count($0.0, $0.1) }
        if bounds != .standard { parts.append("the ends of long texts") }
        guard !parts.isEmpty else { return nil }
        let list = Quantities.list(parts, limit: parts.count)
        let notice: Phrase =
            summary.incident.map { "…shortened: \(list) left out; all evidence is in incident \($0)" }
            ?? "…shortened: \(list) left out"
        return notice.said(in: summary.language)
    }

    /// Of the affected, how many the message does not name.
    var unnamed: Int { original.affectedNames.count - summary.affectedNames.count }

    /// Takes from a summary of any size what a message could show at all, so that the work stays bounded.
    private init(_ summary: Summary, steps: Int) {
        var short = summary
        short.timeline = Self.shown(of: summary.timeline, limit: steps)
        short.digest = Array(summary.digest.prefix(TextBounds.standard.digestGroups))
        short.affectedNames = Array(summary.affectedNames.prefix(TextBounds.standard.names))
        short.links = Array(summary.links.prefix(Summary.Link.Target.allCases.count))
        short.causes = summary.causes.prefix(TextBounds.standard.causes).enumerated().map { index, cause in
            var cause = cause
            // Only the likeliest cause is told with what it rests on.
            cause.evidence = index == 0 ? Array(cause.evidence.prefix(Self.mostFindings)) : []
            return cause
        }
        original = summary
        self.summary = short.bounded()
    }

    /// The chain that explains what happened comes before the rest.
    private static func shown(of timeline: [Summary.Step], limit: Int) -> [Summary.Step] {
        guard timeline.count > limit else { return timeline }
        let keys = timeline.indices.filter { timeline[$0].isKey }.prefix(limit)
        let others = timeline.indices.filter { !timeline[$0].isKey }.prefix(limit - keys.count)
        return (Array(keys) + others).sorted().map { timeline[$0] }
    }

    // MARK: - Shortening

    /// One piece shorter; false when nothing more can go.
    private mutating func shorten() -> Bool {
        dropCourse() || dropFinding() || drop(\.links, keeping: Self.essentialLinks)
            || dropStep(keeping: Self.essentialSteps)
            || drop(\.affectedNames, keeping: Self.essentialNames) || drop(\.keyLines, keeping: 1)
            || drop(\.causes, keeping: 1) || drop(\.missing, keeping: 1) || drop(\.links, keeping: 1)
            || drop(\.digest, keeping: Self.essentialKinds) || dropStep(keeping: 0) || drop(\.affectedNames, keeping: 0)
            || drop(\.keyLines, keeping: 0)
            || drop(\.links, keeping: 0) || drop(\.digest, keeping: 0) || tighten()
    }

    private mutating func dropCourse() -> Bool {
        guard summary.course != nil else { return false }
        summary.course = nil
        return true
    }

    private mutating func dropFinding() -> Bool {
        guard let index = summary.causes.lastIndex(where: { !$0.evidence.isEmpty }) else { return false }
        summary.causes[index].evidence.removeLast()
        return true
    }

    /// The steps that do not belong to the chain go first, then the chain's last ones: how it began explains most.
    private mutating func dropStep(keeping count: Int) -> Bool {
        if let index = summary.timeline.lastIndex(where: { !$0.isKey }) {
            summary.timeline.remove(at: index)
            return true
        }
        return drop(\.timeline, keeping: count)
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

    /// More than are shown, because some of them repeat what the chain says.
    private static let mostFindings = 8
    /// Trace, logs, dashboard, runbook, silence, all evidence.
    private static let essentialLinks = 6
    private static let essentialSteps = 3
    private static let essentialNames = 3
    /// Of incidents in a digest: the most numerous.
    private static let essentialKinds = 3
    /// A line of a telephone; below it a sentence says nothing.
    private static let shortestSentence = 40
}
