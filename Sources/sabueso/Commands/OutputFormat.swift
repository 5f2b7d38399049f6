import ArgumentParser
import Reporting
import RootCause

/// How a diagnosis is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
}

extension OutputFormat {
    /// The whole output, with a line's end at its end.
    func render(_ diagnosis: Diagnosis, _ summary: Summary, grafana: GrafanaLinks?) -> [UInt8] {
        switch self {
        case .text:
            [UInt8](TerminalRenderer(usesColours: StandardOutput.isTerminal).text(summary).utf8)
        case .markdown: [UInt8](MarkdownRenderer().text(summary).utf8)
        case .json: [UInt8](DiagnosisJSON(grafana: grafana).text(diagnosis).utf8)
        }
    }
}
