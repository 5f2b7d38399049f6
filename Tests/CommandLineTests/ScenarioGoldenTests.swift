import Alerts
import Backends
import Reporting
import RootCause
import Telemetry
import TestSupport
import Testing

/// Every demo scenario on every surface, as committed under `Tests/Fixtures/Golden/Scenarios`.
@Suite struct ScenarioGoldenTests {
    static let scenarios = ["spot-eviction", "dependency-failure", "faulty-instance", "bad-deploy", "no-traces"]

    @Test(arguments: scenarios)
    func `every renderer shows the scenario as it did when somebody last read it`(name: String) throws {
        let folder = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(name)")).load()
        let alert = try AlertGroup(webhookBody: #require(folder.alertBody))
        let diagnosis = RootCauseAnalyzer().diagnose(folder.evidence, alert: alert)
        let grafana = GrafanaLinks(root: "https://grafana.example.com", tempo: "tempo", loki: "loki")
        let builder = SummaryBuilder(grafana: grafana, runbooks: "https://git.example.com/sabueso/Runbooks")
        let summary = builder.summary(
            of: diagnosis,
            on: SummaryBuilder.Occasion(alert: alert, incident: "i-1", now: folder.evidence.window.end))
        var outputs = [
            "terminal.txt": TerminalRenderer(usesColours: false).text(summary),
            "markdown.md": MarkdownRenderer().text(summary),
            "diagnosis.json": DiagnosisJSON(grafana: grafana).text(diagnosis),
            "slack.json": String(decoding: SlackRenderer().body(summary), as: UTF8.self) + "\n",
            "teams.json": String(decoding: TeamsRenderer().body(summary), as: UTF8.self) + "\n",
        ]
        outputs["picture.svg"] = PictureRenderer().svg(of: PictureData(diagnosis))
        for (file, text) in outputs.sorted(by: { $0.key < $1.key }) {
            try Golden.check(text, "Scenarios/\(name)/\(file)")
        }
    }
}
