import Telemetry

/// Chooses the rows of a trace that show how the failure came about.
enum TraceOutlining {
    /// Of names and reasons, in Unicode scalars: more than any picture shows.
    private static let longestText = 120
    /// Beside the way to the failure, what took less than this share of the trace explains nothing.
    private static let leastShare = 0.01

    static func outline(of exemplar: Exemplar, in table: SpanTable) -> TraceOutline? {
        guard let number = table.traces.firstIndex(where: { $0.id == exemplar.traceID }),
            let offset = table.traces[number].spans.firstIndex(where: { $0.id == exemplar.spanID }),
            let window = table.traces[number].window
        else { return nil }
        let range = table.traceRows[number].rows
        let focus = range.lowerBound + offset
        let chosen = rows(around: focus, in: table, traceTime: window.duration.nanoseconds)
        // A lone span is no way to anywhere, unless it is what failed.
        guard chosen.count > 1 || table.rows[focus].failed else { return nil }
        let levels = levels(of: chosen, in: table)
        return TraceOutline(
            traceID: exemplar.traceID, start: window.start, duration: whole(window.duration), spans: range.count,
            rows: inTreeOrder(chosen, levels, in: table).map { row in
                let span = table.span(of: row)
                let failed = table.rows[row].failed
                return TraceOutline.Row(
                    name: span.name.printableLine(atMost: longestText),
                    service: span.service.printableLine(atMost: longestText), level: levels[row] ?? 0,
                    start: whole(span.start - window.start), duration: whole(span.duration), isFailed: failed,
                    isFocus: row == focus,
                    reason: failed ? FailureMarks.reason(of: span)?.printableLine(atMost: longestText) : nil)
            })
    }

    /// In microseconds, as the diagnosis's JSON tells them.
    private static func whole(_ duration: Duration) -> Duration { .microseconds(duration.nanoseconds / 1000) }

    /// The way from the root, its middle left out where it is too long, and what took longest or failed beside it.
    private static func rows(around focus: Int, in table: SpanTable, traceTime: Int64) -> Set<Int> {
        var path: [Int] = []
        var row = focus
        while row >= 0 {
            path.append(row)
            row = Int(table.rows[row].parent)
        }
        // The rows nearest to the failure tell most; the root says what was asked for.
        let near = path.prefix(TraceOutline.mostRows - 1)
        var chosen = Set(near + path.suffix(1))
        let least = Int64(Double(traceTime) * leastShare)
        let beside = near.flatMap { table.children(of: $0) }.filter {
            !chosen.contains($0) && (table.rows[$0].failed || table.rows[$0].duration > least)
        }.sorted { left, right in
            let (one, other) = (table.rows[left], table.rows[right])
            if one.failed != other.failed { return one.failed }
            return (other.duration, left) < (one.duration, right)
        }
        chosen.formUnion(beside.prefix(max(0, TraceOutline.mostRows - chosen.count)))
        return chosen
    }

    private static func levels(of chosen: Set<Int>, in table: SpanTable) -> [Int: Int] {
        var levels: [Int: Int] = [:]
        for row in chosen.sorted(by: { (table.rows[$0].depth, $0) < (table.rows[$1].depth, $1) }) {
            var parent = Int(table.rows[row].parent)
            while parent >= 0, levels[parent] == nil { parent = Int(table.rows[parent].parent) }
            levels[row] = parent < 0 ? 0 : (levels[parent] ?? 0) + 1
        }
        return levels
    }

    private static func inTreeOrder(_ chosen: Set<Int>, _ levels: [Int: Int], in table: SpanTable) -> [Int] {
        var below: [Int: [Int]] = [:]
        var tops: [Int] = []
        for row in chosen.sorted() {
            var parent = Int(table.rows[row].parent)
            while parent >= 0, levels[parent] == nil { parent = Int(table.rows[parent].parent) }
            if parent < 0 { tops.append(row) } else { below[parent, default: []].append(row) }
        }
        var order: [Int] = []
        var pending = Array(tops.reversed())
        while let row = pending.popLast() {
            order.append(row)
            pending += (below[row] ?? []).reversed()
        }
        return order
    }
}
