import Alerts
import ArgumentParser
import Backends
import Reporting
import Responder
import RootCause
import Settings
import Telemetry

/// `sabueso analyze`: diagnoses a case folder, without any server.
struct AnalyzeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Diagnose the evidence in a case folder.",
        discussion: """
            A case folder holds what was known at the time of an alert: alert.json, traces.json, logs.json, events.json, \
            pods.json, nodes.json, workloads.json, metrics.json and case.yaml, each optional. The same case gives \
            the same bytes.

            Example:
              sabueso analyze --case Tests/Fixtures/Scenarios/spot-eviction --format markdown
            """)

    @Option(name: .customLong("case"), help: ArgumentHelp("The case folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var configurationFile: ConfigurationFile

    @Option(help: "How to print the diagnosis: text, json (sabueso/diagnosis/v1) or markdown.")
    var format: OutputFormat = .text

    func run() async throws {
        let settings = try configurationFile.load(leavesOutSecrets: true)
        let (kept, alert) = try CaseFiles.load(folder)
        let diagnosis = await diagnosis(of: kept, alert: alert, settings)
        let summary = SummaryBuilder().summary(of: diagnosis, on: SummaryBuilder.Occasion(alert: alert))
        StandardOutput.write(format.render(diagnosis, summary, grafana: nil))
    }

    /// With an alert as `replay` does it, so that window and scope are those of its playbook where the case states none.
    private func diagnosis(of kept: Case, alert: AlertGroup?, _ settings: Settings) async -> Diagnosis {
        let analyzer = RootCauseAnalyzer(settings)
        guard let alert else { return analyzer.diagnose(kept.evidence, alert: nil) }
        // A case is over: no clock cuts its window, or the same case would give other bytes another day.
        let clock = WallClock(now: { Timestamp(nanoseconds: .max) }, sleep: { _ in })
        let investigator = Investigator(
            playbooks: settings.playbooks, evidence: CaseEvidence(kept), analyzer: analyzer, clock: clock)
        return await investigator.investigate(alert).diagnosis
    }
}
