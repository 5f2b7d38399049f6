import Alerts
import Languages
import RootCause
import Telemetry

/// Alerts whose evidence carries no cause.
enum UnexplainedIncidents {
    static let alert = DependencyFailureIncident.alert

    /// Traces fail, and nothing says why.
    static let failingTraces = Diagnosis(
        scope: Scope(services: ["checkout"]), window: Instant.window("09:34:00", "09:48:00"),
        baseline: Instant.window("08:34:00", "09:34:00"), onset: Instant.at("09:42:10"),
        hypotheses: [
            Hypothesis(
                cause: .unknown, subject: .init(.none, ""), confidence: 0.75,
                statement:
                    "They end in `POST /pay` of payments-gateway (11 of 12), status 502, no log line with these trace ids.",
                evidence: [],
                recommendations: [
                    "Logs of payments-gateway carry no trace id: see the runbook.",
                    "Its upstream is outside our traces.",
                ]),
            Hypothesis(
                cause: .dependencyFailure, subject: .init(.service, "payments-gateway"), confidence: 0.31,
                statement: "payments-gateway may fail because of what it calls.", evidence: [], recommendations: []),
        ],
        impact: Impact(
            basis: .failuresFirst, traces: 412, failedTraces: 12,
            affected: [.init(kind: .service, name: "checkout", outcome: "error")]),
        samplings: [
            Sampling(.traces, taken: 412, total: nil), Sampling(.logs, taken: 8310, total: nil),
            Sampling(.events, taken: 96, total: nil),
        ],
        exemplar: Exemplar(
            traceID: TraceID(high: 0x00aa, low: 0xbb), spanID: SpanID(0xcc), service: "payments-gateway",
            operation: "POST /pay", window: Instant.window("09:42:10", "09:42:11")))

    /// Tempo did not answer.
    static let noTraces = Diagnosis(
        scope: Scope(services: ["checkout"]), window: Instant.window("09:34:00", "09:48:00"),
        baseline: Instant.window("08:34:00", "09:34:00"),
        hypotheses: [
            Hypothesis(
                cause: .unknown, subject: .init(.none, ""), confidence: 0.9,
                statement: "1,204 log lines of checkout were read; none is new and none comes more often than before.",
                evidence: [],
                recommendations: ["Ask Tempo again once it answers: `sabueso replay --incident 42`."])
        ],
        gaps: [
            Gap(.traces, "Tempo answered 503 to the search for checkout: timeout", isTotal: true),
            Gap(.metrics, "metrics are not configured", isTotal: true, isStanding: true),
        ],
        samplings: [Sampling(.logs, taken: 1204, total: nil), Sampling(.events, taken: 0, total: 0)])
}
