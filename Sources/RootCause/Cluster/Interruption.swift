import BuildLogs
import Telemetry

/// Why a step of a build was stopped, as far as its span says.
///
/// The plugin writes a cause's simple class name and its description: `UserInterruption: Aborted by admin`. The status is
/// an error for some of those that are none (a newer build) and for those that are (an agent that was removed).
enum Interruption: Hashable, Sendable {
    /// By a person or a newer build: no failure of this build.
    case stopped
    /// By a sibling branch that failed first: the failure is there.
    case failFast
    /// The agent went away under it.
    case agentRemoved(text: String)
    /// It took longer than its `timeout` step allows.
    case timedOut
    /// What it waited for was taken from the queue: its agent's pod could not start.
    case queueCancelled

    /// What Jenkins writes when somebody or something wanted the build to stop: `CauseOfInterruption.UserInterruption`,
    /// `DisableConcurrentBuildsJobProperty.CancelledCause`, `StageStepExecution.CanceledCause`, milestones and
    /// `BuildTriggerCancelledCause`.
    private static let stopMarks = Marks([
        "UserInterruption", "Aborted by ", "CancelledCause", "CanceledCause", "Superseded by ", "newer build",
        "DisableConcurrentBuilds",
    ])
    private static let failFastMarks = Marks(["FailFastCause", "Failed in branch"])
    /// `TimeoutStepExecution.ExceededTimeout`, and what the build-timeout plugin writes.
    private static let timeoutMarks = Marks([
        "ExceededTimeout", "Timeout has been exceeded", "Cancelling nested steps due to timeout",
        "Build timed out (after",
    ])
    private static let queueMarks = Marks(["QueueTaskCancelled", "Queue task was cancelled"])

    static func find(in span: Span) -> Interruption? {
        var texts: [String] = []
        if case .error(let message) = span.status, !message.isEmpty { texts.append(message) }
        for event in span.events {
            for name in ["exception.type", "exception.message"] {
                if let text = event.attributes.text(name) { texts.append(text) }
            }
        }
        if let causes = span.attributes.text("jenkins.pipeline.step.interruption.causes") { texts.append(causes) }
        if let removal = texts.first(where: AgentLossWords.areIn) { return .agentRemoved(text: removal) }
        if texts.contains(where: { stopMarks.areIn($0) }) { return .stopped }
        if texts.contains(where: { timeoutMarks.areIn($0) }) { return .timedOut }
        if texts.contains(where: { queueMarks.areIn($0) }) { return .queueCancelled }
        return texts.contains { failFastMarks.areIn($0) } ? .failFast : nil
    }

    /// Of the lines that Jenkins itself writes into a build's log.
    ///
    /// Only whole lines count: what a tool of the build says of its packages, peers and pools has the same words in it.
    static func find(inLine line: String) -> Interruption? {
        guard lineMarks.areIn(line) else { return nil }
        let text = PlainLine.text(of: line)
        if timeoutLines.contains(text) || text.hasPrefix("Build timed out (after ") { return .timedOut }
        if let name = rest(of: text, after: "Aborted by "), isName(name) { return .stopped }
        if let build = rest(of: text, after: "Superseded by "), endsInBuildNumber(build) { return .stopped }
        let cause = rest(of: text, after: "ERROR: ") ?? text[...]
        return cause == queueLine ? .queueCancelled : nil
    }

    /// `TimeoutStepExecution` announces the end of the steps and prints the cause of it; the build-timeout plugin writes how
    /// long it waited.
    private static let timeoutLines: Set<String> = [
        "Timeout has been exceeded", "Cancelling nested steps due to timeout",
    ]
    private static let queueLine = "Queue task was cancelled"
    /// One of them stands in every line that is looked at.
    static let lineTexts =
        ["Aborted by ", "Superseded by ", "Build timed out (after ", queueLine] + timeoutLines.sorted()
    private static let lineMarks = Marks(lineTexts)

    private static func rest(of line: String, after beginning: String) -> Substring? {
        line.hasPrefix(beginning) ? line.dropFirst(beginning.count) : nil
    }

    /// A user's full name or id, and nothing after it: `UserInterruption` prints no more.
    private static func isName(_ text: Substring) -> Bool {
        let mostWords = 5
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.count <= mostWords
            && words.allSatisfy { word in
                !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_.@'()\\".contains($0) }
            }
    }

    /// `#419`, or the job's name before it: what a newer build is called unless somebody gave it a name.
    private static func endsInBuildNumber(_ text: Substring) -> Bool {
        guard let last = text.split(separator: " ").last, last.first == "#" else { return false }
        return last.count > 1 && last.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
