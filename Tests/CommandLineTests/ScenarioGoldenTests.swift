import Alerts
import Backends
import Languages
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

    /// Those that Spanish golden files are made of.
    private static let readInSpanish: Set<String> = [
        "spot-eviction", "dependency-failure", "bad-deploy", "no-traces", "agent-oom-killed-plain",
    ]

    @Test(arguments: scenarios)
    func `every scenario is told in Spanish on every surface, with nothing left in English`(name: String) throws {
        let folder = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(name)")).load()
        let alert = try AlertGroup(webhookBody: #require(folder.alertBody))
        let diagnosis = diagnosis(of: folder, alert)
        let spanish = ListeningSpanish()
        let builder = SummaryBuilder(
            grafana: GrafanaLinks(root: "https://grafana.example.com", tempo: "tempo", loki: "loki"),
            runbooks: "https://git.example.com/sabueso/Runbooks", language: spanish.language)
        let occasion = SummaryBuilder.Occasion(alert: alert, incident: "i-1", now: folder.evidence.window.end)
        for kind in MessageKind.allCases {
            let summary = try #require(builder.sample(of: kind, diagnosis, on: occasion))
            for platform in ShownMessage.Platform.allCases {
                guard let body = kind.body(summary, on: platform) else { continue }
                #expect(ChatMeasure.all(of: body, on: platform).allSatisfy { !$0.isBroken })
            }
        }
        _ = PictureRenderer(language: spanish.language).svg(of: PictureData(diagnosis))
        let summary = builder.summary(of: diagnosis, on: occasion)
        let terminal = TerminalRenderer(usesColours: false).text(summary)
        _ = MarkdownRenderer().text(summary)
        #expect(spanish.missing.isEmpty)
        guard Self.readInSpanish.contains(name) else { return }
        try Golden.check(terminal, "Scenarios/\(name)/es.terminal.txt")
        let chats = try ShownMessage.Platform.allCases.map { platform in
            let body = try #require(MessageKind.diagnosis.body(summary, on: platform))
            return TerminalPreview(columns: 40, usesColours: false).text(try #require(ShownMessage(body, on: platform)))
        }
        try Golden.check(chats.joined(), "Scenarios/\(name)/es.chats.txt")
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
