extension String {
    /// The text, or as much of its beginning as fits, cut after a word and ended with `…`.
    ///
    /// - Parameter limit: in UTF-16 units, the ellipsis included. That is how chat platforms count; letters alone would
    ///   not bound the size, because one letter may be made of many code points.
    func cut(to limit: Int) -> String {
        guard utf16.count > limit else { return self }
        guard limit > 0 else { return "" }
        var end = startIndex
        var length = 1
        for index in indices {
            length += self[index].utf16.count
            if length > limit { break }
            end = self.index(after: index)
        }
        var kept = self[..<end]
        if end < endIndex, self[end] != " ", let space = kept.lastIndex(of: " "),
            kept[..<space].utf16.count > limit / Self.shareThatMayBeLost
        {
            kept = kept[..<space]
        }
        while let last = kept.last, last == " " || Self.danglingMarks.contains(last) { kept.removeLast() }
        return kept + "…"
    }

    /// A word boundary is looked for in the second half only: a long word is rather cut than lost with half the text.
    private static let shareThatMayBeLost = 2

    private static let danglingMarks: Set<Character> = [",", ";", ":", "·"]
}
