/// All spans that are known of one trace.
package struct Trace: Hashable, Sendable {
    package let id: TraceID
    /// By start time, then by id; each span once.
    package internal(set) var spans: [Span]
    /// Whether the backend said that it left spans out (Tempo's `PARTIAL`) or the root never arrived.
    package let isPartial: Bool
    /// Spans that were left out because another one has the same id and says something else.
    package let rivals: Int

    /// - Parameter spans: in any order; a span that was stored twice counts once. Of several with one id, the one that
    ///   lasts longest is the most complete.
    package init(id: TraceID, spans: some Sequence<Span>, isPartial: Bool = false) {
        self.id = id
        var seen: Set<SpanID> = []
        var unique: [Span] = []
        var copies: [Span] = []
        for span in spans {
            if seen.insert(span.id).inserted { unique.append(span) } else { copies.append(span) }
        }
        rivals = copies.isEmpty ? 0 : Self.settle(copies, in: &unique)
        self.spans = unique.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        self.isPartial = isPartial
    }

    /// Puts the most complete copy in the place of each span.
    ///
    /// - Returns: how many different ones it displaced.
    private static func settle(_ copies: [Span], in spans: inout [Span]) -> Int {
        let groups = Dictionary(grouping: copies, by: \.id)
        var rivals = 0
        for index in spans.indices {
            guard let others = groups[spans[index].id] else { continue }
            let different = Set(others + [spans[index]])
            rivals += different.count - 1
            guard different.count > 1, let best = different.min(by: isMoreComplete) else { continue }
            spans[index] = best
        }
        return rivals
    }

    /// An order that depends on nothing but what the spans say.
    private static func isMoreComplete(_ left: Span, _ right: Span) -> Bool {
        func key(_ span: Span) -> [String] {
            let status = if case .error(let message) = span.status { "1 \(message)" } else { "\(span.status)" }
            return [
                span.name, span.kind.rawValue, span.parentID?.description ?? "", status,
                text(span.attributes), text(span.resource),
                span.events.map { "\($0.at.nanoseconds) \($0.name) \(text($0.attributes))" }.joined(separator: " "),
                span.links.map { "\($0.traceID) \($0.spanID)" }.joined(separator: " "),
            ]
        }
        func text(_ attributes: Attributes) -> String {
            attributes.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        }
        if left.duration != right.duration { return left.duration > right.duration }
        if left.start != right.start { return left.start < right.start }
        return key(left).lexicographicallyPrecedes(key(right))
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
