import Lab
import Scenarios
import Telemetry
import Testing

/// The lab as Loki, held against what Loki answered.
struct LokiAgainstRecordingsTests {
    private static func lab(_ exchange: RecordedExchange, requiresTenant: Bool = false) throws -> Lab {
        var configuration = LabConfiguration()
        configuration.now = exchange.at
        configuration.requiresTenant = requiresTenant
        let window = TimeWindow(start: exchange.at, end: exchange.at)
        let lines = try RecordedLines.all(withOddities: exchange.name.hasPrefix("loki/range_edge"))
        let evidence = Evidence(scope: Scope(), window: window, baseline: window, logs: lines)
        return Lab(evidence: evidence, configuration: configuration)
    }

    private static func exchanges(_ kind: RecordingCoverage.Comparison) throws -> [RecordedExchange] {
        try RecordingCoverage.compared(kind)
    }

    @Test(arguments: try exchanges(.lokiText))
    func `errors and other texts are Loki's, word for word`(_ exchange: RecordedExchange) async throws {
        let answer = try await Self.lab(exchange).answer(exchange.request(below: "/loki"))
        #expect(answer.status == exchange.status)
        #expect(answer.contentType == exchange.headers["content-type"])
        #expect(String(decoding: answer.body, as: UTF8.self) == exchange.text)
    }

    @Test(arguments: try exchanges(.lokiRange))
    func `a query of a range gives the same streams in the same order`(_ exchange: RecordedExchange) async throws {
        let answer = try await Self.lab(exchange).answer(exchange.request(below: "/loki"))
        #expect(answer.status == exchange.status)
        #expect(answer.contentType == exchange.headers["content-type"])
        let actual = try #require(JSON(parsing: answer.body)?["data"])
        let expected = try #require(try exchange.json()["data"])
        #expect(actual["resultType"] == expected["resultType"])
        #expect(actual["encodingFlags"] == expected["encodingFlags"])
        #expect(actual["result"]?.normalized() == expected["result"]?.normalized())
        let (summary, recorded) = (actual["stats"]?["summary"], expected["stats"]?["summary"])
        #expect(summary?["totalEntriesReturned"] == recorded?["totalEntriesReturned"])
    }

    @Test(arguments: try exchanges(.lokiTenant))
    func `a tenant is asked for`(_ exchange: RecordedExchange) async throws {
        let answer = try await Self.lab(exchange, requiresTenant: true).answer(exchange.request(below: "/loki"))
        #expect(answer.status == exchange.status)
        #expect(String(decoding: answer.body, as: UTF8.self) == exchange.text)
    }

    @Test(arguments: try exchanges(.lokiFault))
    func `the ready-made faults are what a busy or slow Loki says`(_ exchange: RecordedExchange) async throws {
        let fault: Fault = exchange.name.contains("busy") ? .lokiBusy : .lokiTimeout
        guard case .answer(let answer) = fault else { return }
        #expect(answer.status == exchange.status)
        #expect(answer.contentType == exchange.headers["content-type"])
        #expect(String(decoding: answer.body, as: UTF8.self) == exchange.text)
        #expect(exchange.headers["retry-after"] == nil)
    }
}
