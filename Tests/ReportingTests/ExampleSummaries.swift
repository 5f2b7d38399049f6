import Alerts
import Languages
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
    case begun
    case joined
    case reminder
    case reminderUnexplained = "reminder-unexplained"
    case digest
    case quietDigest = "quiet-digest"
    case mentioning
    case test

    static let grafana = GrafanaLinks(
        root: "https://grafana.example.com", tempo: "tempo-1", loki: "loki-1",
        dashboard: .init(uid: "jenkins-tracing", serviceVariable: "service"))

    private static func builder(_ language: Language) -> SummaryBuilder {
        SummaryBuilder(
            grafana: grafana, runbooks: "https://git.example.com/sabueso/Runbooks",
            ownPages: "https://sabueso.example.com", zone: .cet, language: language)
    }

    var summary: Summary { summary(in: .english) }

    func summary(in language: Language) -> Summary {
        let builder = Self.builder(language)
        return switch self {
        case .spotEviction:
            builder.summary(
                of: SpotEvictionIncident.diagnosis,
                on: .init(
                    alert: SpotEvictionIncident.alert, playbook: "JenkinsJobTraceFailure", incident: "42",
                    evidenceURL: "https://sabueso.example.com/incidents/42", now: Instant.at("14:35:50")))
        case .spotEvictionReplayed:
            builder.summary(
                of: SpotEvictionIncident.diagnosis,
                on: .init(alert: SpotEvictionIncident.alert, incident: "42", mark: .replay))
        case .dependencyFailure:
            builder.summary(
                of: DependencyFailureIncident.diagnosis,
                on: .init(
                    alert: DependencyFailureIncident.alert, playbook: "HighTraceErrorRate", incident: "43",
                    now: Instant.at("09:48:30")))
        case .slowBuilds, .waitingBuilds:
            builder.summary(
                of: self == .slowBuilds ? SlowBuildsIncident.slowStage : SlowBuildsIncident.waits,
                on: .init(alert: SlowBuildsIncident.alert, incident: "46", now: Instant.at("14:35:50")))
        case .trafficSurge:
            builder.summary(
                of: TrafficSurgeIncident.diagnosis,
                on: .init(alert: DependencyFailureIncident.alert, incident: "47", now: Instant.at("09:48:30")))
        case .unexplained:
            builder.summary(
                of: UnexplainedIncidents.failingTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "44", now: Instant.at("09:48:30")))
        case .noTraces:
            builder.summary(
                of: UnexplainedIncidents.noTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "45", now: Instant.at("09:48:30")))
        case .resolved:
            builder.resolution(
                of: SpotEvictionIncident.diagnosis,
                on: .init(
                    alert: SpotEvictionIncident.resolved, incident: "42",
                    evidenceURL: "https://sabueso.example.com/incidents/42", now: Instant.at("14:39:10")))
        case .resolvedUnexplained:
            builder.resolution(
                of: UnexplainedIncidents.failingTraces,
                on: .init(alert: UnexplainedIncidents.alert, incident: "44", now: Instant.at("10:03:00")))
        case .begun:
            builder.beginning(of: DependencyFailureIncident.alert, on: Self.occasion("09:44:12"))
        case .joined:
            builder.joining(of: SpotEvictionIncident.alert.alerts, on: Self.occasion("14:40:00"))
        case .reminder:
            builder.reminder(
                of: builder.story(of: SpotEvictionIncident.diagnosis, alert: SpotEvictionIncident.alert),
                on: Self.occasion("18:32:00", SpotEvictionIncident.alert))
        case .reminderUnexplained:
            builder.reminder(of: nil, on: Self.occasion("18:32:00", UnexplainedIncidents.alert))
        case .digest, .quietDigest:
            builder.digest(
                of: self == .digest
                    ? Self.storm(builder) : Self.storm(builder).prefix(2).map { $0.over(Instant.at("14:50:00")) },
                wasQuiet: self == .quietDigest, on: .init(now: Instant.at("15:00:00")))
        case .mentioning:
            Self.callingPeople(builder)
        case .test:
            builder.test(on: .init(now: Instant.at("15:00:00")))
        }
    }

    private static func occasion(_ now: String, _ alert: AlertGroup? = nil) -> SummaryBuilder.Occasion {
        .init(alert: alert, incident: "i-42", now: Instant.at(now))
    }

    private static func callingPeople(_ builder: SummaryBuilder) -> Summary {
        var summary = builder.beginning(of: SpotEvictionIncident.alert, on: occasion("14:32:04"))
        summary.mentions = ["here", "U024BE7LH", "S0614TZR7", "on-call@example.com"]
        return summary
    }

    private static func storm(_ builder: SummaryBuilder) -> [SummaryBuilder.DigestLine] {
        let story = builder.story(of: SpotEvictionIncident.diagnosis, alert: SpotEvictionIncident.alert)
        return (0..<12).map { number in
            SummaryBuilder.DigestLine(
                incident: "i-\(number + 43)", alert: number < 8 ? "JenkinsJobTraceFailure" : "HighTraceErrorRate",
                story: number < 8 ? story : nil, startsAt: Instant.at("14:30:00") + .seconds(number * 17),
                resolvedAt: number < 4 ? Instant.at("14:50:00") : nil)
        }
    }
}

extension SummaryBuilder.DigestLine {
    fileprivate func over(_ end: Timestamp) -> Self {
        .init(incident: incident, alert: alert, story: story, startsAt: startsAt, resolvedAt: end)
    }
}
