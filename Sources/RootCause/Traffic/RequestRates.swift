import Telemetry

/// The request rates that the evidence knows: from metrics, and from traces and lines where all of them are there.
///
/// Samples say nothing of rates: failing traces are chosen first. So traces and lines count only where nobody says that
/// there are more than these.
enum RequestRates {
    /// Pieces of the window that are counted by themselves.
    private static let pieces = 6
    /// Requests of the baseline; fewer come and go by chance.
    private static let fewestCounted = 30

    /// In the order of services.
    static func all(in scene: Scene) -> [RequestRate] {
        (ofMetrics(in: scene) + ofTraces(in: scene) + ofLines(in: scene)).sorted {
            ($0.service, $0.source.rawValue, $0.metric ?? "") < ($1.service, $1.source.rawValue, $1.metric ?? "")
        }
    }

    // MARK: Metrics

    private static let requestWords: Set<String> = ["requests", "request", "calls", "qps", "rps", "ops"]

    private static func ofMetrics(in scene: Scene) -> [RequestRate] {
        struct Key: Hashable {
            let metric: String
            let service: String
        }
        let known = Set(scene.metrics.rows.filter { $0.meaning == .traffic }.map(\.name))
        let services = PodServices.all(scene.evidence, spans: scene.spans)
        var sums: [Key: [Timestamp: Double]] = [:]
        for series in scene.evidence.metrics where known.contains(series.name) {
            let words = series.name.lowercased().split { !$0.isLetter }.map(String.init)
            guard !requestWords.isDisjoint(with: words), let service = service(of: series, services) else { continue }
            for sample in rates(series) {
                sums[Key(metric: series.name, service: service), default: [:]][sample.at, default: 0] += sample.value
            }
        }
        let window = scene.evidence.window
        return sums.map { key, values in
            let samples = values.map { RequestRate.Sample(at: $0.key, value: $0.value) }.sorted { $0.at < $1.at }
            return RequestRate(
                service: key.service, metric: key.metric, source: .metrics,
                before: samples.filter { $0.at <= window.start }.map(\.value),
                after: samples.filter { $0.at > window.start && $0.at <= window.end })
        }
    }

    private static func service(of series: MetricSeries, _ services: [String: String]) -> String? {
        if let pod = series.labels["pod"], let service = services[pod] { return service }
        return ["service_name", "service", "app", "app_kubernetes_io_name", "deployment"].lazy
            .compactMap { series.labels[$0] }.first { !$0.isEmpty }
    }

    /// Of a counter, its increases; a fall is a restart from 0.
    private static func rates(_ series: MetricSeries) -> [MetricSeries.Sample] {
        let samples = series.samples.filter(\.value.isFinite).sorted {
            ($0.at, $0.value.bitPattern) < ($1.at, $1.value.bitPattern)
        }
        guard MetricVocabulary.isCounter(series.name) else { return samples }
        return zip(samples, samples.dropFirst()).map { earlier, later in
            .init(at: later.at, value: later.value >= earlier.value ? later.value - earlier.value : later.value)
        }
    }

    // MARK: Counts

    private static func ofTraces(in scene: Scene) -> [RequestRate] {
        guard isWhole(.traces, scene.evidence) else { return [] }
        let table = scene.spans
        var instants: [Int: [Int64]] = [:]
        for trace in table.traceRows where !trace.isPipeline {
            for row in trace.rows where Self.isEntry(row, in: table) {
                instants[table.service(of: row), default: []].append(table.rows[row].start)
            }
        }
        return instants.compactMap { counted($0.value, of: table.services[$0.key], .traces, in: scene) }
    }

    /// Where a request reaches a service from outside of it.
    static func isEntry(_ row: Int, in table: SpanTable) -> Bool {
        let parent = Int(table.rows[row].parent)
        return parent < 0 || table.service(of: parent) != table.service(of: row)
    }

    /// Lines that a service wrote before as well and that report no failure: it writes as many for each request.
    private static func ofLines(in scene: Scene) -> [RequestRate] {
        guard isWhole(.logs, scene.evidence) else { return [] }
        let logs = scene.logs
        var usual: Set<Int> = []
        for row in logs.rows {
            if case .baseline = row.population { usual.insert(row.template) }
        }
        var instants: [Int: [Int64]] = [:]
        for (row, entry) in zip(logs.rows, logs.entries)
        where row.service >= 0 && usual.contains(row.template) && !logs.isErrorLike(row.template) {
            instants[row.service, default: []].append(entry.at.nanoseconds)
        }
        return instants.compactMap { counted($0.value, of: logs.services[$0.key], .logs, in: scene) }
    }

    private static func isWhole(_ source: EvidenceSource, _ evidence: Evidence) -> Bool {
        evidence.samplings.filter { $0.source == source }.allSatisfy { $0.total == $0.taken }
            && !evidence.gaps.contains { $0.source == source }
    }

    private static func counted(
        _ instants: [Int64], of service: String, _ source: EvidenceSource, in scene: Scene
    ) -> RequestRate? {
        let stretches = scene.spans.stretches
        let width = stretches.window.duration.nanoseconds / Int64(pieces)
        let before = stretches.baseline.duration.nanoseconds / max(width, 1)
        guard width > 0, before >= 1, before < mostPieces,
            instants.count(where: { stretches.baseline.contains(Timestamp(nanoseconds: $0)) }) >= fewestCounted
        else { return nil }
        var earlier = [Double](repeating: 0, count: Int(before))
        var later = [Double](repeating: 0, count: pieces)
        for instant in instants {
            let at = Timestamp(nanoseconds: instant)
            if stretches.window.contains(at) {
                later[min(Int((instant - stretches.window.start.nanoseconds) / width), pieces - 1)] += 1
            } else if stretches.baseline.contains(at) {
                let piece = Int((instant - stretches.baseline.start.nanoseconds) / width)
                if piece < earlier.count { earlier[piece] += 1 }
            }
        }
        return RequestRate(
            service: service, metric: nil, source: source, before: earlier,
            after: later.enumerated().map {
                RequestRate.Sample(
                    at: stretches.window.start + .nanoseconds(width * Int64($0.offset)), value: $0.element)
            })
    }

    /// A baseline of a week beside a window of a second is none to count by.
    private static let mostPieces: Int64 = 10_000
}
