/// Whether the metrics that a diagnosis asks for have series: `prometheus.queries`.
enum QuerySeries {
    struct Query: Hashable, Sendable {
        let name: String
        let promQL: String
    }

    /// - Parameters:
    ///   - names: of the metrics that have series.
    ///   - platforms: that are configured: a query of another one finds nothing, as it should.
    static func findings(
        _ queries: [Query], existing names: Set<String>, platforms: Set<ChainPlan.Platform>, on address: String
    ) -> [Finding] {
        guard !queries.isEmpty else {
            return [
                Finding(
                    .querySeries, .skipped, on: address, "no queries are configured",
                    advice: "Leave out prometheus.queries to have the built-in ones.")
            ]
        }
        // Some series are there only while something is wrong, so what counts is whether their exporter has any.
        let seen = Set(queries.flatMap { metrics($0) }.filter(names.contains).compactMap(exporter))
        let silent = queries.filter { query in
            let metrics = metrics(query)
            return !metrics.isEmpty && !metrics.contains(where: names.contains)
                && !metrics.contains { exporter($0).map(seen.contains) ?? false }
        }
        func absentPlatform(_ query: Query) -> ChainPlan.Platform? {
            let all = Set(metrics(query).map { SeriesOrigin.of($0)?.platform })
            guard all.count == 1, let platform = all.first ?? nil, !platforms.contains(platform) else { return nil }
            return platform
        }
        let inapplicable = ChainPlan.Platform.allCases.compactMap { platform -> Finding? in
            let count = silent.count { absentPlatform($0) == platform }
            guard count > 0 else { return nil }
            return Finding(
                .querySeries, .skipped, on: address,
                "\(count) of \(queries.count) would find nothing, because \(platform.absence)", advice: platform.advice)
        }
        let dead = silent.filter { absentPlatform($0) == nil }
        let others = queries.count - (silent.count - dead.count)
        guard let first = dead.first.flatMap({ metrics($0).first }) else {
            let well = Finding(
                .querySeries, .ok, on: address,
                "\(others) \(others == 1 ? "query has its exporter" : "queries have their exporters")")
            return (others > 0 ? [well] : []) + inapplicable
        }
        let exporters = Set(dead.compactMap { metrics($0).first.flatMap(exporter) }).sorted()
        let from = exporters.isEmpty ? "" : ", from \(exporters.joined(separator: ", "))"
        return [
            Finding(
                .querySeries, .warning, on: address,
                "\(dead.count) of \(queries.count) have no series: \(Wording.list(dead.map(\.name)))\(from)",
                advice: SeriesOrigin.advice(for: first) + " Diagnoses work without, and say less.")
        ] + inapplicable
    }

    private static func exporter(_ metric: String) -> String? { SeriesOrigin.of(metric)?.exporter }

    static func metrics(_ queries: [Query]) -> Set<String> { Set(queries.flatMap { metrics($0) }) }

    private static func metrics(_ query: Query) -> [String] { SeriesNeed(promQL: query.promQL)?.metrics ?? [] }
}
