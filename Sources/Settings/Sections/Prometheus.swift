package import Telemetry

extension Settings {
    /// Where metrics come from, and what is asked for.
    package struct Prometheus: Hashable, Sendable {
        package var connection: Connection
        /// How often metrics are scraped: samples are not asked for closer together.
        package var minimumStep: Duration = .seconds(15)
        /// In the order of the file; names are unique.
        package var queries: [MetricQuery] = MetricQuery.builtIn

        package init(connection: Connection) {
            self.connection = connection
        }
    }

    /// What each metric measures whose name does not say it: by the name of a query, or of a metric in a case folder.
    package var metricMeanings: [String: MetricMeaning] {
        let queries = prometheus?.queries ?? MetricQuery.builtIn
        let ofQueries = queries.compactMap { query in query.measures.map { (query.name, $0) } }
        // What is declared by itself was written for this very purpose.
        return Dictionary(ofQueries) { first, _ in first }.merging(analysis.metrics) { $1 }
    }
}

extension Settings.Prometheus {
    init?(_ reader: YAMLReader) {
        var connection = Connection(reader)
        if let header = reader.optional("tenant_header", as: .headerName) { connection?.tenantHeader = header }
        let minimumStep = reader.optional("min_step", as: .duration(in: .seconds(1) ... .seconds(3600)))
        let queries = reader.optional("queries", as: .list(of: .section(MetricQuery.init)))
        Self.reportRepeatedNames(in: reader)
        guard let connection else { return nil }
        self.init(connection: connection)
        if let minimumStep { self.minimumStep = minimumStep }
        if let queries { self.queries = queries }
    }

    /// The series of two queries of one name could not be told apart.
    private static func reportRepeatedNames(in reader: YAMLReader) {
        var seen: Set<String> = []
        for query in reader.node("queries")?.items ?? [] {
            guard let node = query["name"], let name = node.rawScalar, !seen.insert(name).inserted else { continue }
            node.report("there is a query of this name already")
        }
    }
}

extension MetricQuery {
    init?(_ reader: YAMLReader) {
        let name = reader.required("name", as: .metricName)
        let promQL = reader.required("query", as: .promQL)
        let measures = reader.optional("measures", as: .oneOf(MetricMeaning.self))
        guard let name, let promQL else { return nil }
        self.init(name, promQL, measures: measures)
    }
}

extension YAMLShape<String> {
    fileprivate static var headerName: YAMLShape {
        .scalar("the name of a header (letters, digits and -)", isText: true) { text in
            text.wholeMatch(of: /[A-Za-z][A-Za-z0-9-]*/).map { _ in text }
        }
    }

    /// As Prometheus calls a metric.
    fileprivate static var metricName: YAMLShape {
        .scalar("a name (letters, digits, _ and :)", isText: true) { text in
            text.wholeMatch(of: /[A-Za-z_:][A-Za-z0-9_:]*/).map { _ in text }
        }
    }

    /// PromQL with placeholders.
    fileprivate static var promQL: YAMLShape {
        YAMLShape { node in
            guard let text = YAMLShape<String>.text.read(node) else { return nil }
            let problems = PromQLText.problems(in: text)
            problems.forEach(node.report)
            return problems.isEmpty ? text : nil
        }
    }
}

extension YAMLShape<[String: MetricMeaning]> {
    /// Names of metrics, which may have any characters, with what each measures.
    static var metricMeanings: YAMLShape {
        YAMLShape { node in
            guard let reader = node.reader() else { return nil }
            var meanings: [String: MetricMeaning] = [:]
            for entry in reader.entries {
                guard let meaning = YAMLShape<MetricMeaning>.oneOf(MetricMeaning.self).read(entry.value) else {
                    continue
                }
                meanings[entry.name] = meaning
            }
            return meanings.count == reader.entries.count ? meanings : nil
        }
    }
}
