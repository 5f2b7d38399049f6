extension SpanTable {
    /// How often each operation ran, in each stretch of the baseline and, last, in the window.
    var runs: [[Double]] {
        var runs = [[Double]](
            repeating: [Double](repeating: 0, count: stretches.count + 1), count: operations.count)
        for trace in traceRows {
            guard let stretch = stretches.index(of: trace.compared) else { continue }
            for row in trace.rows { runs[Int(rows[row].operation)][stretch] += 1 }
        }
        return runs
    }

    /// Counted once, because every pair of operations is compared with them.
    mutating func countTraces() {
        tracesInWindow = Double(traceRows.count { $0.compared == .window })
        tracesBefore = Double(traceRows.count { $0.compared != .window && $0.compared != .neither })
    }
}

extension Stretches {
    /// A place in a list that has one for each stretch of the baseline and a last one for the window.
    func index(of population: Population) -> Int? {
        switch population {
        case .neither: nil
        case .window: count
        case .baseline(let stretch): stretch
        }
    }
}
