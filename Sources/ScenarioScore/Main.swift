import ArgumentParser
import Scenarios
import Settings
import Signatures

/// Measures the engine on incidents that were invented without looking at it, and fails where it does not hold what the
/// project promises.
@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario-score",
        abstract: "Diagnose every labelled scenario and count what was told right.",
        discussion: """
            Another seed gives other names, numbers and times. Wrong answers are listed for the open seeds; the held-out \
            ones are only counted, because nobody may mend against them. With --only or --keep no held-out seed is \
            measured.
            """)

    @Option(help: "Open seeds, separated by commas.")
    var seeds = Seeds.usual.map { String($0) }.joined(separator: ",")

    @Option(help: "Held-out seeds, separated by commas; none: an empty text.")
    var heldOut = Seeds.keptApart.map { String($0) }.joined(separator: ",")

    @Option(help: "Only scenarios whose name begins with this: spot-eviction/no-.")
    var only = ""

    @Option(help: "Keep the case folders here, each with its label; they are removed otherwise.")
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
        let isWhole = only.isEmpty && keep == nil
        let seeds: Seeds
        do {
            seeds = try Seeds(open: numbers(self.seeds), heldOut: isWhole ? numbers(heldOut) : [])
        } catch let error as Seeds.Mixed {
            throw ValidationError(error.description)
        }
        let work = seeds.all.flatMap { seed in
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
        let report = ScoreReport(seeds: seeds, answers: answers)
        print(report.text)
        if only.isEmpty, !report.isAsPromised { throw ExitCode.failure }
    }

    private func numbers(_ text: String) throws -> [UInt64] {
        try text.split(separator: ",").map { part in
            guard let number = UInt64(part) else {
                throw ValidationError("\(part) is no seed: seeds are whole numbers, separated by commas.")
            }
            return number
        }
    }
}
