package import Backends
package import Telemetry

/// A frozen case in the place of the live backends: whatever is asked for, it answers with what was kept.
///
/// Which time and scope it is about, the case says; what it leaves out is as the playbook asks.
package struct CaseEvidence: EvidenceProvider {
    private let kept: Case

    package init(_ kept: Case) {
        self.kept = kept
    }

    package func evidence(for request: CollectionRequest) async -> Evidence { kept.evidence(for: request) }
}
