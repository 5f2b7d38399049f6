package import Alerts
import Backends
package import Reporting
package import RootCause
package import Settings
package import Telemetry

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

    /// Whether these alerts are about something that the others are not about.
    package func adds(_ alerts: [Alert], to others: [Alert], of playbook: Playbook) -> Bool {
        let (new, known) = (playbook.scope(for: alerts.map(\.labels)), playbook.scope(for: others.map(\.labels)))
        let lists: [KeyPath<Scope, [String]>] = [\.services, \.namespaces, \.pods, \.jobs]
        return lists.contains { !Set(new[keyPath: $0]).isSubset(of: known[keyPath: $0]) }
    }

    /// Never fails: what could not be fetched is named in the diagnosis.
    ///
    /// - Parameter alerts: those of the group to look at; nil looks at all that fire, or at all when none does.
    package func investigate(_ group: AlertGroup, about alerts: [Alert]? = nil) async -> Investigation {
        let playbook = playbook(for: group)
        let alerts = alerts ?? (group.firing.isEmpty ? group.alerts : group.firing)
        let request = CollectionRequest(alerts: alerts, playbook: playbook, now: clock.now())
        let evidence = await evidence.evidence(for: request)
        return Investigation(
            group: group, playbook: playbook, diagnosis: analyzer.diagnose(evidence, alert: group))
    }

    /// Looks at something that no alert is about.
    ///
    /// - Parameters:
    ///   - lookback: the time under suspicion, which ends now.
    ///   - playbook: by its name; nil takes the one for builds where a service is Jenkins' by name, else the one for
    ///     every alert.
    package func look(
        at scope: Scope, during lookback: Duration, playbook name: String?
    ) async -> (diagnosis: Diagnosis, playbook: Playbook) {
        let playbook = playbook(named: name, for: scope)
        let now = clock.now()
        let window = TimeWindow(start: now - lookback, end: now)
        let request = CollectionRequest(
            scope: scope, window: window,
            baseline: TimeWindow(start: window.start - playbook.windows.baseline, end: window.start),
            wanted: Set(playbook.evidence), traceFilter: playbook.filters.traceQL, logFilter: playbook.filters.logQL,
            areBuilds: playbook.isJenkins, now: now)
        return (analyzer.diagnose(await evidence.evidence(for: request), alert: nil), playbook)
    }

    private func playbook(named name: String?, for scope: Scope) -> Playbook {
        if let name, let named = playbooks.first(where: { $0.name == name }) { return named }
        let isJenkins = scope.services.contains { $0.lowercased().contains("jenkins") }
        return (isJenkins ? playbooks.first(where: \.isJenkins) : nil)
            ?? playbooks.matching(scope.services.map { ["service_name": $0, "service": $0] })
    }
}

/// What an investigation came to.
package struct Investigation: Sendable {
    package let group: AlertGroup
    package let playbook: Playbook
    package let diagnosis: Diagnosis
    /// What people said of earlier diagnoses when this one was made.
    package var record = TrackRecord.none

    /// For people: nil for the playbook that is for every alert, whose name tells them nothing.
    package var playbookToShow: String? { playbook.match.isEverything ? nil : playbook.name }
}
