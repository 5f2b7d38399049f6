import Telemetry

extension Scene {
    /// Whether more may have failed than was fetched: the first of the failures is then only the first that was looked at.
    ///
    /// Failing traces are fetched before others, so that a sample of the rest takes nothing away from them.
    var failuresAreSampled: Bool {
        let traces = evidence.samplings.filter { $0.source == .traces }
        guard let sample = evidence.traceSample, traces.allSatisfy({ $0.total != nil }) else {
            return traces.contains { $0.total != $0.taken }
        }
        guard sample.isComplete else { return true }
        let failing = Set(failures.origins.map { spans.traces[$0.trace].id })
        return sample.strata.contains { $0.counted > $0.fetched.count && !$0.fetched.isDisjoint(with: failing) }
    }
}
