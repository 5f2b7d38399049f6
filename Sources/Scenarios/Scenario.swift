package import Telemetry

/// An incident that the lab can play: what was measured and what Alertmanager posted, and nothing about its cause.
///
/// Made by a generator with a fixed seed, so it is the same in every run; `Tests/Fixtures/Scenarios` has each as a case
/// folder.
package struct Scenario: Sendable {
    package let name: String
    /// What a person would call it before anything is known of the cause.
    package let title: String
    /// When the alert began to fire, its `startsAt`.
    package let alertedAt: Timestamp
    package let evidence: Evidence
    /// What Alertmanager posts when the alert fires.
    package let webhookBody: [UInt8]
    /// What it posts when the alert is over.
    package let resolvedWebhookBody: [UInt8]

    package init(
        name: String, title: String, alertedAt: Timestamp, evidence: Evidence, webhookBody: [UInt8],
        resolvedWebhookBody: [UInt8]
    ) {
        self.name = name
        self.title = title
        self.alertedAt = alertedAt
        self.evidence = evidence
        self.webhookBody = webhookBody
        self.resolvedWebhookBody = resolvedWebhookBody
    }

    /// Every scenario at the time when it happened.
    package static var all: [Scenario] { generators.map { $0.make($0.alertedAt) } }

    /// What there is, without making it.
    package static var titles: [(name: String, title: String)] { generators.map { ($0.name, $0.title) } }

    /// - Parameter alertedAt: moves the whole incident, so that its alert begins then; nil leaves it in the past.
    package static func named(_ name: String, alertedAt: Timestamp? = nil) -> Scenario? {
        generators.first { $0.name == name }.map { $0.make(alertedAt ?? $0.alertedAt) }
    }

    private static var generators: [any ScenarioGenerator.Type] {
        [SpotEviction.self, DependencyFailure.self, FaultyInstance.self, BadDeploy.self, NoTraces.self]
    }
}

/// What makes a scenario.
protocol ScenarioGenerator {
    static var name: String { get }
    static var title: String { get }
    /// The time of the scenario as it is kept.
    static var alertedAt: Timestamp { get }

    /// Times in seconds are counted from the start of the alert.
    static func evidence(alertedAt: Timestamp) -> Evidence
    static func alert(startsAt: Timestamp) -> ScenarioAlert
}

extension ScenarioGenerator {
    static func make(_ alertedAt: Timestamp) -> Scenario {
        let alert = alert(startsAt: alertedAt)
        return Scenario(
            name: name, title: title, alertedAt: alertedAt, evidence: evidence(alertedAt: alertedAt),
            webhookBody: alert.webhookBody(isResolved: false), resolvedWebhookBody: alert.webhookBody(isResolved: true))
    }
}
