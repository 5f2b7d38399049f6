import Backends
import Telemetry
import Testing

@testable import ChainCheck

/// Traces and logs, judged without a server.
@Suite struct TelemetryJudgingTests {
    private let noon = Timestamp(seconds: 1_800_000_000)

    private func hit(_ number: Int, endedAgo: Duration, root: Bool = true) throws -> TraceHit {
        TraceHit(
            traceID: try #require(TraceID(hex: String(repeating: "\(number % 9 + 1)", count: 32))),
            rootService: root ? "jenkins-master" : nil, rootName: root ? "BUILD shop" : nil,
            start: noon - endedAgo - .seconds(10), duration: .seconds(10), isRootMissing: !root)
    }

    @Test func `a root that ended a minute ago shows that traces appear`() throws {
        let findings = TracesAppear.findings(
            [try hit(1, endedAgo: .seconds(90)), try hit(2, endedAgo: .seconds(900))], at: noon, on: "tempo")
        #expect(findings.map(\.verdict) == [.ok, .ok])
        #expect(findings[0].observed == "the newest root ended 90 s ago, of jenkins-master")
    }

    @Test func `no trace in a day is told with where to look`() {
        let finding = TracesAppear.findings([], at: noon, on: "tempo")[0]
        #expect(finding.verdict == .failure && finding.statement == "No traces appear")
        #expect(finding.advice?.contains("Runbooks/no-traces-arrive.md") == true)
    }

    @Test func `where nothing is found the tenant is doubted first, if there is one`() {
        let traces = TracesAppear.findings([], at: noon, hasTenant: true, on: "tempo")[0]
        #expect(traces.advice?.hasPrefix("Is tempo.tenant the one that is written to?") == true)
        let lines = TracesWithLogs.finding(
            [], place: .text, labels: ["app"], services: [], hasTenant: true, on: "loki")
        #expect(lines.advice?.hasPrefix("Is loki.tenant the one that is written to?") == true)
    }

    @Test func `an old newest root is a warning`() throws {
        let finding = TracesAppear.findings([try hit(1, endedAgo: .seconds(4 * 3600))], at: noon, on: "tempo")[0]
        #expect(finding.verdict == .warning && finding.observed.hasPrefix("the newest root ended 4 h ago"))
    }

    @Test func `traces without any root are no traces of builds that ended`() throws {
        let findings = TracesAppear.findings(
            [try hit(1, endedAgo: .seconds(900), root: false)], at: noon, on: "tempo")
        #expect(findings[0].verdict == .failure && findings[0].observed == "1 traces, none with its root span")
        #expect(findings[1].verdict == .warning && findings[1].observed == "100 % of 1 traces have none")
    }

    @Test func `what runs has no root yet and does not count`() throws {
        let running = try (1...5).map { try hit($0, endedAgo: .seconds(20), root: false) }
        let findings = TracesAppear.findings(running + [try hit(6, endedAgo: .seconds(900))], at: noon, on: "tempo")
        #expect(findings[1].verdict == .ok && findings[1].observed == "0 % of 1 traces have none")
    }

    @Test func `where the newest are all too young, older ones tell`() throws {
        let young =
            try (1...5).map { try hit($0, endedAgo: .seconds(20), root: false) } + [try hit(6, endedAgo: .seconds(5))]
        let older = try (7...10).map { try hit($0, endedAgo: .seconds(900), root: false) }
        let findings = TracesAppear.findings(young, older: older, at: noon, on: "tempo")
        #expect(findings[0].verdict == .ok && findings[1].verdict == .warning)
    }

    @Test func `where half of the roots are missing they are lost, and one of three may still run`() throws {
        func roots(_ missing: ClosedRange<Int>, of count: Int) throws -> Finding {
            let hits = try (1...count).map {
                try hit($0, endedAgo: .seconds(900), root: !missing.contains($0))
            }
            return TracesAppear.findings(hits, at: noon, on: "tempo")[1]
        }
        #expect(try roots(1...50, of: 100).verdict == .warning)
        #expect(try roots(1...1, of: 2).verdict == .warning)
        #expect(try roots(1...1, of: 3).verdict == .ok)
    }

    private let id = "75d85a88ba82669f0c64157d4d6899e6"

    private func logs(
        _ place: TraceIDPlace, line: String = "done", metadata: [String: String] = [:], others: Int = 3
    ) -> Finding {
        let plain = (0..<others).map { LogEntry(at: noon - .seconds(Int64($0)), line: "tick") }
        return TracesWithLogs.finding(
            [LogEntry(at: noon, line: line, metadata: metadata)] + plain, place: place, labels: ["service_name"],
            services: ["jenkins-master"], on: "loki")
    }

    @Test func `ids where the configuration says they are make the correlation`() {
        let finding = logs(.metadata("trace_id"), metadata: ["trace_id": id])
        #expect(finding.verdict == .ok)
        #expect(finding.observed == "25 % of 4 lines of jenkins-master carry a trace id")
        #expect(logs(.json("tid"), line: #"{"tid": "\#(id)"}"#).verdict == .ok)
        #expect(logs(.json("trace_id"), line: #"{"trace_id":"\#(id)"}"#, metadata: ["trace_id": id]).verdict == .ok)
        #expect(logs(.text, line: "trace=\(id)", metadata: ["trace_id": id]).verdict == .ok)
    }

    @Test func `few lines with ids are a warning`() {
        let few = logs(.metadata("trace_id"), metadata: ["trace_id": id], others: 499)
        #expect(few.verdict == .warning && few.observed.hasPrefix("1 % of 500 lines"))
        #expect(few.advice?.contains("Runbooks/traces-without-logs.md") == true)
        #expect(logs(.metadata("trace_id"), metadata: ["trace_id": id], others: 19).verdict == .ok)
        #expect(logs(.metadata("trace_id"), metadata: ["trace_id": id], others: 20).verdict == .warning)
    }

    @Test func `lines of other services do not speak for those that have traces`() {
        let line = LogEntry(at: noon, line: "done", metadata: ["trace_id": id])
        let finding = TracesWithLogs.finding(
            [line], place: .metadata("trace_id"), labels: ["app"], services: [], silent: ["jenkins-master"], on: "loki")
        #expect(finding.verdict == .warning)
        #expect(
            finding.observed
                == "no line of jenkins-master, which have traces; 100 % of 1 lines of others carry a trace id")
        #expect(finding.advice?.contains("loki.labels.service") == true)
    }

    @Test func `without ids there are traces without correlation with logs`() {
        let finding = logs(.metadata("trace_id"))
        #expect(finding.verdict == .failure && finding.statement == "Traces without correlation with logs")
        #expect(finding.observed.hasPrefix("0 % of 4 lines"))
        #expect(finding.advice?.contains("Runbooks/traces-without-logs.md") == true)
    }

    @Test func `ids elsewhere are told with the setting that finds them`() {
        let text = logs(.metadata("trace_id"), line: "trace=\(id)", metadata: ["trace_id": id])
        #expect(text.verdict == .warning && text.advice?.contains("{place: text}") == true)
        let name = logs(.metadata("trace_id"), metadata: ["traceID": id])
        #expect(name.verdict == .warning && name.advice?.contains("{place: metadata, name: traceID}") == true)
    }

    @Test func `without lines the labels are doubted`() {
        let finding = TracesWithLogs.finding([], place: .text, labels: ["app", "job"], services: [], on: "loki")
        #expect(finding.verdict == .failure && finding.observed.contains("app and job"))
        #expect(finding.advice?.contains("loki.labels.service") == true)
    }
}
