import Languages
import Telemetry

/// Which of the series that were found are kept: each once, and no more than the budget holds.
struct MetricSelection {
    /// By name, then by labels.
    private(set) var series: [MetricSeries] = []
    /// Different series.
    private(set) var found = 0
    private var cutQueries: [String] = []
    private let budget: Budget

    /// - Parameters:
    ///   - answers: in the order in which they were asked. Of a series that came twice the later one counts.
    ///   - names: what is under investigation; series that mention it are kept first.
    init(_ answers: [(name: String, series: [MetricSeries])], about names: MetricNames, budget: Budget) {
        self.budget = budget
        var order: [String] = []
        var byQuery: [String: [[String: String]: MetricSeries]] = [:]
        for answer in answers {
            if byQuery[answer.name] == nil { order.append(answer.name) }
            for series in answer.series { byQuery[answer.name, default: [:]][series.labels] = series }
        }
        let ranked = order.map { Self.ranked(Array(byQuery[$0, default: [:]].values), about: names) }
        found = ranked.reduce(0) { $0 + $1.count }
        let room = Self.room(ranked, budget)
        for (name, ranked) in zip(order, ranked) {
            if ranked.count > room { cutQueries.append(name) }
            series += ranked.prefix(room)
        }
        series.sort(by: Self.isBefore)
    }

    /// "1200 of 2000 series were left out (pod_cpu, pod_memory): …"; nil when all were kept.
    var shortfall: Phrase? {
        guard !cutQueries.isEmpty else { return nil }
        return
            "\(found - series.count) of \(found) metric series were left out (\(cutQueries.joined(separator: ", "))): \(budget.seriesPerQuery) of each query and \(budget.metricSamples) samples in all are looked at"
    }

    /// How many series each query may bring, so that all together stay within the samples.
    private static func room(_ ranked: [[MetricSeries]], _ budget: Budget) -> Int {
        var samples = 0
        for place in 0..<max(0, budget.seriesPerQuery) {
            for series in ranked where place < series.count { samples += series[place].samples.count }
            if samples > budget.metricSamples { return place }
        }
        return max(0, budget.seriesPerQuery)
    }

    /// First what mentions something under investigation, then what changes.
    private static func ranked(_ series: [MetricSeries], about names: MetricNames) -> [MetricSeries] {
        let exact = Set(names.services + names.namespaces + names.pods + names.jobs)
        // As a service's pods are called.
        let beginnings = Set(names.services.filter { !$0.isEmpty }.map { "\($0)-" })
        let fullest = series.map(\.samples.count).max() ?? 0
        func weight(_ series: MetricSeries) -> Int {
            let isMentioned = series.labels.values.contains { value in
                exact.contains(value) || beginnings.contains { value.hasPrefix($0) }
            }
            return (isMentioned ? 2 : 0) + (changes(series, fullest) ? 1 : 0)
        }
        return series.map { (weight: weight($0), series: $0) }
            .sorted { $0.weight != $1.weight ? $0.weight > $1.weight : isBefore($0.series, $1.series) }
            .map(\.series)
    }

    /// Whether its value changes, or it is not there all the time.
    private static func changes(_ series: MetricSeries, _ fullest: Int) -> Bool {
        let values = series.samples.lazy.map(\.value).filter { !$0.isNaN }
        guard let first = values.first else { return false }
        return series.samples.count < fullest || values.contains { $0 != first }
    }

    private static func isBefore(_ left: MetricSeries, _ right: MetricSeries) -> Bool {
        if left.name != right.name { return left.name < right.name }
        func pairs(_ series: MetricSeries) -> [String] {
            series.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        }
        return pairs(left).lexicographicallyPrecedes(pairs(right))
    }
}
