/// The word that somebody probably meant.
package enum NearestWord {
    /// The candidate with the fewest typing errors, if they are few enough for the word's length.
    ///
    /// Among equals the alphabetically first, so that the advice is the same every time.
    package static func to(_ word: String, among candidates: some Sequence<String>) -> String? {
        // One error in three letters still looks like the word; more does not.
        let lettersPerError = 3
        let scored = candidates.map { (distance: distance(word.lowercased(), $0.lowercased()), word: $0) }
        guard let best = scored.min(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) else { return nil }
        let longest = max(word.count, best.word.count)
        return best.distance <= max(1, longest / lettersPerError) ? best.word : nil
    }

    /// How many letters must be inserted, left out, replaced or swapped with their neighbour.
    ///
    /// The restricted edit distance of F. J. Damerau, "A technique for computer detection and correction of spelling
    /// errors", 1964.
    private static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var best = min(previous[column + 1] + 1, current[column] + 1)
                best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
