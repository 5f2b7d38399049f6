import Alerts
import Languages
import Reporting
import RootCause
import Scenarios
import Telemetry
import Web

extension PreviewExamples {
    /// The incidents of the demo, each diagnosed when somebody first asks for it.
    static var scenarios: PreviewExamples {
        let shelf = PreviewShelf()
        return PreviewExamples(Scenario.titles.map { Incident(name: $0.name, title: $0.title) }) { incident, language in
            await shelf.messages(of: incident.name, in: language)
        }
    }
}

/// Keeps what was made once: a page must not cost a diagnosis each time that it is opened.
private actor PreviewShelf {
    private struct Key: Hashable {
        let incident: String
        let language: Language
    }

    private var made: [Key: [PreviewExamples.Message]] = [:]

    func messages(of name: String, in language: Language) -> [PreviewExamples.Message] {
        let key = Key(incident: name, language: language)
        if let messages = made[key] { return messages }
        guard let scenario = Scenario.named(name) else { return [] }
        let messages = Self.messages(of: scenario, in: language)
        made[key] = messages
        return messages
    }

    private static func messages(of scenario: Scenario, in language: Language) -> [PreviewExamples.Message] {
        let alert = try? AlertGroup(webhookBody: scenario.webhookBody)
        let diagnosis = RootCauseAnalyzer().diagnose(scenario.evidence, alert: alert)
        // Addresses that everybody sees are invented.
        let builder = SummaryBuilder(
            grafana: GrafanaLinks(root: "https://grafana.example.com", tempo: "tempo", loki: "loki"),
            ownPages: "https://sabueso.example.com", language: language)
        let occasion = SummaryBuilder.Occasion(alert: alert, incident: "i-1", now: scenario.evidence.window.end)
        return MessageKind.allCases.compactMap { kind in
            builder.sample(of: kind, diagnosis, on: occasion).map { summary in
                PreviewExamples.Message(
                    kind: kind, slack: kind.body(summary, on: .slack), teams: kind.body(summary, on: .teams))
            }
        }
    }
}
