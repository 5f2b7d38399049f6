import Telemetry

/// Which traces failed, and where each failure began.
struct Failures: Sendable {
    /// A failed span that nothing below it explains.
    struct Origin: Hashable, Sendable {
        let trace: Int
        let row: Int
    }

    /// Of the window, in the order of their ends.
    private(set) var origins: [Origin] = []
    /// Of the baseline.
    private(set) var originsBefore: [Origin] = []
    /// Numbers of traces in the window, ascending; builds are not among them (`Build`).
    private(set) var traces: [Int] = []

    init(in table: SpanTable) {
        for (number, trace) in table.traceRows.enumerated() where !trace.isPipeline {
            let found = Self.origins(in: trace.rows, of: table).map { Origin(trace: number, row: $0) }
            switch trace.population {
            case .window:
                origins += found
                if !found.isEmpty, !Self.isHandled(trace, in: table) { traces.append(number) }
            case .baseline: originsBefore += found
            case .neither: break
            }
        }
        let rows = table.rows
        origins.sort { (rows[$0.row].end, $0.row) < (rows[$1.row].end, $1.row) }
    }

    /// Failed spans of one trace below which nothing failed, or only tries that were repeated and then went well.
    private static func origins(in range: Range<Int>, of table: SpanTable) -> [Int] {
        guard range.contains(where: { table.rows[$0].failed }) else { return [] }
        // Whether something below failed, or the span itself: a call may say nothing of the failure that it passed on.
        var troubled = [Bool](repeating: false, count: range.count)
        var origins: [Int] = []
        for row in range.sorted(by: { (table.rows[$1].depth, $0) < (table.rows[$0].depth, $1) }) {
            var open: Set<Int32> = []
            for child in table.children(of: row) {
                let operation = table.rows[child].operation
                if troubled[child - range.lowerBound] { open.insert(operation) } else { open.remove(operation) }
            }
            troubled[row - range.lowerBound] = table.rows[row].failed || !open.isEmpty
            if table.rows[row].failed, open.isEmpty { origins.append(row) }
        }
        return origins.sorted()
    }

    /// Whether the root says that all went well in the end.
    private static func isHandled(_ trace: SpanTable.TraceRow, in table: SpanTable) -> Bool {
        guard let root = trace.rows.first(where: { table.rows[$0].parent < 0 && !table.rows[$0].isOrphan }),
            !table.rows[root].failed
        else { return false }
        let span = table.span(of: root)
        return span.status == .ok || span.attributes["http.response.status_code"] != nil
            || span.attributes["http.status_code"] != nil
    }
}
