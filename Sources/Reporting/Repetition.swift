/// Whether a sentence would say again what the reader has just read.
enum Repetition {
    /// True when nearly every word of the sentence, and every number and name in it, is in one of the other texts.
    ///
    /// - Parameter share: of the words, one in this many makes the sentence worth reading.
    static func isSaid(_ sentence: String, by others: [String], newWords share: Int = oneInFour) -> Bool {
        let words = Self.words(of: sentence)
        guard !words.isEmpty else { return true }
        let said = others.reduce(into: Set<String>()) { $0.formUnion(Self.words(of: $1)) }
        let new = words.subtracting(said)
        guard !new.contains(where: { $0.contains(where: \.isNumber) }) else { return false }
        return new.count * share <= words.count
    }

    static let oneInFour = 4
    static let oneInTwo = 2

    private static func words(of sentence: String) -> Set<String> {
        let parts = sentence.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return Set(parts.map { singular(String($0)) }.filter { !fillers.contains($0) })
    }

    /// "traces" says no more than "trace"; names and short words stay as they are.
    private static func singular(_ word: String) -> String {
        word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") && word.allSatisfy(\.isLetter)
            ? String(word.dropLast()) : word
    }

    private static let fillers: Set<String> = [
        "a", "an", "the", "of", "on", "in", "at", "to", "and", "or", "was", "were", "is", "are", "it", "its", "their",
        "there", "window",
    ]
}
