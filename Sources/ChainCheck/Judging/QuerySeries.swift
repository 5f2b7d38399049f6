/// Whether the metrics that a diagnosis asks for have series: `prometheus.queries`.
enum QuerySeries {
    struct Query: Hashable, Sendable {
        let name: String
        let promQL: String
    }

    static func finding(_ queries: [Query], existing names: Set<String>, on address: String) -> Finding {
        guard !queries.isEmpty else {
            return Finding(
                .querySeries, .skipped, on: address, "no queries are configured",
                advice: "Leave out prometheus.queries to have the built-in ones.")
        }
        // Some series are there only while something is wrong, so what counts is whether their exporter has any.
        let seen = Set(queries.flatMap { metrics($0) }.filter(names.contains).compactMap(SeriesOrigin.exporter))
        let dead = queries.compactMap { query -> (name: String, metric: String)? in
            let metrics = metrics(query)
            guard let first = metrics.first, !metrics.contains(where: names.contains),
                !metrics.contains(where: { SeriesOrigin.exporter(of: $0).map(seen.contains) ?? false })
            else { return nil }
            return (query.name, first)
        }
        guard let first = dead.first else {
            return Finding(.querySeries, .ok, on: address, "\(queries.count) queries have their exporters")
        }
        let exporters = Set(dead.compactMap { SeriesOrigin.exporter(of: $0.metric) }).sorted()
        let from = exporters.isEmpty ? "" : ", from \(exporters.joined(separator: ", "))"
        return Finding(
            .querySeries, .warning, on: address,
            "\(dead.count) of \(queries.count) have no series: \(Wording.list(dead.map(\.name)))\(from)",
            advice: SeriesOrigin.advice(for: first.metric) + " Diagnoses work without, and say less.")
    }

    static func metrics(_ queries: [Query]) -> Set<String> { Set(queries.flatMap { metrics($0) }) }

    private static func metrics(_ query: Query) -> [String] { SeriesNeed(promQL: query.promQL)?.metrics ?? [] }
}
