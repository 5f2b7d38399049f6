import Backends
import Telemetry
import TestSupport
import Testing

/// What of window and baseline is derived when `case.yaml` leaves it out.
struct CaseWindowsTests {
    private func evidence(_ files: [String: String]) throws -> Evidence {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        return try CaseFolder(path: folder.path).load().evidence
    }

    private func logs(at seconds: [Int]) -> String {
        seconds.map { #"{"streams":[{"stream":{"app":"a"},"values":[["\#($0)000000000","x"]]}]}"# }
            .joined(separator: "\n")
    }

    private func window(_ start: Int64, _ end: Int64) -> TimeWindow {
        TimeWindow(start: Timestamp(seconds: start), end: Timestamp(seconds: end))
    }

    private let alert = """
        {"version":"4","alerts":[
          {"status":"resolved","startsAt":"1970-01-01T00:00:10Z"},
          {"status":"firing","startsAt":"1970-01-01T02:00:00Z"},
          {"status":"firing","startsAt":"1970-01-01T01:40:00Z"}]}
        """

    @Test func `the window lies around the first firing alert, the baseline three lengths before it`() throws {
        let evidence = try evidence(["alert.json": alert])
        #expect(evidence.window == window(6000 - 900, 6000 + 300))
        #expect(evidence.baseline == window(5100 - 3600, 5100))
    }

    @Test func `case yaml goes before the alert, also for one end only`() throws {
        let evidence = try evidence(["alert.json": alert, "case.yaml": "window: {start: 1970-01-01T01:30:00Z}"])
        #expect(evidence.window == window(5400, 6300))
    }

    @Test func `a baseline is no longer than there is data`() throws {
        let evidence = try evidence(["alert.json": alert, "logs.jsonl": logs(at: [4000, 5500])])
        #expect(evidence.baseline == window(4000, 5100))
    }

    @Test func `a baseline without data falls back to the data before it`() throws {
        let evidence = try evidence(["alert.json": alert, "logs.jsonl": logs(at: [200, 300, 5500])])
        #expect(evidence.baseline == window(200, 5100))
    }

    @Test func `without an alert the window is the extent of the data`() throws {
        let evidence = try evidence(["logs.jsonl": logs(at: [5500, 200, 300])])
        #expect(evidence.window.start == Timestamp(seconds: 200))
        #expect(evidence.window.contains(Timestamp(seconds: 5500)))
        #expect(evidence.window.duration < .seconds(5301))
    }

    @Test(arguments: [[:], ["alert.json": "{}"], ["case.yaml": "window: {end: 1970-01-01T01:30:00Z}"]])
    func `a case that says nowhere when it was is refused with what to do`(files: [String: String]) throws {
        let error = #expect(throws: CaseFolderError.self) { try evidence(files) }
        #expect(error?.description.contains("window: {start: …, end: …}") == true)
    }

    private static let asked = CollectionRequest(
        scope: Scope(services: ["shop"]),
        window: TimeWindow(start: Timestamp(seconds: 5400), end: Timestamp(seconds: 6600)),
        baseline: TimeWindow(start: Timestamp(seconds: 1800), end: Timestamp(seconds: 5400)))

    private func asked(_ files: [String: String]) throws -> Evidence {
        let folder = try TemporaryFolder()
        for (name, text) in files { try folder.write(text, to: name) }
        return try CaseFolder(path: folder.path).load().evidence(for: Self.asked)
    }

    @Test func `what the case leaves open is as the playbook asks`() throws {
        let evidence = try asked(["alert.json": alert])
        #expect(evidence.scope == Self.asked.scope)
        #expect(evidence.window == Self.asked.window && evidence.baseline == Self.asked.baseline)
    }

    @Test func `what the case states holds, whatever the playbook asks`() throws {
        let yaml = """
            scope: {jobs: [team/app]}
            window: {start: 1970-01-01T01:40:00Z, end: 1970-01-01T01:45:00Z}
            baseline: {start: 1970-01-01T00:40:00Z}
            """
        let evidence = try asked(["alert.json": alert, "case.yaml": yaml])
        #expect(evidence.scope == Scope(jobs: ["team/app"]))
        #expect(evidence.window == window(6000, 6300))
        #expect(evidence.baseline == window(2400, 6000))
    }

    @Test func `an asked baseline is no longer than there is data either`() throws {
        let evidence = try asked(["alert.json": alert, "logs.jsonl": logs(at: [4000, 5500])])
        #expect(evidence.baseline == window(4000, 5400))
    }
}
