package import Telemetry

extension Evidence {
    /// The same evidence with every list in another order: what a backend answers has none that could be relied on.
    package func shuffled(seed: Int) -> Evidence {
        var random = SeededRandom(seed: seed)
        var copy = self
        copy.traces = traces.map { trace in
            // What was left out when it was made could not be left out a second time.
            guard trace.rivals == 0 else { return trace }
            return Trace(id: trace.id, spans: trace.spans.shuffled(using: &random), isPartial: trace.isPartial)
        }.shuffled(using: &random)
        copy.logs.shuffle(using: &random)
        copy.events.shuffle(using: &random)
        copy.pods.shuffle(using: &random)
        copy.nodes.shuffle(using: &random)
        copy.workloads.shuffle(using: &random)
        copy.metrics = metrics.map {
            MetricSeries(name: $0.name, labels: $0.labels, samples: $0.samples.shuffled(using: &random))
        }.shuffled(using: &random)
        copy.gaps.shuffle(using: &random)
        copy.samplings.shuffle(using: &random)
        return copy
    }
}
