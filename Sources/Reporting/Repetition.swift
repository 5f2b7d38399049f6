/// Whether a sentence would say again what the reader has just read.
enum Repetition {
    /// True when nearly every word of the sentence, and every number and name in it, is in one of the other texts.
    static func isSaid(_ sentence: String, by others: [String]) -> Bool {
        let words = Self.words(of: sentence)
        guard !words.isEmpty else { return true }
        let said = others.reduce(into: Set<String>()) { $0.formUnion(Self.words(of: $1)) }
        let new = words.filter { !said.contains($0) }
        guard !new.contains(where: { $0.contains(where: \.isNumber) }) else { return false }
        return new.count * shareOfNewWords <= words.count
    }

    /// One new word in four makes a sentence worth reading.
    private static let shareOfNewWords = 4

    private static func words(of sentence: String) -> Set<String> {
        let parts = sentence.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return Set(parts.map(String.init).filter { !fillers.contains($0) })
    }

    private static let fillers: Set<String> = [
        "a", "an", "the", "of", "on", "in", "at", "to", "and", "or", "was", "were", "is", "are", "it", "its", "their",
    ]
}
