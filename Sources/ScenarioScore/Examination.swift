import Alerts
import Backends
import FoundationEssentials
import RootCause
import Scenarios
import Settings
import Signatures

/// Takes a scenario the way that a person would replay it: written as a case folder, read again, diagnosed.
struct Examination: Sendable {
    let keep: String?
    private let analyzer = RootCauseAnalyzer(options: .init(signatures: Signature.builtIn))

    init(keep: String?) { self.keep = keep }

    func answer(_ labelled: LabelledScenario, seed: UInt64) throws -> ScenarioAnswer {
        let parent = keep ?? FileManager.default.temporaryDirectory.path(percentEncoded: false)
        let name = labelled.name.replacing("/", with: "_") + "_\(seed)"
        let folder = "\(parent)/\(keep == nil ? "sabueso-\(ProcessInfo.processInfo.processIdentifier)-" : "")\(name)"
        defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
        try CaseWriter.write(labelled.files, to: folder)
        let read = try CaseFolder(path: folder).load()
        let alert = try read.alertBody.map { try AlertGroup(webhookBody: $0) }
        return try ScenarioAnswer(labelled, seed: seed, diagnosis: analyzer.diagnose(read.evidence, alert: alert))
    }
}
