import Reporting
import RootCause
import Telemetry

/// The incidents that the golden files are made of, as summaries.
enum ExampleSummary: String, CaseIterable {
    case spotEviction = "spot-eviction"
    case spotEvictionReplayed = "spot-eviction-replayed"
    case dependencyFailure = "dependency-failure"
    case slowBuilds = "slow-builds"
    case waitingBuilds = "waiting-builds"
    case trafficSurge = "traffic-surge"
    case unexplained = "unexplained"
    case noTraces = "no-traces"
    case resolved = "resolved"
    case resolvedUnexplained = "resolved-unexplained"

    static let grafana = GrafanaLinks(
        root: "https://grafana.example.com", tempo: "tempo-1", loki: "loki-1",
        dashboard: .init(uid: "jenkins-tracing", serviceVariable: "service"))

    private static let builder = SummaryBuilder(
        grafana: grafana, runbooks: "https://git.example.com/sabueso/Runbooks", zone: .cet)

    var summary: Summary {
        switch self {
        case .spotEviction:
            Self.builder.summary(
                of: SpotEvictionIncident.diagnosis,
                on: .init(
                    alert: SpotEvictionIncident.alert, playbook: "JenkinsJobTraceFailure", incident: "42",
                    evidenceURL: "https://sabueso.example.com/incidents/42", now: Instant.at("14:35:50")))
        case .spotEvictionReplayed:
            Self.builder.summary(
                of: SpotEvictionIncident.diagnosis,
                on: .init(alert: SpotEvictionIncident.alert, incident: "42", mark: .replay))
        case .dependencyFailure:
            Self.builder.summary(
                of: DependencyFailureIncident.diagnosis,
                on: .init(
                    alert: DependencyFailureIncident.alert, playbook: "HighTraceErrorRate", incident: "43",
                    now: Instant.at("09:48:30")))
        case .slowBuilds, .waitingBuilds:
            Self.builder.summary(
                of: self == .slowBuilds ? SlowBuildsIncident.slowStage : SlowBuildsIncident.waits,
                on: .init(alert: SlowBuildsIncident.alert, incident: "46", now: Instant.at("14:35:50")))
        case .trafficSurge:
            Self.builder.summary(
                of: TrafficSurgeIncident.diagnosis,
                on: .init(alert: DependencyFailureIncident.alert, incident: "47", now: Instant.at("09:48:30")))
        case .unexplained:
            Self.builder.summary(
                of: UnexplainedIncidents.failingTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "44", now: Instant.at("09:48:30")))
        case .noTraces:
            Self.builder.summary(
                of: UnexplainedIncidents.noTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "45", now: Instant.at("09:48:30")))
        case .resolved:
            Self.builder.resolution(
                of: SpotEvictionIncident.diagnosis,
                on: .init(
                    alert: SpotEvictionIncident.resolved, incident: "42",
                    evidenceURL: "https://sabueso.example.com/incidents/42", now: Instant.at("14:39:10")))
        case .resolvedUnexplained:
            Self.builder.resolution(
                of: UnexplainedIncidents.failingTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "44", now: Instant.at("10:03:00")))
        }
    }
}
