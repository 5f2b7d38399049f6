import Backends
import Lab
import Scenarios
import Telemetry

/// A small case for tests of one server: what is not given is empty.
enum LabCase {
    static let now = Timestamp(seconds: 1_800_000_000)

    /// For a collector over real sockets: on a busy machine an answer from next door takes its time.
    static let patientBudget = Budget(time: .seconds(600), answerTime: .seconds(300))

    static func lab(
        spans: [Span] = [], logs: [LogEntry] = [], events: [ClusterEvent] = [], pods: [PodState] = [],
        nodes: [NodeState] = [], workloads: [WorkloadState] = [], metrics: [MetricSeries] = [], gaps: [Gap] = [],
        configuration: LabConfiguration = LabConfiguration(), clock: any Clock<Duration> = ContinuousClock()
    ) -> Lab {
        let window = TimeWindow(start: now - .seconds(3600), end: now)
        var configuration = configuration
        configuration.now = configuration.now ?? now
        return Lab(
            evidence: Evidence(
                scope: Scope(), window: window, baseline: window, traces: Trace.grouping(spans), logs: logs,
                events: events, pods: pods, nodes: nodes, workloads: workloads, metrics: metrics, gaps: gaps),
            configuration: configuration, clock: clock)
    }

    /// A query's value in a URL.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    static func json(_ answer: LabAnswer) -> JSON? { JSON(parsing: answer.body) }

    static func text(_ answer: LabAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }
}
