import Backends
import Telemetry
import TestSupport
import Testing

struct PrometheusJSONTests {
    private func recorded(_ name: String) throws -> [UInt8] {
        try Repository.bytes("Tests/Fixtures/Recorded/prometheus/\(name).json")
    }

    @Test func `a matrix gives its series by name and labels`() throws {
        let series = try PrometheusJSON.series(from: recorded("query_matrix"))
        #expect(series.map(\.name) == ["up", "up"])
        #expect(series.map { $0.labels["job"] } == ["down", "prometheus"])
        #expect(series[0].labels["__name__"] == nil)
        #expect(series[0].samples.count == 4)
        #expect(series[1].samples[0].at == Timestamp(milliseconds: 1_795_345_464_576))
        #expect(series[1].samples[0].value == 1)
    }

    @Test func `a range query's times are whole seconds without a point`() throws {
        let series = try PrometheusJSON.series(from: recorded("query_range"))
        #expect(series[0].samples.map(\.at.seconds) == [1_795_345_464, 1_795_345_479])
    }

    @Test func `a vector gives one sample each, and values that JSON's numbers cannot hold`() throws {
        let series = try PrometheusJSON.series(from: recorded("query_nan_inf"), name: "ratio")
        let values = Dictionary(uniqueKeysWithValues: series.map { ($0.labels["k"] ?? "", $0.samples[0].value) })
        #expect(values["nan"]?.isNaN == true)
        #expect(values["posinf"] == .infinity)
        #expect(values["neginf"] == -.infinity)
        #expect(values["big"] == 1e21)
        #expect(values["small"] == 1e-09)
        #expect(Set(series.map(\.name)) == ["ratio"])
    }

    @Test func `a scalar is one series without labels`() throws {
        let series = try PrometheusJSON.series(from: recorded("query_scalar"), name: "up")
        #expect(series.map(\.labels) == [[:]])
        #expect(series[0].samples.map(\.value) == [1])
    }

    @Test(arguments: ["query_empty", "query_range_empty", "query_future"])
    func `an answer without series is no error`(name: String) throws {
        #expect(try PrometheusJSON.series(from: recorded(name)).isEmpty)
    }

    @Test(arguments: [
        ("query_bad_syntax", "bad_data", "parse error"), ("query_exec_error", "execution", "many-to-many"),
        ("query_range_too_many_points", "bad_data", "11,000 points"), ("query_missing_param", "bad_data", "query"),
    ])
    func `an error's body is thrown with its type and words`(name: String, type: String, words: String) throws {
        let error = #expect(throws: BackendError.self) { try PrometheusJSON.series(from: recorded(name)) }
        guard case .unreadable(let attempt, let reason) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(attempt.backend == "Prometheus")
        #expect(reason.contains(type))
        #expect(reason.contains(words))
    }

    @Test(arguments: [
        ("query_string", "string"), ("rules", "data.resultType is missing"), ("labels", "data has the wrong type"),
    ])
    func `what is no series is refused by its key path`(name: String, words: String) throws {
        let error = #expect(throws: BackendError.self) { try PrometheusJSON.series(from: recorded(name)) }
        #expect("\(String(describing: error))".contains(words))
    }

    @Test func `every recorded success of a query can be read`() throws {
        let names = try Repository.names(in: "Tests/Fixtures/Recorded/prometheus")
            .filter { $0.hasPrefix("query") && $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
        var read = 0
        for name in names where !["query_string"].contains(name) {
            let meta = try Repository.text("Tests/Fixtures/Recorded/prometheus/\(name).meta")
            guard meta.contains("200 OK") else { continue }
            _ = try PrometheusJSON.series(from: recorded(name))
            read += 1
        }
        #expect(read >= 12)
    }

    @Test func `samples come oldest first and histograms are left out`() throws {
        let body = """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"a":"1"},"values":[[20,"2"],[10.5,"1"]]},
            {"metric":{"a":"2"},"histograms":[[10,{"count":"1","sum":"1"}]]}]}}
            """
        let series = try PrometheusJSON.series(from: Array(body.utf8))
        #expect(series.map { $0.samples.map(\.value) } == [[1, 2]])
        #expect(series[0].samples[0].at == Timestamp(milliseconds: 10_500))
    }

    @Test(arguments: [
        #"[1e300,"1"]"#, #"[-1e300,"1"]"#, #"[1e400,"1"]"#, #"[9223372036.9,"1"]"#, #"[1,"one"]"#, #"[1,2]"#, "[1]",
    ])
    func `a damaged sample is an error and no trap`(sample: String) {
        let body = #"{"status":"success","data":{"resultType":"scalar","result":\#(sample)}}"#
        #expect(throws: BackendError.self) { try PrometheusJSON.series(from: Array(body.utf8)) }
    }

    @Test(arguments: [#"[9223372035,"NaN"]"#, #"[-9223372035,"-Inf"]"#, #"[0,"1e400"]"#, #"[0.0004,"5e-324"]"#])
    func `a sample at the ends of what can be is read`(sample: String) throws {
        let body = #"{"status":"success","data":{"resultType":"scalar","result":\#(sample)}}"#
        #expect(try PrometheusJSON.series(from: Array(body.utf8)).flatMap(\.samples).count == 1)
    }
}
