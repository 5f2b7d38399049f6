/// A sentence as a sequence of words and of code: what stands between two backticks.
enum InlineText: Hashable {
    case words(String)
    case code(String)

    /// Splits a plain line. Backticks that do not come in pairs are no markup: they become apostrophes, so that one from
    /// a log line cannot swallow what follows it.
    static func parts(of line: String) -> [InlineText] {
        let pieces = line.unicodeScalars.split(separator: "`", omittingEmptySubsequences: false).map { Substring($0) }
        let isPaired = pieces.count % 2 == 1
        let hasEmptyCode = pieces.indices.contains { $0 % 2 == 1 && pieces[$0].allSatisfy { $0 == " " } }
        guard isPaired, !hasEmptyCode else { return [.words(pieces.joined(separator: "'"))] }
        return pieces.enumerated().compactMap { index, piece in
            if index % 2 == 1 { return .code(String(piece)) }
            return piece.isEmpty ? nil : .words(String(piece))
        }
    }
}
