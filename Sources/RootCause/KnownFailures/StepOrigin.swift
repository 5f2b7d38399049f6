import Telemetry

/// The step of a build that wrote a line, as far as the line tells it.
struct StepOrigin: Hashable, Sendable {
    let trace: TraceID
    /// Jenkins' id of the step, or that of its span; nil when the line has neither.
    let step: String?

    /// nil for a line of no trace.
    init?(_ entry: LogEntry) {
        guard let trace = entry.traceID else { return nil }
        self.trace = trace
        step = entry.value(of: "jenkins.pipeline.step.id", "jenkins_pipeline_step_id") ?? entry.spanID?.description
    }
}
