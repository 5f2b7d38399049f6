package import Alerts
import Backends
package import RootCause
package import Settings
import Telemetry

/// Takes one group of alerts through scope, evidence and diagnosis: the same for a live alert, a replay and the demo.
package struct Investigator: Sendable {
    private let playbooks: [Playbook]
    private let evidence: any EvidenceProvider
    private let analyzer: RootCauseAnalyzer
    private let clock: WallClock

    package init(
        playbooks: [Playbook], evidence: any EvidenceProvider, analyzer: RootCauseAnalyzer, clock: WallClock
    ) {
        self.playbooks = playbooks
        self.evidence = evidence
        self.analyzer = analyzer
        self.clock = clock
    }

    package func playbook(for group: AlertGroup) -> Playbook {
        // The alerts that fire now say best what it is about; a group that is over has only the others.
        playbooks.matching((group.firing.isEmpty ? group.alerts : group.firing).map(\.labels))
    }

    /// The names of the receivers that a playbook asks for; nil is all of them.
    package func receivers(of playbook: String) -> [String]? {
        playbooks.first { $0.name == playbook }?.receivers
    }

    /// Never fails: what could not be fetched is named in the diagnosis.
    package func investigate(_ group: AlertGroup) async -> Investigation {
        let playbook = playbook(for: group)
        let request = CollectionRequest(group: group, playbook: playbook, now: clock.now())
        let evidence = await evidence.evidence(for: request)
        return Investigation(
            group: group, playbook: playbook, diagnosis: analyzer.diagnose(evidence, alert: group))
    }

    /// A diagnosis without evidence, for a group whose investigation keeps ending the process: people are told at least
    /// what Alertmanager said.
    package func giveUp(on group: AlertGroup, because reason: String) -> Investigation {
        let playbook = playbook(for: group)
        let request = CollectionRequest(group: group, playbook: playbook, now: clock.now())
        let evidence = Evidence(
            scope: request.scope, window: request.window, baseline: request.baseline,
            gaps: EvidenceSource.allCases.map { Gap($0, reason, isTotal: true) })
        return Investigation(
            group: group, playbook: playbook, diagnosis: analyzer.diagnose(evidence, alert: group))
    }
}

/// What an investigation came to.
package struct Investigation: Sendable {
    package let group: AlertGroup
    package let playbook: Playbook
    package let diagnosis: Diagnosis
}
