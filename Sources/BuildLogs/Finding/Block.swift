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

    /// The hit's line, then the others as they stand; without the empty ones.
    var bestFirst: [Line] {
        lines.filter { $0.number == best } + lines.filter { $0.number != best && !$0.isEmpty }
    }
}
