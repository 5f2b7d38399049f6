import Languages
import RootCause
import Telemetry

/// A step that the cluster reported, in as few words as a person needs: "node aks-spot-3 (spot): NotReady".
///
/// Such a step comes as "node NAME (spot): REASON: MESSAGE (×2)". Where the reason says it all, the message goes.
struct ClusterStep: Hashable {
    /// "node aks-spot-3 (spot)"
    let subject: String
    /// "PreemptScheduled"
    let what: String

    /// nil for a step that is no event of the cluster, or one whose message tells more than its reason.
    init?(_ entry: TimelineEntry) {
        guard entry.source == .events || entry.source == .nodes || entry.source == .pods else { return nil }
        let parts = entry.text.english.plainLine.split(separator: ": ", maxSplits: 2)
        guard parts.count >= 2, Self.kinds.contains(where: parts[0].hasPrefix) else { return nil }
        // Without a message, how often it came stands behind the reason.
        let reason = parts[1].prefix { $0 != " " }
        guard let what = Self.plain[String(reason)] else { return nil }
        subject = String(parts[0])
        self.what = what + (Self.repetition(of: entry.text.english).map { " \($0)" } ?? "")
    }

    var text: String { "\(subject): \(what)" }

    /// "(×3)" at the end of a text.
    private static func repetition(of text: String) -> Substring? {
        guard text.hasSuffix(")"), let start = text.ranges(of: " (×").last?.lowerBound else { return nil }
        return text[text.index(after: start)...]
    }

    private static let kinds = ["node ", "nodes ", "pod ", "pods "]

    /// Reasons that say it all, in the words that a person uses. All others keep their message: it names the image that
    /// could not be pulled, or the resource that ran short.
    private static let plain = [
        "CordonAndDrain": "cordoned and drained", "FreezeScheduled": "FreezeScheduled", "Killing": "killed",
        "NodeNotReady": "NotReady", "NodeNotSchedulable": "cordoned", "NotReady": "NotReady",
        "OOMKilling": "out of memory, a process killed", "Preempted": "preempted",
        "PreemptScheduled": "PreemptScheduled", "RebalanceRecommendation": "RebalanceRecommendation",
        "RebootScheduled": "RebootScheduled", "Rebooted": "rebooted", "RedeployScheduled": "RedeployScheduled",
        "TaintManagerEviction": "evicted", "TerminateScheduled": "TerminateScheduled",
    ]
}
