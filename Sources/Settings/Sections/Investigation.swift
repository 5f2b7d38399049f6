package import Telemetry

extension Settings {
    /// How much an investigation may take.
    package struct Investigation: Hashable, Sendable {
        /// What may be fetched for one incident: samples, because populations are counted by the backends.
        package struct Budget: Hashable, Sendable {
            /// Spans in all traces together.
            package var spans = 20_000
            /// Lines in all streams together.
            package var logLines = 5000
            /// Samples in all metric series together.
            package var metricSamples = 250_000
            /// Bytes of what is kept of all answers, and of any single answer, after decompression.
            package var bytes = 64 << 20
            /// From the first request to the last answer; what is not there by then is missing, and the message says so.
            package var deadline: Duration = .seconds(20)

            package init() {}
        }

        package var budget = Budget()
        /// Investigations at the same time.
        package var concurrency = 4

        package init() {}
    }

    /// What is said aloud.
    package struct Analysis: Hashable, Sendable {
        /// From 0 to 1. A cause below it is a lead and stands behind "unknown".
        package var minimumConfidence = 0.4
        /// A build that takes less than this is never called slow, however long its job usually takes.
        package var slowBuildFloor: Duration = .seconds(300)
        /// What a metric measures whose name does not say it: of a case folder, or of an alert's own expression.
        package var metrics: [String: MetricMeaning] = [
            "HighTraceErrorRate": .errors, "JenkinsJobTraceFailure": .errors,
        ]

        package init() {}
    }
}

extension Settings.Investigation {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("budget", as: .section(Budget.init), into: &budget)
        reader.read("concurrency", as: .integer(in: 1...256), into: &concurrency)
    }
}

extension Settings.Investigation.Budget {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("spans", as: .integer(in: 1...10_000_000), into: &spans)
        reader.read("log_lines", as: .integer(in: 1...10_000_000), into: &logLines)
        reader.read("metric_samples", as: .integer(in: 1...100_000_000), into: &metricSamples)
        reader.read("bytes", as: .byteCount(in: 1 << 10...1 << 36), into: &bytes)
        reader.read("deadline", as: .duration(in: .milliseconds(100) ... .seconds(600)), into: &deadline)
    }
}

extension Settings.Analysis {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("min_confidence", as: .number(in: 0...1), into: &minimumConfidence)
        reader.read("slow_build_floor", as: .duration(in: .zero ... .seconds(86_400)), into: &slowBuildFloor)
        reader.read("metrics", as: .metricMeanings, into: &metrics)
    }
}
