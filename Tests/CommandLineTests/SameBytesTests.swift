import Alerts
import Backends
import Reporting
import RootCause
import Telemetry
import TestSupport
import Testing

/// The same case gives the same bytes, however often and in whatever order its evidence comes.
@Suite struct SameBytesTests {
    private func bytes(_ evidence: Evidence, _ alert: AlertGroup?) -> String {
        DiagnosisJSON().text(RootCauseAnalyzer().diagnose(evidence, alert: alert))
    }

    @Test(arguments: try Repository.names(in: "Tests/Fixtures/Scenarios"))
    func `a scenario in another order is diagnosed with the same bytes`(name: String) throws {
        let folder = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(name)")).load()
        let alert = try folder.alertBody.map { try AlertGroup(webhookBody: $0) }
        let first = bytes(folder.evidence, alert)
        #expect(bytes(folder.evidence, alert) == first)
        for seed in 1...3 { #expect(bytes(folder.evidence.shuffled(seed: seed), alert) == first) }
        // And nothing of a usual case is left out.
        let own = RootCauseAnalyzer().diagnose(folder.evidence, alert: alert).gaps.filter {
            !folder.evidence.gaps.contains($0)
        }
        #expect(own.isEmpty)
    }
}
