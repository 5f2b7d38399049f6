extension String {
    /// The first line, cut at a word where it has more characters than so many.
    package func shortened(to limit: Int) -> String {
        let line = prefix(4 * limit).split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard line.count > limit else { return line }
        let cut = line.prefix(limit)
        let end = cut.lastIndex(of: " ") ?? cut.endIndex
        return cut[..<end] + "…"
    }
}

extension Phrase {
    /// The first line, cut at a word where it has more characters than so many in the reader's language.
    package func shortened(to limit: Int) -> Phrase { isEmpty ? self : Phrase(pieces: [.shortened(self, limit)]) }
}
