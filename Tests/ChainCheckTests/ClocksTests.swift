import Telemetry
import Testing

@testable import ChainCheck

@Suite struct ClocksTests {
    private let noon = Timestamp(seconds: 1_800_000_000)

    private func sample(_ server: String, ahead: Duration, took: Duration = .zero) -> Clocks.Sample {
        // A Date is rounded down.
        let date = Timestamp(seconds: (noon + ahead).seconds)
        return Clocks.Sample(server: server, date: date, sent: noon - took, received: noon)
    }

    @Test func `the date of an answer is read`() {
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT") == Timestamp(rfc3339: "1994-11-06T08:49:37Z"))
        #expect(HTTPDate.parse("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
    }

    @Test func `clocks within a few seconds agree`() {
        let finding = Clocks.finding([sample("Tempo", ahead: .seconds(3)), sample("Loki", ahead: .seconds(-4))])
        #expect(finding.verdict == .ok && finding.observed.contains("Loki and Tempo"))
    }

    @Test(arguments: [(20, "Tempo is 20 s ahead", Finding.Verdict.warning), (-300, "Tempo is 4 min behind", .failure)])
    func `a clock that is off is told with its server`(_ seconds: Int, _ words: String, _ verdict: Finding.Verdict) {
        let finding = Clocks.finding([sample("Tempo", ahead: .seconds(seconds)), sample("Loki", ahead: .zero)])
        #expect(finding.verdict == verdict && finding.observed == words)
    }

    @Test func `a slow answer says nothing against a clock`() {
        let slow = sample("Tempo", ahead: .seconds(-8), took: .seconds(10))
        #expect(Clocks.finding([slow]).verdict == .ok)
    }

    @Test func `of several answers the one that says least counts`() {
        let cached = sample("Loki", ahead: .seconds(-900))
        #expect(Clocks.finding([cached, sample("Loki", ahead: .zero)]).verdict == .ok)
    }

    @Test func `without an answer nothing is said`() {
        #expect(Clocks.finding([]).verdict == .skipped)
    }
}
