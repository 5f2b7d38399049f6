import FoundationEssentials
package import Telemetry

/// Reads what Prometheus' query API answers: https://prometheus.io/docs/prometheus/latest/querying/api/.
package enum PrometheusJSON {
    /// The series of one answer to `query` or `query_range`: a matrix, a vector, or a scalar as one series without
    /// labels.
    ///
    /// An answer of `"status":"error"` is thrown with Prometheus' own words.
    ///
    /// Native histograms are left out: nothing here computes with them.
    /// - Parameter name: the name of the configured query; without it, a series is called by its `__name__`.
    /// - Returns: by name, then by labels, whatever the order of the answer was.
    package static func series(from body: [UInt8], name: String? = nil) throws(BackendError) -> [MetricSeries] {
        try read(Answer.self, from: body).series(name: name)
    }

    /// The same with what the server says of its answer: that a store did not answer, or that it was cut.
    package static func answer(from body: [UInt8], name: String? = nil) throws(BackendError) -> MetricAnswer {
        let answer = try read(Answer.self, from: body)
        return MetricAnswer(series: try answer.series(name: name), warnings: answer.warnings ?? [])
    }

    /// What a body of `"status":"error"` says: its type and words, both possibly empty; nil for any other body.
    static func fault(in body: [UInt8]) -> (type: String, words: String)? {
        guard let answer = try? read(Fault.self, from: body), answer.status == "error" else { return nil }
        return (answer.errorType ?? "", answer.error ?? "")
    }

    /// The expression of the first alerting rule of this name in an answer to `/api/v1/rules`.
    static func expression(ofAlert name: String, from body: [UInt8]) throws(BackendError) -> String? {
        let rules = try read(Rules.self, from: body).data.groups.flatMap(\.rules)
        return rules.first { $0.type == "alerting" && $0.name == name }?.query
    }

    /// Whether the body is one answer and not an object of answers by query name.
    package static func isOneAnswer(_ body: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Envelope.self, from: Data(body))) != nil
    }

    /// The answers of an object `{"query name": answer, …}`, each for itself: one that failed does not spoil the others.
    ///
    /// - Returns: by the names of the queries.
    package static func seriesByQuery(
        from body: [UInt8]
    ) throws(BackendError) -> [(name: String, result: Result<[MetricSeries], BackendError>)] {
        let answers = try read([String: Attempt<Answer>].self, from: body)
        return answers.sorted { $0.key < $1.key }.map { name, attempt in
            (
                name,
                Result { () throws(BackendError) in
                    guard let answer = attempt.value else {
                        throw Self.malformed("\(name): \(attempt.fault ?? "no answer")")
                    }
                    return try answer.series(name: name)
                }
            )
        }
    }

    fileprivate static func malformed(_ reason: String) -> BackendError {
        .malformed(format: "Prometheus' answers", reason: reason)
    }

    private static func read<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws(BackendError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw malformed(DecodingFault.explain(error))
        }
    }
}

private struct Envelope: Decodable {
    let status: String
}

private struct Fault: Decodable {
    let status: String
    let errorType: String?
    let error: String?
}

private struct Rules: Decodable {
    struct Groups: Decodable { let groups: [Group] }
    struct Group: Decodable { let rules: [Rule] }
    struct Rule: Decodable {
        let type: String?
        let name: String?
        let query: String?
    }

    let data: Groups
}

private struct Answer: Decodable {
    let status: String
    let data: ResultData?
    let errorType: String?
    let error: String?
    /// `infos` are left out: they are about the query and not about what is missing.
    let warnings: [String]?

    /// Of Prometheus' words.
    private static let longestReason = 300

    func series(name: String?) throws(BackendError) -> [MetricSeries] {
        guard status == "success" else {
            throw .unreadable(
                BackendError.Attempt("Prometheus", "query", on: name ?? ""),
                reason: "an error instead of series (\(errorType ?? status)): \(error ?? "no reason given")"
                    .printableLine(atMost: Self.longestReason))
        }
        guard let data else { throw PrometheusJSON.malformed("data is missing") }
        switch data.result {
        case .series(let wire):
            return wire.compactMap { $0.series(name: name) }.sorted { left, right in
                left.name != right.name
                    ? left.name < right.name
                    : left.labels.sortedPairs.lexicographicallyPrecedes(right.labels.sortedPairs)
            }
        case .scalar(let sample):
            return [MetricSeries(name: name ?? "", labels: [:], samples: [sample.sample])]
        case .text: throw PrometheusJSON.malformed("data.resultType is string, which is no series")
        }
    }
}

private struct ResultData: Decodable {
    enum Content {
        case series([WireSeries])
        case scalar(WireSample)
        case text
    }

    let result: Content

    enum CodingKeys: CodingKey { case resultType, result }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .resultType)
        switch type {
        case "matrix", "vector": result = .series(try container.decode([WireSeries].self, forKey: .result))
        case "scalar": result = .scalar(try container.decode(WireSample.self, forKey: .result))
        case "string": result = .text
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .resultType, in: container, debugDescription: "unknown result type \(type)")
        }
    }
}

private struct WireSeries: Decodable {
    let metric: [String: String]
    let value: WireSample?
    let values: [WireSample]?

    func series(name: String?) -> MetricSeries? {
        guard let samples = values ?? value.map({ [$0] }) else { return nil }
        var labels = metric
        let ownName = labels.removeValue(forKey: "__name__")
        return MetricSeries(
            name: name ?? ownName ?? "", labels: labels, samples: samples.map(\.sample).sorted { $0.at < $1.at })
    }
}

/// `[1795345479.631, "1e+21"]`: seconds with milliseconds behind the point, and the value as text.
private struct WireSample: Decodable {
    let sample: MetricSeries.Sample

    /// Beyond it a `Timestamp` would saturate (the year 2262).
    private static let latestSecond = 9_223_372_036.0

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let seconds = try container.decode(Double.self)
        let text = try container.decode(String.self)
        guard seconds.magnitude < Self.latestSecond else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a time out of range")
        }
        guard let value = Self.number(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a value that is no number")
        }
        sample = MetricSeries.Sample(
            at: Timestamp(milliseconds: Int64((seconds * 1000).rounded())), value: value)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "NaN": .nan
        case "+Inf", "Inf": .infinity
        case "-Inf": -.infinity
        default: Double(text)
        }
    }
}

extension [String: String] {
    /// `["key", "value", "key", …]` by key: an order for dictionaries.
    fileprivate var sortedPairs: [String] { sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
}
