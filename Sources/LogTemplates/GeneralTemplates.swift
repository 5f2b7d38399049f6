/// Gives the lines of a template to a more general one that they match too: a template is all lines that match its text.
///
/// Where the more general one has a variable, its own lines have proven that there are many values; what the other one
/// has there is one more of them.
struct GeneralTemplates {
    private struct Key: Hashable {
        let pieces: Int
        let first: UInt64
    }

    private let entries: [FormEntry]
    private var byKey: [Key: [Int]] = [:]
    private let differing: [Int]

    /// - Parameter entries: one for each template.
    init(_ entries: [FormEntry]) {
        self.entries = entries
        differing = entries.map { $0.pieces.count { $0.traits.contains(.differs) } }
        for (index, entry) in entries.enumerated() where differing[index] > 0 {
            byKey[Key(pieces: entry.pieces.count, first: entry.pieces[0].hash), default: []].append(index)
        }
    }

    /// For each template the one that takes its lines: mostly itself.
    func takers() -> [Int] { entries.indices.map(taker) }

    private func taker(of index: Int) -> Int {
        let pieces = entries[index].pieces
        guard let first = pieces.first else { return index }
        var best = index
        for hash in Set([first.hash, FormEntry.hashWhereLinesDiffer]) {
            for other in byKey[Key(pieces: pieces.count, first: hash)] ?? []
            where (differing[other], best) > (differing[best], other) && entries[other].matches(pieces) {
                best = other
            }
        }
        return best
    }
}
