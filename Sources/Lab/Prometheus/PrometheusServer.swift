import Scenarios
import Telemetry

/// Prometheus' query API over the series of a case: selectors, and the configured queries by their recorded answers.
struct PrometheusServer: Sendable {
    /// By name, then by labels.
    private let series: [MetricSeries]
    private let queries: [RecordedQuery]
    private let rules: [LabRule]
    private let alertmanagers: [String]
    private let now: Timestamp
    private let requiresTenant: Bool
    /// What the case does not have is what this account may not read.
    private let isReadable: Bool

    /// How old a sample may be and still be the value (`query.lookback-delta`). The lab has no marks for series that end,
    /// so each goes on for so long.
    private static let lookback = Duration.seconds(300)

    init(evidence: Evidence, now: Timestamp, configuration: LabConfiguration) {
        series = evidence.metrics.sorted { Self.key($0).lexicographicallyPrecedes(Self.key($1)) }
        queries = configuration.metricQueries.map(RecordedQuery.init)
        rules = configuration.rules
        alertmanagers = configuration.alertmanagers
        self.now = now
        requiresTenant = configuration.requiresTenant
        isReadable = evidence.wasFetched(.metrics)
    }

    private static func key(_ series: MetricSeries) -> [String] {
        [series.name] + series.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        switch request.path {
        case "/-/healthy": return .text(200, "Prometheus Server is Healthy.\n")
        case "/-/ready": return .text(200, "Prometheus Server is Ready.\n")
        default: break
        }
        guard let request = request.readingForm().below("/api/v1") else { return .unknownPath }
        // As Mimir has it; Prometheus itself knows no tenants.
        if requiresTenant, request.headers["x-scope-orgid"] == nil { return .text(401, "no org id\n") }
        guard isReadable else { return .text(403, "this account may not read metrics\n") }
        let parts = request.path.split(separator: "/").map(String.init)
        do throws(PrometheusRefusal) {
            switch (parts.first, parts.count) {
            case ("query", 1), ("query_range", 1):
                guard ["GET", "POST"].contains(request.method) else { return Self.otherMethod }
                return parts[0] == "query" ? try instantQuery(request) : try rangeQuery(request)
            case ("labels", 1): return list(series.flatMap { Array($0.labels.keys) + ["__name__"] })
            case ("label", 3) where parts[2] == "values": return try values(of: parts[1])
            case ("rules", 1): return ruleList(request)
            case ("alertmanagers", 1): return alertmanagerList
            case ("status", 2) where parts[1] == "buildinfo":
                return success(["version": "2.42.0", "revision": "lab", "goVersion": ""])
            default: return .unknownPath
            }
        } catch {
            return error.answer
        }
    }

    private static let otherMethod = LabAnswer(
        status: 405, contentType: LabAnswer.plainText, headers: [.init("Allow", "GET, OPTIONS, POST")],
        body: Array("Method Not Allowed\n".utf8))

    // MARK: Queries

    private func rangeQuery(_ request: LabRequest) throws(PrometheusRefusal) -> LabAnswer {
        let instants = try PrometheusTimes.range(request).instants
        switch try query(request) {
        case .number(let number):
            let samples = instants.map { MetricSeries.Sample(at: $0, value: number) }
            return json(
                PrometheusForm.success(
                    "matrix", [["metric": [:], "values": .array(samples.map(PrometheusForm.sample))]]))
        case .text, .samples:
            throw .badData(
                "invalid parameter \"query\": invalid expression type for range query, must be Scalar or instant Vector"
            )
        case .series(let found, let comparison):
            return matrix(Self.evaluated(found, at: instants, comparison), request)
        case .countsByName(let found):
            return matrix(Self.counted(Self.evaluated(found, at: instants, nil)), request)
        }
    }

    private func instantQuery(_ request: LabRequest) throws(PrometheusRefusal) -> LabAnswer {
        let time = try PrometheusTimes.time(request) ?? now
        switch try query(request) {
        case .number(let number):
            return json(
                PrometheusForm.success("scalar", PrometheusForm.sample(MetricSeries.Sample(at: time, value: number))))
        case .text(let text):
            return json(PrometheusForm.success("string", [PrometheusForm.instant(time), .string(text)]))
        case .samples(let found, let duration):
            let window = found.compactMap { $0.restricted(from: time - duration, through: time) }
            return json(PrometheusForm.success("matrix", PrometheusForm.matrix(window)))
        case .series(let found, let comparison):
            return vector(Self.evaluated(found, at: [time], comparison), request)
        case .countsByName(let found):
            return vector(Self.counted(Self.evaluated(found, at: [time], nil)), request)
        }
    }

    private func matrix(_ found: [MetricSeries], _ request: LabRequest) -> LabAnswer {
        let (kept, warnings) = limited(found, request)
        return json(PrometheusForm.success("matrix", PrometheusForm.matrix(kept), warnings: warnings))
    }

    private func vector(_ found: [MetricSeries], _ request: LabRequest) -> LabAnswer {
        let (kept, warnings) = limited(found, request)
        let vector = kept.flatMap { series in
            series.samples.map { sample in
                ["metric": PrometheusForm.labels(series), "value": PrometheusForm.sample(sample)] as JSON
            }
        }
        return json(PrometheusForm.success("vector", .array(vector), warnings: warnings))
    }

