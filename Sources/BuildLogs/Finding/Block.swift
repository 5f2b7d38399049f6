/// Lines that belong together: a message with its notes, a failed test with its trace.
struct Block {
    struct Line {
        let number: Int
        let text: String
        let isFrame: Bool
        let isEmpty: Bool
    }

    /// The line that a rule found.
    let hit: Survey.Hit
    /// The line that says most.
    var best: Int
    /// In reading order; empty lines only between two others.
    let lines: [Line]

    /// What it says: its best line and the one below, which for some tools has the place.
    var saying: String {
        lines.filter { $0.number >= best && !$0.isEmpty }.prefix(2).map(\.text).joined(separator: "\n")
    }

    /// The hit's line, then the others as they stand; without the empty ones.
    var bestFirst: [Line] {
        lines.filter { $0.number == best } + lines.filter { $0.number != best && !$0.isEmpty }
    }
}
