import Telemetry

/// Which span held up its trace, and when.
enum SelfTime {
    /// A span's place on its trace's time line, after clocks are aligned.
    private struct Stay {
        var start: Int64
        var end: Int64
        let row: Int
        let depth: Int32
    }

    /// Nanoseconds, 36 years: no clock is as wrong. Shifts add up along a chain of calls, and those of wrong clocks by turns
    /// would leave the range of `Int64`; with this bound no sum of a span's times, which are within ±2^61, can.
    private static let mostShift: Int64 = 1 << 60
    /// Nanoseconds. A server may begin to answer after its caller gave up, but not later than that; only a message may
    /// wait in its queue for longer.
    private static let mostDelay: Int64 = 60_000_000_000

    /// Gives every instant of a trace to the span that began last among those that are still open.
    ///
    /// In a tree of calls that wait for each other this is the innermost one, so the sum over a trace is its duration: a
    /// caller's wait belongs to its callee, and what remains to a client span is the way there and back. Unlike a
    /// span's duration less that of its children, it also holds where asynchronous instrumentation makes the real
    /// callee a sibling of the span that waits for it.
    ///
    /// - Parameter range: the rows of one trace, linked.
    /// - Returns: the trace's own time, from its first start to its last end, in nanoseconds since the epoch.
    static func assign(in range: Range<Int>, of rows: inout [SpanTable.Row]) -> (start: Int64, end: Int64) {
        var stays = aligned(range, rows)
        stays.sort { ($0.start, $0.depth, $0.row) < ($1.start, $1.depth, $1.row) }
        var open: [Stay] = []
        var clock = Int64.min
        for stay in stays {
            settle(until: stay.start, open: &open, clock: &clock, rows: &rows)
            clock = max(clock, stay.start)
            open.append(stay)
        }
        settle(until: .max, open: &open, clock: &clock, rows: &rows)
        return (stays.first?.start ?? 0, stays.reduce(.min) { max($0, $1.end) })
    }

    private static func settle(
        until instant: Int64, open: inout [Stay], clock: inout Int64, rows: inout [SpanTable.Row]
    ) {
        while let top = open.last {
            let reached = min(top.end, instant)
            if reached > clock {
                rows[top.row].selfTime += reached - clock
                clock = reached
            }
            if top.end > instant { return }
            open.removeLast()
        }
    }

    /// Clocks of different machines disagree, and some only count milliseconds: a server span that would fit into its
    /// client span but sticks out is moved, with all below it, to the client span's middle. A span never begins before
    /// its parent.
    ///
    /// What another process does for its caller a minute before it calls, or a minute after, whatever it is, has a clock
    /// that is wrong by more than milliseconds: by hours, where somebody took the local time for UTC. It is moved to
    /// where the caller begins.
    private static func aligned(_ range: Range<Int>, _ rows: [SpanTable.Row]) -> [Stay] {
        var stays = range.map { Stay(start: rows[$0].start, end: rows[$0].end, row: $0, depth: rows[$0].depth) }
        var shifts = [Int64](repeating: 0, count: range.count)
        // Parents first: by depth, which needs no more than one pass for each level that is there.
        for row in range.sorted(by: { (rows[$0].depth, $0) < (rows[$1].depth, $1) }) where rows[row].parent >= 0 {
            let own = row - range.lowerBound
            let above = Int(rows[row].parent) - range.lowerBound
            var shift = shifts[above]
            let parent = stays[above]
            let duration = rows[row].duration
            let start = rows[row].start + shift
            let sticksOut = start < parent.start || start + duration > parent.end
            let isElsewhere = start > parent.end + mostDelay || start + duration < parent.start - mostDelay
            if sticksOut, rows[row].kind == .server, rows[range.lowerBound + above].kind == .client,
                duration <= parent.end - parent.start
            {
                let moved = shift + parent.start + (parent.end - parent.start - duration) / 2 - start
                if abs(moved) <= mostShift { shift = moved }
            } else if isElsewhere, rows[row].place != rows[range.lowerBound + above].place,
                rows[row].kind != .consumer
            {
                let moved = shift + parent.start - start
                if abs(moved) <= mostShift { shift = moved }
            }
            shifts[own] = shift
            stays[own].end = rows[row].end + shift
            stays[own].start = min(max(rows[row].start + shift, parent.start), stays[own].end)
        }
        return stays
    }
}
