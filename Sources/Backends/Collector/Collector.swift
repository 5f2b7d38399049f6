import Languages
package import Telemetry

/// Turns a scope into evidence: first what the scope names, then what that points to.
///
/// It never throws. What could not be fetched, or only in part, is a ``Gap`` in words for the reader of the message. The
/// result does not depend on the order in which the backends answer.
package struct Collector: Sendable {
    private let traces: (any TraceSource)?
    private let logs: (any LogSource)?
    private let cluster: (any ClusterSource)?
    private let metrics: (any MetricSource)?
    private let shippedEvents: ShippedEvents?
    private let budget: Budget
    private let logFields: LogFieldMapping
    private let metricPlan: MetricPlan
    private let clock: any Clock<Duration>

    /// - Parameters:
    ///   - traces: nil when it is not configured, which is a gap; so with the others.
    ///   - shippedEvents: events among the logs; nil when there are none.
    ///   - clock: for deadlines. Never a default: a test that measures no time must not depend on how busy the machine is.
    package init(
        traces: (any TraceSource)?, logs: (any LogSource)?, cluster: (any ClusterSource)?,
        metrics: (any MetricSource)? = nil, shippedEvents: ShippedEvents? = nil, budget: Budget = Budget(),
        logFields: LogFieldMapping = LogFieldMapping(), metricPlan: MetricPlan = MetricPlan(),
        clock: any Clock<Duration>
    ) {
        self.traces = traces
        self.logs = logs
        self.cluster = cluster
        self.metrics = metrics
        self.shippedEvents = shippedEvents
        self.budget = budget
        self.logFields = logFields
        self.metricPlan = metricPlan
        self.clock = clock
    }

    package func collect(_ request: CollectionRequest) async -> Evidence {
        let stopwatch = Stopwatch(clock)
        func inquiry(_ backend: String) -> Inquiry {
            Inquiry(backend: backend, stopwatch: stopwatch, budget: budget)
        }
        let traceCollector = traces.flatMap { source in
            request.wanted.contains(.traces)
                ? TraceCollector(source: source, inquiry: inquiry("Tempo"), request: request) : nil
        }
        let logCollector = logs.flatMap { source in
            request.wanted.contains(.logs)
                ? LogCollector(
                    source: source, inquiry: inquiry("Loki"),
                    questions: LogQuestions(request: request, fields: logFields)) : nil
        }
        let clusterCollector = ClusterCollector(
            source: cluster, inquiry: inquiry("Kubernetes"), request: request,
            shipped: logs.flatMap { source in
                shippedEvents.map { ShippedEventReader(source: source, events: $0, inquiry: inquiry("Loki")) }
            })
        let metricCollector = metrics.flatMap { source in
            request.wanted.contains(.metrics)
                ? MetricCollector(
                    source: source, inquiry: inquiry("Prometheus"),
                    questions: MetricQuestions(request: request, plan: metricPlan)) : nil
        }

        async let harvestOfTraces = traceCollector?.collect()
        async let firstLogs = logCollector?.firstRound()
        async let firstOfCluster = clusterCollector.firstRound()
        async let firstMetrics = metricCollector?.firstRound()

        let traceHarvest = await harvestOfTraces ?? TraceCollector.Harvest()
        let clues = Clues(traceHarvest.suspicious)
        async let secondOfCluster = clusterCollector.secondRound(clues)
        async let secondMetrics = metricCollector?.secondRound(clues)
        let logAnswers = await firstLogs ?? []
        let moreLogs = await logCollector?.secondRound(clues, after: logAnswers) ?? []

        let logHarvest = logCollector?.harvest(logAnswers + moreLogs) ?? LogCollector.Harvest()
        let clusterAnswers = await firstOfCluster + (await secondOfCluster)
        let clusterHarvest = ClusterHarvest(clusterAnswers, request, budget)
        let metricAnswers = (await firstMetrics ?? []) + (await secondMetrics ?? [])
        let metricHarvest = metricCollector?.harvest(metricAnswers, clues) ?? MetricCollector.Harvest()
        return Evidence(
            scope: request.scope, window: request.window, baseline: request.baseline, traces: traceHarvest.traces,
            logs: logHarvest.entries, events: clusterHarvest.events, pods: clusterHarvest.pods,
            nodes: clusterHarvest.nodes, workloads: clusterHarvest.workloads, metrics: metricHarvest.series,
            gaps: Self.ordered(
                unavailable(request) + traceHarvest.gaps + logHarvest.gaps + clusterHarvest.gaps
                    + metricHarvest.gaps),
            samplings: traceHarvest.samplings + logHarvest.samplings + metricHarvest.samplings,
            traceSample: traceHarvest.sample)
    }

    private var hasShippedEvents: Bool { logs != nil && shippedEvents != nil }

    /// What was not asked for at all. It is a gap as well: an empty list must not pass for evidence of absence.
    private func unavailable(_ request: CollectionRequest) -> [Gap] {
        EvidenceSource.allCases.compactMap { source in
            guard request.wanted.contains(source) else {
                return Gap(
                    source, "the playbook does not ask for \(source.words)", isTotal: true, isStanding: true)
            }
            let backend: String? =
                switch source {
                case .traces: traces == nil ? "Tempo" : nil
                case .logs: logs == nil ? "Loki" : nil
                case .events: cluster == nil && !hasShippedEvents ? "Kubernetes" : nil
                case .pods, .nodes: cluster == nil ? "Kubernetes" : nil
                case .metrics: metrics == nil ? "Prometheus" : nil
                }
            return backend.map { Gap(source, "\($0) is not configured", isTotal: true, isStanding: true) }
        }
    }

    /// By source, the total ones first.
    private static func ordered(_ gaps: [Gap]) -> [Gap] {
        EvidenceSource.allCases.flatMap { source in
            let ofSource = gaps.filter { $0.source == source }
            return ofSource.filter(\.isTotal) + ofSource.filter { !$0.isTotal }
        }
    }
}
