import Telemetry

/// The series that are understood, each with its values before the window and in it.
struct MetricTable: Sendable {
    struct Row: Hashable, Sendable {
        let name: String
        let meaning: MetricMeaning
        /// The service whose pods it measures; nil for a node's and for what names none.
        let service: String?
        let pod: String?
        let node: String?
        /// Whether it measures a node and not a pod.
        let isOfNode: Bool
        /// Values as shares of what there is, 1 for all of it; nil where the metric is no share.
        let scale: Double?
        let before: [Double]
        let after: [Double]

        /// The median before; nil when nothing was measured then.
        var usual: Double? { Robust(before)?.median }
        /// What is farthest in the direction that is bad.
        var worst: Double { (meaning == .success ? after.min() : after.max()) ?? 0 }
    }

    /// In the order of their names and labels.
    let rows: [Row]

    /// - Parameter declared: what metrics measure whose names do not say it, by name.
    init(_ evidence: Evidence, declared: [String: MetricMeaning], spans table: SpanTable) {
        let services = PodServices.all(evidence, spans: table)
        let highest = Self.highest(of: evidence.metrics)
        rows = Self.ordered(evidence.metrics).compactMap { series in
            guard let meaning = declared[series.name] ?? MetricVocabulary.meaning(of: series.name) else { return nil }
            let values = Self.values(of: series, isCounter: MetricVocabulary.isCounter(series.name))
            let (before, after) = Self.parts(values, window: evidence.window)
            guard !after.isEmpty else { return nil }
            let pod = Self.label(series, "pod", "k8s_pod_name", "pod_name", "kubernetes_pod_name")
            let node = Self.label(series, "node", "k8s_node_name", "nodename")
            let named = Self.label(series, "service_name", "service", "app", "app_kubernetes_io_name", "deployment")
            let service = pod.flatMap { services[$0] } ?? named.flatMap { table.serviceNumber($0) != nil ? $0 : nil }
            let isOfNode = MetricVocabulary.isOfNode(series.name) || (pod == nil && service == nil && node != nil)
            var scale: Double?
            if let top = highest[series.name] {
                if MetricVocabulary.isShare(series.name) {
                    scale = top > Self.wholeShare ? 100 : 1
                } else if declared[series.name] != nil, MetricVocabulary.hasNoUnit(series.name), top <= Self.wholeShare
                {
                    scale = 1
                }
            }
            return Row(
                name: series.name, meaning: meaning, service: isOfNode ? nil : service ?? named, pod: pod, node: node,
                isOfNode: isOfNode, scale: scale, before: before, after: after)
        }.sorted {
            ($0.name, $0.service ?? "", $0.pod ?? "", $0.node ?? "") < (
                $1.name, $1.service ?? "", $1.pod ?? "", $1.node ?? ""
            )
        }
    }

    /// A share may exceed 1 a little, when it is measured at another time than its limit is enforced.
    private static let wholeShare = 1.5

    /// An order that does not depend on the order in which the series came: of those that measure the same pod, a
    /// container for each, the sort that follows keeps it.
    private static func ordered(_ metrics: [MetricSeries]) -> [MetricSeries] {
        let keyed = metrics.map { unordered in
            let series = MetricSeries(
                name: unordered.name, labels: unordered.labels,
                samples: unordered.samples.sorted {
                    ($0.at, $0.value.bitPattern) < ($1.at, $1.value.bitPattern)
                })
            let labels = series.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return (series: series, key: [series.name] + labels)
        }
        return keyed.sorted { left, right in
            if left.key != right.key { return left.key.lexicographicallyPrecedes(right.key) }
            // Twice the same labels: by what was measured.
            return left.series.samples.lexicographicallyPrecedes(right.series.samples) {
                ($0.at, $0.value.bitPattern) < ($1.at, $1.value.bitPattern)
            }
        }.map(\.series)
    }

    /// Whether a metric counts to 1 or to 100 shows in the highest value of all its series.
    private static func highest(of metrics: [MetricSeries]) -> [String: Double] {
        var highest: [String: Double] = [:]
        for series in metrics {
            for sample in series.samples where sample.value.isFinite {
                highest[series.name] = max(highest[series.name] ?? 0, sample.value)
            }
        }
        return highest
    }

    /// Finite values; a counter's as its increases, where a fall is a restart from 0.
    private static func values(of series: MetricSeries, isCounter: Bool) -> [MetricSeries.Sample] {
        let samples = series.samples.filter(\.value.isFinite)
        guard isCounter else { return samples }
        return zip(samples, samples.dropFirst()).map { earlier, later in
            let increase = later.value >= earlier.value ? later.value - earlier.value : later.value
            return MetricSeries.Sample(at: later.at, value: increase)
        }
    }

    /// A sample looks back over the time since the one before it: the first one after the window's end still tells of it.
    private static func parts(
        _ samples: [MetricSeries.Sample], window: TimeWindow
    ) -> (before: [Double], after: [Double]) {
        let before = samples.filter { $0.at <= window.start }.map(\.value)
        var after: [Double] = []
        for sample in samples where sample.at > window.start {
            after.append(sample.value)
            if sample.at >= window.end { break }
        }
        return (before, after)
    }

    private static func label(_ series: MetricSeries, _ names: String...) -> String? {
        names.lazy.compactMap { series.labels[$0] }.first { !$0.isEmpty }
    }
}
