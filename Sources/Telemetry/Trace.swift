/// All spans that are known of one trace.
package struct Trace: Hashable, Sendable {
    package let id: TraceID
    /// By start time, then by id; each span once.
    package let spans: [Span]
    /// Whether the backend said that it left spans out (Tempo's `PARTIAL`) or the root never arrived.
    package let isPartial: Bool

    /// - Parameter spans: in any order; a span that was stored twice counts once.
    package init(id: TraceID, spans: some Sequence<Span>, isPartial: Bool = false) {
        self.id = id
        var seen: Set<SpanID> = []
        self.spans = spans.filter { seen.insert($0.id).inserted }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        self.isPartial = isPartial
    }

    /// The first span without a parent; nil while it has not arrived: a running or a lost build has none.
    package var root: Span? { spans.first { $0.parentID == nil } }

    package var window: TimeWindow? {
        guard let start = spans.first?.start, let end = spans.map(\.end).max() else { return nil }
        return TimeWindow(start: start, end: end)
    }

    /// Groups spans of many traces, in the order of the traces' ids.
    package static func grouping(_ spans: some Sequence<Span>) -> [Trace] {
        Dictionary(grouping: spans, by: \.traceID).map { Trace(id: $0.key, spans: $0.value) }.sorted { $0.id < $1.id }
    }
}
