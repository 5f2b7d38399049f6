import Alerts
import ArgumentParser
import Backends
import FoundationEssentials
import RootCause
import Scenarios
import Settings
import Signatures
import Telemetry

/// Measures the engine on incidents that were invented without looking at it, and fails where it does not hold what the
/// project promises.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario-score", abstract: "Diagnose every labelled scenario and count what was told right.")

    @Option(help: "Other seeds give other names, numbers and times; separated by commas.")
    var seeds = "1"

    @Option(help: "Only scenarios whose name begins with this: spot-eviction/no-.")
    var only = ""

    @Option(help: "Keep the case folders here; they are removed otherwise.")
    var keep: String?

    @Flag(help: "Only time how long it takes to look for all known failures in a thousand kinds of lines.")
    var matchingCost = false

    func run() async throws {
        let problems = Signature.problemsOfBuiltIn()
        guard problems.isEmpty else {
            print("The built-in signatures are wrong:\n\(SettingsError(problems).description)")
            throw ExitCode.failure
        }
        if matchingCost {
            print(MatchingCost(signatures: Signature.builtIn).report)
            return
        }
        let seeds = self.seeds.split(separator: ",").compactMap { UInt64($0) }
        guard !seeds.isEmpty else { throw ValidationError("--seeds takes whole numbers, separated by commas.") }
        let work = seeds.flatMap { seed in
            ScenarioFamilies.all.flatMap { family in
                family.members.compactMap { member in
                    "\(family.cause)/\(member)".hasPrefix(only) ? (family, member, seed) : nil
                }
            }
        }
        guard !work.isEmpty else { throw ValidationError("There is no scenario whose name begins with \(only).") }
        let examination = Examination(keep: keep)
        let answers = try await withThrowingTaskGroup(of: (Int, ScenarioAnswer).self) { group in
            for (position, (family, member, seed)) in work.enumerated() {
                group.addTask { (position, try examination.answer(family.make(member, seed: seed), seed: seed)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let score = ScenarioScore(answers: answers)
        print(score.report)
        if only.isEmpty, !score.isAsPromised { throw ExitCode.failure }
    }
}

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
        try CaseWriter(labelled.scenario).write(to: folder)
        let read = try CaseFolder(path: folder).load()
        let alert = try read.alertBody.map { try AlertGroup(webhookBody: $0) }
        return try ScenarioAnswer(labelled, diagnosis: analyzer.diagnose(read.evidence, alert: alert))
    }
}