    private enum Finding {
        case number(Double)
        case text(String)
        case series([MetricSeries], PromQL.Comparison?)
        case samples([MetricSeries], Duration)
        case countsByName([MetricSeries])
    }

    private func query(_ request: LabRequest) throws(PrometheusRefusal) -> Finding {
        let text = request.parameter("query") ?? ""
        for query in queries {
            if let matchers = query.matchers(in: text) {
                return .series(series.filter { query.selects($0, matchers) }, nil)
            }
        }
        do throws(PromQLFault) {
            switch try PromQLParser.parse(text) {
            case .number(let number): return .number(number)
            case .text(let text): return .text(text)
            case .range(let selector, let duration): return .samples(series.filter(selector.selects), duration)
            case .selector(let selector, let comparison): return .series(series.filter(selector.selects), comparison)
            case .countByName(let selector): return .countsByName(series.filter(selector.selects))
            }
        } catch {
            switch error {
            case .syntax(let words): throw .badData("invalid parameter \"query\": \(words)")
            case .beyondLab:
                throw PrometheusRefusal(
                    422, "execution",
                    "this lab evaluates selectors and their comparison with a number, and answers the configured queries"
                )
            }
        }
    }

    /// How many series each name has at each instant.
    private static func counted(_ series: [MetricSeries]) -> [MetricSeries] {
        Dictionary(grouping: series, by: \.name).sorted { $0.key < $1.key }.map { name, series in
            let counts = Dictionary(grouping: series.flatMap(\.samples), by: \.at).mapValues(\.count)
            return MetricSeries(
                name: name, labels: [:],
                samples: counts.sorted { $0.key < $1.key }.map { .init(at: $0.key, value: Double($0.value)) })
        }
    }

    /// The series that have a value at one of the instants for which the comparison holds.
    private static func evaluated(
        _ series: [MetricSeries], at instants: [Timestamp], _ comparison: PromQL.Comparison?
    ) -> [MetricSeries] {
        series.compactMap { series in
            let samples = series.evaluated(at: instants, lookback: lookback).filter {
                comparison?.holds($0.value) ?? true
            }
            return samples.isEmpty ? nil : MetricSeries(name: series.name, labels: series.labels, samples: samples)
        }
    }

    /// `limit`, as Prometheus has it since 3.0.
    private func limited(_ series: [MetricSeries], _ request: LabRequest) -> ([MetricSeries], warnings: [String]) {
        guard let limit = request.parameter("limit").flatMap(Int.init), limit > 0, series.count > limit else {
            return (series, [])
        }
        return (Array(series.prefix(limit)), ["results truncated due to limit"])
    }

    // MARK: What there is

    private func values(of label: String) throws(PrometheusRefusal) -> LabAnswer {
        guard label.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
            throw .badData("invalid label name: \"\(label)\"")
        }
        return list(series.compactMap { label == "__name__" ? $0.name : $0.labels[label] })
    }

    private func list(_ texts: [String]) -> LabAnswer { success(.array(Set(texts).sorted().map { .string($0) })) }

    private func ruleList(_ request: LabRequest) -> LabAnswer {
        let names = request.parameters.filter { $0.name == "rule_name[]" }.map(\.value)
        let type = request.parameter("type")
        let chosen = rules.filter { type == nil || (type == "record") == $0.isRecording }
        let listed = chosen.filter { names.isEmpty || names.contains($0.name) }.map { rule -> JSON in
            let (name, query) = (JSON.string(rule.name), JSON.string(rule.expression))
            return rule.isRecording
                ? ["name": name, "query": query, "health": "ok", "type": "recording"]
                : [
                    "state": "inactive", "name": name, "query": query, "duration": 0, "labels": .texts(rule.labels),
                    "annotations": [:], "alerts": [], "health": "ok", "type": "alerting",
                ]
        }
        let group: JSON = ["name": "lab", "file": "lab.yml", "rules": .array(listed), "interval": 30, "limit": 0]
        return success(["groups": .array(listed.isEmpty ? [] : [group])])
    }

    private var alertmanagerList: LabAnswer {
        success([
            "activeAlertmanagers": .array(alertmanagers.map { ["url": .string($0 + "/api/v2/alerts")] }),
            "droppedAlertmanagers": [],
        ])
    }

    private func success(_ data: JSON) -> LabAnswer { json(["status": "success", "data": data]) }

    private func json(_ json: JSON) -> LabAnswer {
        LabAnswer(status: 200, contentType: "application/json", body: Array(json.compact.utf8))
    }
}

extension MetricSeries {
    /// The newest value at each instant, where there is one that is not older than `lookback`.
    fileprivate func evaluated(at instants: [Timestamp], lookback: Duration) -> [Sample] {
        var evaluated: [Sample] = []
        var next = samples.startIndex
        for instant in instants {
            while next < samples.endIndex, samples[next].at <= instant { next += 1 }
            guard next > samples.startIndex, samples[next - 1].at > instant - lookback else { continue }
            evaluated.append(Sample(at: instant, value: samples[next - 1].value))
        }
        return evaluated
    }

    fileprivate func restricted(from start: Timestamp, through end: Timestamp) -> MetricSeries? {
        let samples = samples.filter { start <= $0.at && $0.at <= end }
        return samples.isEmpty ? nil : MetricSeries(name: name, labels: labels, samples: samples)
    }
}
