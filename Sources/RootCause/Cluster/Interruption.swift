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
    static func find(inLine line: String) -> Interruption? {
        if timeoutMarks.areIn(line) { return .timedOut }
        if stopLines.areIn(line) { return .stopped }
        return queueMarks.areIn(line) ? .queueCancelled : nil
    }

    private static let stopLines = Marks(["Aborted by ", "Superseded by "])
}
