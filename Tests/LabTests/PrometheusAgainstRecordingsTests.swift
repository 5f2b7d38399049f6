import Lab
import Scenarios
import Telemetry
import Testing

/// The lab as Prometheus, held against what Prometheus 2.42 answered.
struct PrometheusAgainstRecordingsTests {
    /// What it had scraped of `up` by then: `query_matrix`, and one sample from before.
    private static let series = [
        series(job: "down", instance: "127.0.0.1:9", "0", [462_240, 467_243, 472_244, 477_240]),
        series(job: "prometheus", instance: "127.0.0.1:9090", "1", [459_576, 464_576, 469_572, 474_576, 479_572]),
    ]

    private static func series(job: String, instance: String, _ value: String, _ times: [Int64]) -> MetricSeries {
        MetricSeries(
            name: "up", labels: ["job": job, "instance": instance],
            samples: times.map {
                MetricSeries.Sample(at: Timestamp(milliseconds: 1_795_345_000_000 + $0), value: Double(value) ?? .nan)
            })
    }

    private func answer(_ exchange: RecordedExchange, now: Timestamp? = nil) async throws -> LabAnswer {
        var configuration = LabConfiguration()
        configuration.now = now ?? exchange.at + .milliseconds(999)
        return await LabCase.lab(metrics: Self.series, configuration: configuration)
            .answer(exchange.request(below: "/prometheus"))
    }

    @Test(arguments: try RecordingCoverage.compared(.prometheusText))
    func `errors and other texts are Prometheus', word for word`(_ exchange: RecordedExchange) async throws {
        let answer = try await answer(exchange)
        #expect(answer.status == exchange.status)
        #expect(answer.contentType == exchange.headers["content-type"])
        #expect(LabCase.text(answer) == exchange.text)
    }

    @Test(arguments: try RecordingCoverage.compared(.prometheusQuery))
    func `a query has the recorded answer`(_ exchange: RecordedExchange) async throws {
        let expected = try exchange.json()
        let result = try #require(expected["data"]?["result"])
        // What its clock said stands in the answer.
        let time = (result.elements?.first?["value"] ?? result).elements?.first
        var now: Timestamp?
        if case .number(let seconds) = time {
            now = Timestamp(milliseconds: Int64(((Double(seconds) ?? 0) * 1000).rounded()))
        }
        let answer = try await answer(exchange, now: now)
        #expect(answer.status == 200)
        #expect(answer.contentType == exchange.headers["content-type"])
        #expect(LabCase.json(answer)?.normalized() == expected.normalized())
    }
}
