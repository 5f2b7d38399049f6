import Alerts
import Backends
import Reporting
import RootCause
import Scenarios
import Settings
import Signatures
import Telemetry
import TestSupport
import Testing

/// Every committed scenario on every surface, as committed under `Tests/Fixtures/Golden/Scenarios`.
@Suite struct ScenarioGoldenTests {
    static let scenarios = Scenario.all.map(\.name) + SmallScenarios.all.map(\.folderName)

    private func diagnosis(of folder: Case, _ alert: AlertGroup) -> Diagnosis {
        RootCauseAnalyzer(options: .init(signatures: Signature.builtIn)).diagnose(folder.evidence, alert: alert)
    }

    @Test(arguments: scenarios)
    func `every renderer shows the scenario as it did when somebody last read it`(name: String) throws {
        let folder = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(name)")).load()
        let alert = try AlertGroup(webhookBody: #require(folder.alertBody))
        let diagnosis = diagnosis(of: folder, alert)
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

    @Test(arguments: SmallScenarios.all.indices)
    func `a labelled scenario is told as its label says`(index: Int) throws {
        let labelled = SmallScenarios.all[index]
        let folder = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(labelled.folderName)")).load()
        let alert = try AlertGroup(webhookBody: #require(folder.alertBody))
        let first = try #require(diagnosis(of: folder, alert).hypotheses.first)
        #expect(first.cause.rawValue == labelled.label.cause)
        #expect(first.subject.kind.rawValue == labelled.label.subjectKind)
        #expect(first.subject.name == labelled.label.subjectName)
    }
}
