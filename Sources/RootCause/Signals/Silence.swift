import Telemetry

/// A service that other services called and that sends no spans any more: what became of the calls tells why.
struct Silence: Hashable, Sendable {
    enum Calls: Hashable, Sendable {
        /// They go on and go well: the service works, and only its spans are missing.
        case goingWell
        /// They fail: the service is gone.
        case failing
        /// Nobody calls it any more: it has nothing to do.
        case none
    }

    let service: String
    /// The start of its last span.
    let since: Timestamp
    let calls: Calls
    /// Traces with a span of it.
    let tracesBefore: Int
    /// Calls since then.
    let count: Int
    /// One of them, or -1.
    let row: Int
    /// Services that called it.
    let callers: Set<String>

    /// Traces are samples: fewer than this may be without its spans by chance.
    private static let fewest = 5
    /// Of the calls before, so many had a span of the service: it was traced well.
    private static let answered = 0.8
    private static let failing = 0.5
    /// Traces that were to be expected meanwhile: with eight, that none came by chance happens once in three thousand.
    private static let fewestExpected = 8.0

    /// In the order of the services' names.
    static func all(in table: SpanTable) -> [Silence] {
        var stays: [Int: Stay] = [:]
        var first = Int64.max
        var last = Int64.min
        var calls: [Int: [Int]] = [:]
        for trace in table.traceRows where trace.compared != .neither {
            var present: Set<Int> = []
            for row in trace.rows {
                let service = table.service(of: row)
                let start = table.rows[row].start
                first = min(first, start)
                last = max(last, start)
                stays[service, default: Stay()].last = max(stays[service]?.last ?? .min, start)
                if present.insert(service).inserted { stays[service, default: Stay()].traces += 1 }
                guard table.isCall(row) else { continue }
                if let callee = table.answerer(ofCall: row) ?? table.usualAnswerer(ofCall: row) {
                    calls[callee, default: []].append(row)
                }
            }
        }
        return stays.compactMap { service, stay in
            guard stay.traces >= fewest, stay.last > first, stay.last < last, let own = calls[service] else {
                return nil
            }
            let expected = Double(stay.traces) * Double(last - stay.last) / Double(stay.last - first)
            return Silence(service, stay, own, expected: expected, in: table)
        }.sorted { $0.service < $1.service }
    }

    private struct Stay {
        var last = Int64.min
        var traces = 0
    }

    private init?(_ service: Int, _ stay: Stay, _ calls: [Int], expected: Double, in table: SpanTable) {
        let end = Timestamp(nanoseconds: stay.last)
        guard table.stretches.window.contains(end) || table.stretches.baseline.contains(end) else { return nil }
        let before = calls.filter { table.rows[$0].start <= stay.last }
        let since = calls.filter { table.rows[$0].start > stay.last }
        let seen = before.count { table.answerer(ofCall: $0) != nil }
        guard before.count >= Self.fewest, Double(seen) >= Self.answered * Double(before.count) else { return nil }
        let failed = since.count { table.rows[$0].failed }
        if since.isEmpty, expected >= Self.fewestExpected {
            self.calls = .none
        } else if since.count >= Self.fewest {
            self.calls = Double(failed) >= Self.failing * Double(since.count) ? .failing : .goingWell
        } else {
            return nil
        }
        self.service = table.services[service]
        self.since = end
        tracesBefore = stay.traces
        count = since.count
        row = since.min { (table.rows[$0].start, $0) < (table.rows[$1].start, $1) } ?? -1
        callers = Set(calls.map { table.services[table.service(of: $0)] })
    }
}
