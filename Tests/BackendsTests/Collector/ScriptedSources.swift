import Backends
import Synchronization
import Telemetry
import Testing

/// Traces from closures; a question that the test does not expect is an issue.
struct ScriptedTraces: TraceSource {
    var onSearch: @Sendable (String, TimeWindow, Int) async throws(BackendError) -> TraceSearch = {
        (query, _, _) throws(BackendError) in
        Issue.record("unexpected search: \(query)")
        throw .invalidQuestion(.init("Tempo", "search"), reason: "not in the script")
    }
    var onTrace: @Sendable (TraceID) async throws(BackendError) -> Trace? = { (id) throws(BackendError) in
        Issue.record("unexpected trace: \(id)")
        throw .invalidQuestion(.init("Tempo", "trace"), reason: "not in the script")
    }

    func search(_ traceQL: String, in window: TimeWindow, limit: Int) async throws(BackendError) -> TraceSearch {
        try await onSearch(traceQL, window, limit)
    }

    func trace(_ id: TraceID, around window: TimeWindow?) async throws(BackendError) -> Trace? { try await onTrace(id) }
}

/// Log lines from a closure.
struct ScriptedLogs: LogSource {
    var onEntries: @Sendable (String, TimeWindow, Int, LogDirection) async throws(BackendError) -> LogPage

    func entries(
        _ logQL: String, in window: TimeWindow, limit: Int, direction: LogDirection
    ) async throws(BackendError) -> LogPage { try await onEntries(logQL, window, limit, direction) }
}

/// A cluster from closures.
struct ScriptedCluster: ClusterSource {
    var onEvents: @Sendable (String?, TimeWindow) async throws(BackendError) -> [ClusterEvent] = { _, _ in [] }
    var onPods: @Sendable (String?) async throws(BackendError) -> [PodState] = { _ in [] }
    var onNodes: @Sendable () async throws(BackendError) -> [NodeState] = { [] }
    var onWorkloads: @Sendable (String?) async throws(BackendError) -> ClusterList<WorkloadState> = { _ in
        ClusterList(items: [])
    }

    func events(namespace: String?, in window: TimeWindow) async throws(BackendError) -> ClusterList<ClusterEvent> {
        ClusterList(items: try await onEvents(namespace, window))
    }
    func pods(namespace: String?) async throws(BackendError) -> ClusterList<PodState> {
        ClusterList(items: try await onPods(namespace))
    }
    func nodes() async throws(BackendError) -> ClusterList<NodeState> { ClusterList(items: try await onNodes()) }
    func workloads(namespace: String?) async throws(BackendError) -> ClusterList<WorkloadState> {
        try await onWorkloads(namespace)
    }
}

/// What was asked, in the order in which it was.
final class Notebook<Element: Sendable>: Sendable {
    private let notes = Mutex<[Element]>([])

    func note(_ element: Element) { notes.withLock { $0.append(element) } }

    var all: [Element] { notes.withLock { $0 } }
}

/// Waits until the task is cancelled, and for nothing else.
func hang() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    continuation.finish()
}

/// Metrics from closures; what is asked first and last is up to the collector.
struct ScriptedMetrics: MetricSource {
    var onSeries: @Sendable (String, String?, MetricRange, Int) async throws(BackendError) -> MetricAnswer = {
        (_, _, _, _) in MetricAnswer(series: [])
    }
    var onRule: @Sendable (String) async throws(BackendError) -> String? = { (name) throws(BackendError) in
        Issue.record("unexpected rule: \(name)")
        return nil
    }

    func series(
        _ promQL: String, named name: String?, over range: MetricRange, limit: Int
    ) async throws(BackendError) -> MetricAnswer { try await onSeries(promQL, name, range, limit) }

    func expression(ofAlert name: String) async throws(BackendError) -> String? { try await onRule(name) }
}
