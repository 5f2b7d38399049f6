import Telemetry

@testable import Backends

extension Collector {
    /// With a clock that stands still: nothing expires, however slowly the test runs.
    init(
        traces: (any TraceSource)?, logs: (any LogSource)?, cluster: (any ClusterSource)?,
        metrics: (any MetricSource)? = nil, shippedEvents: ShippedEvents? = nil, budget: Budget = Budget(),
        logFields: LogFieldMapping = LogFieldMapping(), metricPlan: MetricPlan = MetricPlan()
    ) {
        self.init(
            traces: traces, logs: logs, cluster: cluster, metrics: metrics, shippedEvents: shippedEvents,
            budget: budget, logFields: logFields, metricPlan: metricPlan, clock: ManualClock())
    }
}

/// The example that the collector's tests share: a window, what is asked about it, and what the backends have.
protocol CollectorExample: Sendable {}

extension CollectorExample {
    var window: TimeWindow { TimeWindow(start: Timestamp(seconds: 5000), end: Timestamp(seconds: 6000)) }
    var baseline: TimeWindow { TimeWindow(start: Timestamp(seconds: 2000), end: Timestamp(seconds: 5000)) }
    var fields: LogFieldMapping { LogFieldMapping(service: ["app"], namespace: ["ns"], pod: ["pod"]) }

    func request(
        _ scope: Scope = Scope(services: ["checkout"]), wanted: Set<EvidenceSource> = Set(EvidenceSource.allCases),
        now: Timestamp? = nil
    ) -> CollectionRequest {
        CollectionRequest(scope: scope, window: window, baseline: baseline, wanted: wanted, now: now)
    }

    func hit(_ number: UInt64, at second: Int64 = 5500, duration: Duration = .seconds(1)) -> TraceHit {
        TraceHit(
            traceID: TraceID(high: 0, low: number), rootService: "checkout", rootName: "GET /",
            start: Timestamp(seconds: second), duration: duration, isRootMissing: false)
    }

    func trace(
        _ id: TraceID, spans: Int = 1, isError: Bool = false, pod: String? = nil, namespace: String? = nil
    ) -> Trace {
        Trace(
            id: id,
            spans: (1...spans).map { number in
                Span(
                    traceID: id, id: SpanID(UInt64(number)), parentID: number == 1 ? nil : SpanID(1), name: "s",
                    start: Timestamp(seconds: 5500), end: Timestamp(seconds: 5501),
                    status: isError ? .error(message: "") : .unset,
                    resource: Attributes(
                        [("service.name", .string("checkout"))] + (pod.map { [("k8s.pod.name", .string($0))] } ?? [])
                            + (namespace.map { [("k8s.namespace.name", .string($0))] } ?? [])))
            })
    }

    func line(_ text: String, at second: Int64 = 5500) -> LogEntry {
        LogEntry(at: Timestamp(seconds: second), line: text, labels: ["app": "checkout"])
    }

    /// Answers each search by its role, told by query and window, and each id with a trace of one span.
    func traces(
        failing: [TraceHit] = [], elsewhere: [TraceHit] = [], sample: [TraceHit] = [], reference: [TraceHit] = [],
        slow: [TraceHit] = [], isTruncated: Bool = false,
        onTrace: @escaping @Sendable (TraceID) async throws(BackendError) -> Trace?
    ) -> ScriptedTraces {
        let window = window
        return ScriptedTraces(
            onSearch: { (query, asked, _) throws(BackendError) in
                let hits =
                    if query.contains("trace:duration") {
                        slow
                    } else if query.contains("&& { status") {
                        elsewhere
                    } else if query.contains("status = error") {
                        failing
                    } else {
                        asked == window ? sample : reference
                    }
                return TraceSearch(hits: hits, isTruncated: isTruncated && !hits.isEmpty)
            }, onTrace: onTrace)
    }
}
