import Languages
import RootCause
import Telemetry

/// A step that the cluster reported, in as few words as a person needs: "node aks-spot-3 (spot): NotReady".
///
/// Such a step comes as "node NAME (spot): REASON: MESSAGE (×2)". Where the reason says it all, the message goes. The
/// parts are told by their colons, which stand in every language; what they are is read in English.
struct ClusterStep: Hashable {
    /// "node aks-spot-3 (spot)", in English: two steps with the same one are about the same.
    let subject: String
    /// "PreemptScheduled", and how often.
    let what: Phrase
    /// The subject in the reader's language.
    private let shownSubject: String
    private let reason: String

    /// nil for a step that is no event of the cluster, or one whose message tells more than its reason.
    init?(_ entry: TimelineEntry, in language: Language = .english) {
        guard entry.source == .events || entry.source == .nodes || entry.source == .pods else { return nil }
        let said = entry.text
        let parts = Self.parts(of: said.english)
        guard parts.count >= 2, Self.kinds.contains(where: parts[0].hasPrefix) else { return nil }
        // Without a message, how often it came stands behind the reason.
        reason = String(parts[1].prefix { $0 != " " })
        guard let plain = Self.plain(reason) else { return nil }
        subject = String(parts[0])
        shownSubject = Self.parts(of: said.said(in: language)).first.map { String($0) } ?? subject
        what = Self.repetition(of: parts.last ?? "").map { "\(plain) \($0)" } ?? plain
    }

    var text: Phrase { "\(shownSubject): \(what)" }

    var isOfNode: Bool { subject.hasPrefix("node ") }

    /// That the pods of a lost node are not ready is no news.
    var isPodNotReady: Bool { subject.hasPrefix("pod") && reason.hasSuffix("NotReady") }

    private static func parts(of text: String) -> [Substring] { text.plainLine.split(separator: ": ", maxSplits: 2) }

    /// "(×3)" at the end of a text.
    private static func repetition(of text: Substring) -> Substring? {
        guard text.hasSuffix(")"), let start = text.ranges(of: " (×").last?.lowerBound else { return nil }
        return text[text.index(after: start)...]
    }

    private static let kinds = ["node ", "nodes ", "pod ", "pods "]

    /// Reasons that say it all, in the words that a person uses. All others keep their message: it names the image that
    /// could not be pulled, or the resource that ran short.
    static func plain(_ reason: String) -> Phrase? {
        switch reason {
        case "CordonAndDrain": "cordoned and drained"
        case "Killing": "killed"
        case "NodeNotReady": Phrase(verbatim: "NotReady")
        case "NodeNotSchedulable": "cordoned"
        case "OOMKilling": "out of memory, a process killed"
        case "Preempted": "preempted"
        case "Rebooted": "rebooted"
        case "TaintManagerEviction": "evicted"
        case "FreezeScheduled", "NotReady", "PreemptScheduled", "RebalanceRecommendation", "RebootScheduled",
            "RedeployScheduled", "TerminateScheduled":
            Phrase(verbatim: reason)
        default: nil
        }
    }
}
