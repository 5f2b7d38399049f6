package import Backends
package import Telemetry

/// A frozen case in the place of the live backends: whatever is asked for, it answers with what was kept.
package struct CaseEvidence: EvidenceProvider {
    private let kept: Evidence

    package init(_ evidence: Evidence) {
        kept = evidence
    }

    package func evidence(for request: CollectionRequest) async -> Evidence { kept }
}
