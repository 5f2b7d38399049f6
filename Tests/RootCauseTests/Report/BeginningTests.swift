import Alerts
import Languages
import RootCause
import Telemetry
import Testing

/// What is told of the beginning, where a sample of traces begins later than the alert.
@Suite struct BeginningTests {
    /// Requests that fail from 20 s on, of which only those from 90 s on were fetched.
    private static func lateSample() -> Story {
        var story = Story()
        story.services = ["checkout"]
        for number in 0..<60 { request(at: Double(number) * 10 - 590, fails: false, in: &story) }
        for number in 0..<10 { request(at: 90 + Double(number) * 3, fails: true, in: &story) }
        return story
    }

    private static func request(at: Double, fails: Bool, in story: inout Story) {
        story.span(
            "checkout", "POST /pay", kind: .server, at: at, takes: 0.2, status: fails ? .error(message: "502") : .ok)
    }

    private static func alert(at seconds: [Double]) -> AlertGroup {
        AlertGroup(
            status: .firing, receiver: "sabueso", groupKey: "{}", commonLabels: ["alertname": "HighTraceErrorRate"],
            alerts: seconds.enumerated().map { number, at in
                Alert(
                    status: .firing, labels: ["service": "checkout"], startsAt: Story.at(at), fingerprint: "\(number)")
            })
    }

    private static func diagnosis(_ evidence: Evidence, alertAt seconds: Double...) -> Diagnosis {
        RootCauseAnalyzer().diagnose(evidence, alert: alert(at: seconds))
    }

    @Test func `nothing began after the alert that tells of it`() throws {
        let evidence = Self.lateSample().evidence
        #expect(RootCauseAnalyzer().diagnose(evidence, alert: nil).onset == Story.at(90))
        let diagnosis = Self.diagnosis(evidence, alertAt: 60)
        #expect(diagnosis.onset == Story.at(60))
        #expect(diagnosis.course?.onset == Story.at(60))
        let told = diagnosis.hypotheses.map(\.statement.english).joined(separator: " ")
        #expect(!told.contains("22:14:50"), "\(told)")
    }

    @Test func `what began before the alert is found in the data`() {
        #expect(Self.diagnosis(Self.lateSample().evidence, alertAt: 110).onset == Story.at(90))
    }

    @Test func `an alert of the group that fires since long before says nothing of it`() {
        #expect(Self.diagnosis(Self.lateSample().evidence, alertAt: -5_000, 60).onset == Story.at(60))
        #expect(Self.diagnosis(Self.lateSample().evidence, alertAt: -5_000, 110).onset == Story.at(90))
    }

    @Test(arguments: [(taken: 70, total: Int?.some(70), isSample: false), (70, 900, true), (70, nil, true)])
    func `the first failure of a sample is only the first that was looked at`(
        sampling: (taken: Int, total: Int?, isSample: Bool)
    ) throws {
        var evidence = Self.lateSample().evidence
        evidence.samplings = [Sampling(.traces, taken: sampling.taken, total: sampling.total)]
        let texts = Self.diagnosis(evidence, alertAt: 60).timeline.map(\.text.english)
        let first = try #require(texts.first { $0.hasPrefix("first failure") })
        #expect(first.hasPrefix("first failure looked at in") == sampling.isSample, "\(first)")
    }

    @Test func `where every failing trace was fetched the first failure is the first`() throws {
        var evidence = Self.lateSample().evidence
        let traces = evidence.traces.filter { ($0.window?.start ?? Story.start) >= Story.start }
        evidence.samplings = [Sampling(.traces, taken: evidence.traces.count, total: 900)]
        evidence.traceSample = TraceSample(
            strata: [
                .init(counted: traces.count, fetched: Set(traces.map(\.id))), .init(counted: 800, fetched: []),
            ], isComplete: true)
        #expect(
            Self.diagnosis(evidence, alertAt: 60).timeline.contains {
                $0.text.english.hasPrefix("first failure in checkout")
            })
    }
}
