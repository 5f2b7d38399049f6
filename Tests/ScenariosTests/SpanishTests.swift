import Alerts
import Languages
import RootCause
import Scenarios
import Settings
import Signatures
import Telemetry
import Testing

/// Whatever an investigation says of a scenario, it can say in Spanish.
@Suite struct SpanishTests {
    private static let analyzer = RootCauseAnalyzer(options: .init(signatures: Signature.builtIn))

    /// Those of the demo, the small ones, and of every fourth family its plain one: each takes a second, and what is left
    /// out says mostly the same.
    private static let scenarios: [Scenario] =
        Scenario.all + SmallScenarios.all.map(\.scenario)
        + stride(from: 0, to: ScenarioFamilies.all.count, by: 4).map { ScenarioFamilies.all[$0] }
        .compactMap { family in family.members.first.map { family.make($0, seed: 1).scenario } }

    @Test(arguments: scenarios.indices)
    func `every sentence has a translation, and what has none is quoted from the evidence`(_ index: Int) throws {
        let scenario = Self.scenarios[index]
        let alert = try AlertGroup(webhookBody: scenario.webhookBody)
        let phrases = Self.analyzer.diagnose(scenario.evidence, alert: alert).phrases
        #expect(!phrases.isEmpty)
        let missing = phrases.reduce(into: Set<String>()) { $0.formUnion($1.templates) }
            .filter { Language.spanish.translation(of: $0) == nil }
        #expect(missing.isEmpty, "\(scenario.name): \(missing.sorted())")
        let english = Set(phrases.flatMap(\.texts).flatMap(Self.englishWords))
        guard !english.isEmpty else { return }
        let written = String(describing: scenario.evidence)
        for words in english.sorted() where !written.contains(words) {
            Issue.record("\(scenario.name): said in English in every language: \(words)")
        }
    }

    /// Words that no name has, each with its neighbours: `agent was lost`. A quotation has them too, in the same order.
    private static func englishWords(in text: String) -> [String] {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        return words.indices.compactMap { place in
            guard functionWords.contains(words[place]), place > 0, place + 1 < words.count else { return nil }
            let before = words[place - 1].reversed().prefix(while: isPartOfWord).reversed()
            let after = words[place + 1].prefix(while: isPartOfWord)
            return before.isEmpty || after.isEmpty ? nil : "\(String(before)) \(words[place]) \(after)"
        }
    }

    private static func isPartOfWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private static let functionWords: Set<Substring> = [
        "the", "of", "was", "were", "is", "are", "and", "has", "have", "with", "since", "before",
    ]
}

extension Diagnosis {
    /// Everything in it that is said in the reader's language.
    fileprivate var phrases: [Phrase] {
        hypotheses.flatMap { [$0.statement] + $0.evidence.map(\.text) + $0.recommendations }
            + timeline.map(\.text) + gaps.map(\.reason)
    }
}
