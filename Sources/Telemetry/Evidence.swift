package import Languages

/// What is under investigation. Every list may be empty; empty means "not narrowed down".
package struct Scope: Hashable, Sendable {
    package var services: [String]
    package var namespaces: [String]
    package var pods: [String]
    /// Jenkins jobs by full name.
    package var jobs: [String]

    package init(services: [String] = [], namespaces: [String] = [], pods: [String] = [], jobs: [String] = []) {
        self.services = services
        self.namespaces = namespaces
        self.pods = pods
        self.jobs = jobs
    }

    package var isEmpty: Bool { services.isEmpty && namespaces.isEmpty && pods.isEmpty && jobs.isEmpty }
}

/// Something that could not be fetched or had to be left out, said in words that reach the reader.
package struct Gap: Hashable, Sendable {
    package let source: EvidenceSource
    /// One sentence: "Loki answered 429 to `{app="x"}`: too many outstanding requests".
    package let reason: Phrase
    /// Whether nothing at all came from this source; otherwise a part is missing.
    package let isTotal: Bool
    /// Whether nobody asked for it, so that nothing is broken: it is not configured, or not part of the case, and will be
    /// missing the next time as well.
    package let isStanding: Bool
    /// Whether it was asked for and no answer came, or one in part only: late, refused, broken off.
    package let isUnanswered: Bool

    package init(
        _ source: EvidenceSource, _ reason: Phrase, isTotal: Bool, isStanding: Bool = false, isUnanswered: Bool = false
    ) {
        self.source = source
        self.reason = reason
        self.isTotal = isTotal
        self.isStanding = isStanding
        self.isUnanswered = isUnanswered
    }
}

/// How much of what exists was looked at: "412 of about 9,300 traces".
package struct Sampling: Hashable, Sendable {
    package let source: EvidenceSource
    package let taken: Int
    /// nil when the backend did not say how many there are.
    package let total: Int?

    package init(_ source: EvidenceSource, taken: Int, total: Int?) {
        self.source = source
        self.taken = taken
        self.total = total
    }
}

/// All that was fetched about one alert, as one value. The diagnosis depends on nothing else.
package struct Evidence: Hashable, Sendable {
    package var scope: Scope
    /// The time under suspicion.
    package var window: TimeWindow
    /// The quiet time before it; its traces and logs are in the same lists.
    package var baseline: TimeWindow
    package var traces: [Trace]
    package var logs: [LogEntry]
    package var events: [ClusterEvent]
    package var pods: [PodState]
    package var nodes: [NodeState]
    /// What keeps the pods running. It comes with the pods; a list of them that failed is a partial gap of the pods.
    package var workloads: [WorkloadState]
    package var metrics: [MetricSeries]
    package var gaps: [Gap]
    package var samplings: [Sampling]
    /// How the window's traces were chosen of all that the backend knows; nil when nobody counted those.
    package var traceSample: TraceSample?

    package init(
        scope: Scope, window: TimeWindow, baseline: TimeWindow, traces: [Trace] = [], logs: [LogEntry] = [],
        events: [ClusterEvent] = [], pods: [PodState] = [], nodes: [NodeState] = [], workloads: [WorkloadState] = [],
        metrics: [MetricSeries] = [], gaps: [Gap] = [], samplings: [Sampling] = [], traceSample: TraceSample? = nil
    ) {
        self.scope = scope
        self.window = window
        self.baseline = baseline
        self.traces = traces
        self.logs = logs
        self.events = events
        self.pods = pods
        self.nodes = nodes
        self.workloads = workloads
        self.metrics = metrics
        self.gaps = gaps
        self.samplings = samplings
        self.traceSample = traceSample
    }

    /// Whether this source was fetched at all. If so, its empty list is evidence of absence.
    package func wasFetched(_ source: EvidenceSource) -> Bool {
        !gaps.contains { $0.source == source && $0.isTotal }
    }
}
