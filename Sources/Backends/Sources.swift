package import Languages
package import Telemetry

/// Where traces come from: Tempo, or a case folder.
package protocol TraceSource: Sendable {
    /// Newest-first summaries of the traces that match a TraceQL query.
    ///
    /// - Parameter limit: at most so many hits; ``TraceSearch/isTruncated`` says whether there may be more.
    func search(
        _ traceQL: String, in window: TimeWindow, limit: Int
    ) async throws(BackendError) -> TraceSearch

    /// The whole trace; nil when the backend does not know it.
    ///
    /// - Parameter window: where to look for it, a hint that makes the search cheap; nil looks everywhere.
    func trace(_ id: TraceID, around window: TimeWindow?) async throws(BackendError) -> Trace?
}

/// What a search for traces found.
package struct TraceSearch: Hashable, Sendable {
    /// Newest first.
    package let hits: [TraceHit]
    /// Whether more traces matched than were asked for.
    package let isTruncated: Bool
    /// Whether the hits are the newest of all that match, rather than some of them. Differs only when truncated.
    package let isNewest: Bool

    package init(hits: [TraceHit], isTruncated: Bool, isNewest: Bool = true) {
        self.hits = hits
        self.isTruncated = isTruncated
        self.isNewest = isNewest
    }
}

/// A trace as a search shows it. Counts of spans are left out on purpose: Tempo undercounts a trace that is split over
/// blocks, so the truth is in the trace itself.
package struct TraceHit: Hashable, Sendable {
    package let traceID: TraceID
    /// nil while the root span has not arrived.
    package let rootService: String?
    /// nil while the root span has not arrived.
    package let rootName: String?
    package let start: Timestamp
    package let duration: Duration
    /// Whether the root span has not arrived: the build runs, or it was lost.
    package let isRootMissing: Bool

    package init(
        traceID: TraceID, rootService: String?, rootName: String?, start: Timestamp, duration: Duration,
        isRootMissing: Bool
    ) {
        self.traceID = traceID
        self.rootService = rootService
        self.rootName = rootName
        self.start = start
        self.duration = duration
        self.isRootMissing = isRootMissing
    }
}

/// From which end of the window lines are taken when there are more than the limit.
package enum LogDirection: String, Hashable, Sendable {
    /// The oldest lines.
    case forward
    /// The newest lines.
    case backward
}

/// Where log lines come from: Loki, or a case folder.
package protocol LogSource: Sendable {
    /// The lines of the window that match a LogQL log query.
    ///
    /// - Parameter direction: which lines to keep when there are more than `limit`; the answer is always oldest first.
    func entries(
        _ logQL: String, in window: TimeWindow, limit: Int, direction: LogDirection
    ) async throws(BackendError) -> LogPage
}

/// Log lines of one query.
package struct LogPage: Hashable, Sendable {
    /// Of all streams together, oldest first.
    package let entries: [LogEntry]
    /// Whether there are more lines than were asked for.
    package let isTruncated: Bool

    package init(entries: [LogEntry], isTruncated: Bool) {
        self.entries = entries
        self.isTruncated = isTruncated
    }
}

/// Where the state of the cluster comes from: Kubernetes, or a case folder.
///
/// A namespace of nil means all of them.
package protocol ClusterSource: Sendable {
    func events(namespace: String?, in window: TimeWindow) async throws(BackendError) -> ClusterList<ClusterEvent>
    func pods(namespace: String?) async throws(BackendError) -> ClusterList<PodState>
    func nodes() async throws(BackendError) -> ClusterList<NodeState>
    func workloads(namespace: String?) async throws(BackendError) -> ClusterList<WorkloadState>
}

/// Objects of the cluster, and what is missing among them.
package struct ClusterList<Item: Sendable>: Sendable {
    package let items: [Item]
    /// In words for the reader: that the list was cut, or a part of it could not be had; mostly none.
    package let shortfalls: [Phrase]

    package init(items: [Item], shortfalls: [Phrase] = []) {
        self.items = items
        self.shortfalls = shortfalls
    }
}

/// Where metrics come from: Prometheus, or what answers as it does.
package protocol MetricSource: Sendable {
    /// The series of a PromQL expression at the instants of a range.
    ///
    /// - Parameters:
    ///   - name: what the series are called; nil leaves them their own name.
    ///   - limit: a server that can leaves out the series beyond it, and says so in a warning.
    func series(
        _ promQL: String, named name: String?, over range: MetricRange, limit: Int
    ) async throws(BackendError) -> MetricAnswer

    /// The expression of the alerting rule of this name; nil when there is no such rule.
    func expression(ofAlert name: String) async throws(BackendError) -> String?
}

/// The series of one query.
package struct MetricAnswer: Hashable, Sendable {
    /// By name, then by labels.
    package let series: [MetricSeries]
    /// The server's own words about what is missing of the answer.
    package let warnings: [String]

    package init(series: [MetricSeries], warnings: [String] = []) {
        self.series = series
        self.warnings = warnings
    }
}
