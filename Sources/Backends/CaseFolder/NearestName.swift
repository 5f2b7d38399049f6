/// Which of the known names a misspelt one is nearest to.
enum NearestName {
    /// The known names, the nearest first; of equally near ones the alphabetically first.
    static func order(_ known: [String], by name: String) -> [String] {
        known.map { (distance(name, $0), $0) }.sorted { $0 < $1 }.map(\.1)
    }

    /// Levenshtein's distance: insertions, deletions and substitutions.
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, letter) in left.utf8.enumerated() {
            var diagonal = index
            row[0] = index + 1
            for column in right.indices {
                let substituted = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
