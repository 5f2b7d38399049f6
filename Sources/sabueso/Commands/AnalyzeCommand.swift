import Alerts
import ArgumentParser
import Backends
import Reporting
import RootCause
import Settings

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
        let settings = try configurationFile.load()
        let (evidence, alert) = try CaseFiles.load(folder)
        let diagnosis = RootCauseAnalyzer(settings).diagnose(evidence, alert: alert)
        let summary = SummaryBuilder().summary(of: diagnosis, on: SummaryBuilder.Occasion(alert: alert))
        StandardOutput.write(format.render(diagnosis, summary, grafana: nil))
    }
}
