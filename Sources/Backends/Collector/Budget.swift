/// How much may be fetched about one alert. What is fetched are samples: populations are counted by the backends.
package struct Budget: Hashable, Sendable {
    /// Spans in all traces together; the trace that exceeds it is the last one.
    package var spans: Int
    /// Lines in all streams together.
    package var logLines: Int
    /// Samples in all metric series together; each is 16 bytes in memory.
    package var metricSamples: Int
    /// Metric series that one query may bring.
    package var seriesPerQuery: Int
    /// Of what is kept in memory, estimated: half of it for traces, half for log lines.
    package var bytes: Int
    /// From the first question to the last answer.
    package var time: Duration
    /// For one answer, so that one slow query does not use up the time of all others.
    package var answerTime: Duration
    /// Failing traces that are looked for; as many again that fail in another service than the scope's.
    package var failingTraces: Int
    /// Traces from before the window.
    package var referenceTraces: Int
    /// Traces of the window, whatever became of them.
    package var sampledTraces: Int
    /// Traces of the window, and as many from before, that are counted by their summaries without being fetched.
    package var countedTraces: Int
    /// Traces that took longer than those before.
    package var slowTraces: Int
    /// Objects of the cluster of each kind.
    package var clusterObjects: Int

    /// The defaults are those of the annotated configuration; the others are chosen so that 100 traces of 200 spans, a
    /// usual build, fit into the spans, and 1000 series of the usual window and baseline into the samples.
    package init(
        spans: Int = 20_000, logLines: Int = 5000, metricSamples: Int = 250_000, seriesPerQuery: Int = 100,
        bytes: Int = 64 << 20, time: Duration = .seconds(20),
        answerTime: Duration = .seconds(8), failingTraces: Int = 60, referenceTraces: Int = 60,
        sampledTraces: Int = 60, countedTraces: Int = 500, slowTraces: Int = 20, clusterObjects: Int = 5000
    ) {
        self.spans = spans
        self.logLines = logLines
        self.metricSamples = metricSamples
        self.seriesPerQuery = seriesPerQuery
        self.bytes = bytes
        self.time = time
        self.answerTime = answerTime
        self.failingTraces = failingTraces
        self.referenceTraces = referenceTraces
        self.sampledTraces = sampledTraces
        self.countedTraces = countedTraces
        self.slowTraces = slowTraces
        self.clusterObjects = clusterObjects
    }
}
