import Languages
import RootCause
import Telemetry
import TestSupport
import Testing

/// Whatever comes, there is an answer, and the same one each time.
struct OddEvidenceTests {
    private static let seeds = 0..<80

    private func diagnosis(_ evidence: Evidence) -> Diagnosis {
        RootCauseAnalyzer().diagnose(evidence, alert: Story.alert(service: "web"))
    }

    @Test(arguments: seeds) func `nothing traps, and what is said makes sense`(seed: Int) {
        var odd = OddEvidence(seed: seed)
        let evidence = odd.evidence()
        let diagnosis = diagnosis(evidence)
        #expect(!diagnosis.hypotheses.isEmpty)
        for hypothesis in diagnosis.hypotheses {
            #expect((0...1).contains(hypothesis.confidence))
            #expect(!hypothesis.statement.isEmpty)
            #expect(hypothesis.evidence.allSatisfy { $0.weight.isFinite })
        }
        for suspect in diagnosis.suspects { #expect((0...1).contains(suspect.score)) }
        for line in diagnosis.keyLines { #expect(line.text.utf8.count <= 64 << 10) }
        #expect(diagnosis.impact.failedTraces <= diagnosis.impact.traces)
        let shares = [diagnosis.impact.errorCorrelationRate, diagnosis.impact.spotImpact].compactMap(\.self)
        #expect(shares.allSatisfy { (0...1).contains($0) })
        #expect(diagnosis.timeline.map(\.at) == diagnosis.timeline.map(\.at).sorted())
        // Nothing that was there from the start is lost, and no sentence comes twice.
        #expect(Set(diagnosis.gaps).isSuperset(of: evidence.gaps))
        let own = diagnosis.gaps.filter { !evidence.gaps.contains($0) }.map(\.reason.english)
        #expect(Set(own).count == own.count)
    }

    @Test(arguments: seeds) func `the order of the evidence changes nothing`(seed: Int) {
        var (odd, same) = (OddEvidence(seed: seed), OddEvidence(seed: seed))
        let first = diagnosis(odd.evidence())
        let second = diagnosis(same.evidence(order: seed + 1).shuffled(seed: seed + 1))
        #expect(first == second)
    }
}
