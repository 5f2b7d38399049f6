/// What held up a build at every instant, from its end backwards: the chain of spans without which it would have ended
/// sooner.
///
/// From the end of a span one walks to the child that ended last, then to the one that ended last before that one began,
/// and so on; where no child runs, the time is the span's own. Of parallel branches only the one that was waited for is on
/// the path. The parts of a root add up to its duration.
enum CriticalPath {
    /// Time on the path in which nothing below the span ran.
    struct Segment: Hashable {
        let row: Int
        /// Nanoseconds.
        let duration: Int64
        /// The outermost span around it, itself included, that is no mere frame: the step of the pipeline; -1 for none.
        let step: Int
    }

    /// - Parameters:
    ///   - root: the row where it begins.
    ///   - isFrame: whether a span only holds others together, as a stage does.
    ///   - isLeaf: whether what is below a span is somebody else's: a build that this one started.
    static func segments(
        of root: Int, in table: SpanTable, isFrame: (Int) -> Bool, isLeaf: (Int) -> Bool
    ) -> [Segment] {
        struct Visit {
            let row: Int
            let start: Int64
            let end: Int64
            let step: Int
        }
        var segments: [Segment] = []
        var pending = [Visit(row: root, start: table.rows[root].start, end: table.rows[root].end, step: -1)]
        while let visit = pending.popLast() {
            let step = visit.step >= 0 || isFrame(visit.row) ? visit.step : visit.row
            var own: Int64 = 0
            var clock = visit.end
            let children = visit.row != root && isLeaf(visit.row) ? [] : Array(table.children(of: visit.row))
            for child in children.sorted(by: { latest($0, $1, in: table) }) where clock > visit.start {
                let end = min(table.rows[child].end, clock)
                let start = max(table.rows[child].start, visit.start)
                guard end > start else { continue }
                own += clock - end
                pending.append(Visit(row: child, start: start, end: end, step: step))
                clock = start
            }
            own += max(0, clock - visit.start)
            if own > 0 { segments.append(Segment(row: visit.row, duration: own, step: step)) }
        }
        return segments
    }

    private static func latest(_ left: Int, _ right: Int, in table: SpanTable) -> Bool {
        let (first, second) = (table.rows[left], table.rows[right])
        return (second.end, second.start, left) < (first.end, first.start, right)
    }
}
