/// What is different in two texts, line by line: `-` gone, `+` new.
struct LineDifference {
    let text: String

    init(_ old: String, _ new: String) {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let difference = after.difference(from: before)
        let lines = difference.map { change in
            switch change {
            case .remove(let offset, let line, _): (offset: offset, isNew: false, line: line)
            case .insert(let offset, let line, _): (offset: offset, isNew: true, line: line)
            }
        }
        // By place, what is gone before what is new there.
        let ordered = lines.sorted { ($0.offset, $0.isNew ? 1 : 0) < ($1.offset, $1.isNew ? 1 : 0) }
        text = ordered.map { "\($0.isNew ? "+" : "-") \($0.line)\n" }.joined()
    }
}
