import Telemetry

/// Operations in which failures begin more often than in the baseline.
enum FailureSignals {
    /// Operations rarely fail: each is taken for one that ran this many times more before, without a failure.
    private static let assumedRuns = 20

    static func find(in failures: Failures, table: SpanTable) -> [Signal] {
        struct Place: Hashable {
            let operation: Int
            let service: String
        }
        guard !failures.origins.isEmpty else { return [] }
        let window = table.stretches.count
        let runs = table.runs
        var after: [Place: (count: Int, sample: Int)] = [:]
        var before: [Place: Int] = [:]
        for origin in failures.origins {
            let place = Place(
                operation: Int(table.rows[origin.row].operation),
                service: FailureTarget.service(of: origin.row, in: table))
            let known = after[place]
            after[place] = ((known?.count ?? 0) + 1, known?.sample ?? origin.row)
        }
        for origin in failures.originsBefore {
            let place = Place(
                operation: Int(table.rows[origin.row].operation),
                service: FailureTarget.service(of: origin.row, in: table))
            before[place, default: 0] += 1
        }
        return after.map { place, found in
            let runsAfter = max(Int(runs[place.operation][window]), found.count)
            let runsBefore = Int(runs[place.operation].prefix(window).reduce(0, +))
            let failedBefore = before[place] ?? 0
            let probability = ExactTest.fisher(
                hits: found.count, of: runsAfter, baselineHits: failedBefore,
                of: max(runsBefore, failedBefore) + assumedRuns)
            var signal = Signal(
                .failureOrigin, service: place.service, z: ExactTest.z(ofTail: probability),
                operation: table.operations[place.operation].name,
                before: Double(failedBefore) / Double(max(runsBefore, 1)),
                after: Double(found.count) / Double(runsAfter), count: found.count, span: found.sample)
            signal.isCompared = runsBefore > 0
            return signal
        }.sorted(by: Signal.precedes)
    }
}

/// Whom a failed span speaks against.
enum FailureTarget {
    /// The span's own service; for a call that failed while nothing on the other side did, the other side: it was slow,
    /// unreachable, or is not traced. A caller that gave up before the usual time was over has itself to blame.
    static func service(of row: Int, in table: SpanTable) -> String {
        let operation = table.operation(of: row)
        let own = table.services[operation.service]
        if let callee = operation.callee {
            return table.isGivenUpEarly(row) ? own : table.services[table.operations[callee].service]
        }
        guard table.rows[row].kind == .client || table.rows[row].kind == .producer else { return own }
        // The call was never made: its own pool had no connection for it.
        if table.rows[row].failed, let reason = FailureMarks.reason(of: table.span(of: row)), UsedUpPool.isOwn(reason) {
            return own
        }
        if let usual = table.usualAnswerer(ofCall: row) { return table.services[usual] }
        return Peer.name(table.span(of: row).attributes, servers: table.servers) ?? own
    }
}
