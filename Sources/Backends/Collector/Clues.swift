import Telemetry

/// What the suspicious traces point to, for the second round of questions.
struct Clues: Hashable {
    var traceIDs: [TraceID] = []
    /// When these traces were.
    var extent: TimeWindow?
    var services: [String] = []
    var namespaces: [String] = []
    /// Where it failed first; of a Jenkins build the agents, whose names are their pods' names.
    var pods: [String] = []

    /// At most so many of each: the first ones explain the others, and a query has a length.
    static let limit = 20

    /// - Parameter traces: the most suspicious first.
    init(_ traces: [Trace]) {
        let traces = traces.prefix(Self.limit)
        traceIDs = traces.map(\.id)
        let windows = traces.compactMap(\.window)
        if let start = windows.map(\.start).min(), let end = windows.map(\.end).max() {
            extent = TimeWindow(start: start, end: end + .nanoseconds(1))
        }
        let spans = traces.flatMap(Self.byWeight)
        services = Self.first(spans.compactMap { $0.resource.text("service.name") })
        namespaces = Self.first(spans.compactMap(\.namespace))
        pods = Self.first(spans.compactMap(\.pod))
    }

    /// Failed spans, what they were part of, and then the rest: the span of a failed step may not name the agent that
    /// it ran on, while the one around it does.
    private static func byWeight(_ trace: Trace) -> [Span] {
        let byID = Dictionary(trace.spans.map { ($0.id, $0) }) { first, _ in first }
        var seen: Set<SpanID> = []
        var ordered: [Span] = []
        for span in trace.spans where span.isError {
            var next: Span? = span
            // A damaged trace may go in circles; a span that was seen ends the walk.
            while let span = next, seen.insert(span.id).inserted {
                ordered.append(span)
                next = span.parentID.flatMap { byID[$0] }
            }
        }
        return ordered + trace.spans.filter { !seen.contains($0.id) }
    }

    private static func first(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return Array(names.filter { seen.insert($0).inserted }.prefix(limit))
    }
}
