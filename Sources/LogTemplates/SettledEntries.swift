/// Finds the entry that forms were settled into which a new form matches.
struct SettledEntries: Sendable {
    struct Found {
        let index: Int
        let form: FormID
    }

    private struct Key: Hashable {
        let pieces: Int
        /// The hash of the first piece; 0 for entries whose lines differ there.
        let first: UInt64
    }

    private var byKey: [Key: [Int]] = [:]
    /// The first form of each entry.
    private var forms: [Int32] = []

    init() {}

    init(_ entries: [FormEntry], entryOfForm: [Int32]) {
        forms = Array(repeating: -1, count: entries.count)
        for (form, entry) in entryOfForm.enumerated() where entry >= 0 && forms[Int(entry)] < 0 {
            forms[Int(entry)] = Int32(form)
        }
        for (index, entry) in entries.enumerated() { byKey[Self.key(of: entry.pieces), default: []].append(index) }
    }

    /// The oldest one that matches.
    func entry(matching line: [MaskedLine.Piece], in entries: [FormEntry]) -> Found? {
        guard !byKey.isEmpty else { return nil }
        var found: Int?
        for key in [Self.key(of: line), Key(pieces: line.count, first: 0)] {
            guard let index = byKey[key]?.first(where: { entries[$0].matches(line) }) else { continue }
            found = min(found ?? index, index)
        }
        return found.map { Found(index: $0, form: FormID(number: forms[$0])) }
    }

    private static func key(of pieces: [MaskedLine.Piece]) -> Key {
        let first = pieces.first.map { $0.traits.contains(.differs) ? 0 : $0.hash } ?? 0
        return Key(pieces: pieces.count, first: first)
    }
}
