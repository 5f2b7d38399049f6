import BuildLogs
import Signatures

/// All marks of all signatures, ready to be looked for at once.
struct SignatureBook {
    enum Role { case sign, stronger, ruledOut }

    struct Entry {
        /// A place in `signatures`.
        let signature: Int
        let role: Role
        let mark: Mark
    }

    /// A literal that a line must contain, of the mark at a place in `entries`.
    struct Literal {
        let entry: Int
        let text: String
    }

    let signatures: [Signature]
    let entries: [Entry]
    private let literals: [Literal]
    private let scanner: LiteralScanner
    private var patterns: [Int: MarkPattern?] = [:]
    /// How often a regular expression was tried: what the literals are there to keep low.
    private(set) var patternsTried = 0

    init(_ signatures: [Signature]) {
        self.signatures = signatures
        var entries: [Entry] = []
        for (number, signature) in signatures.enumerated() {
            for (role, marks) in [
                (Role.sign, signature.signs), (.stronger, signature.stronger), (.ruledOut, signature.ruledOutBy),
            ] {
                entries += marks.map { Entry(signature: number, role: role, mark: $0) }
            }
        }
        self.entries = entries
        literals = entries.enumerated().flatMap { number, entry in
            entry.mark.literals.map { Literal(entry: number, text: $0) }
        }
        scanner = LiteralScanner(literals.map(\.text.preFilter))
    }

    var hasLiterals: Bool { !literals.isEmpty }

    /// The literals that may stand in lines of the same form as this one, in the order of the signatures.
    func literals(in line: String, _ matches: inout [LiteralScanner.Match]) -> [Literal] {
        matches.removeAll(keepingCapacity: true)
        scanner.scan(Array(line.utf8.prefix(LongLine.mostBytes)), into: &matches)
        guard !matches.isEmpty else { return [] }
        return Set(matches.map(\.index)).sorted().map { literals[$0] }
    }

    /// What the named groups of a mark hold in a line that has its literal; nil when it is not there after all.
    mutating func captures(_ literal: Literal, in line: String) -> [String: String]? {
        guard let position = line.firstBytes(of: literal.text) else { return nil }
        let mark = entries[literal.entry].mark
        guard mark.pattern != nil || !mark.unless.isEmpty else { return [:] }
        let part = MarkPattern.line(of: line, around: position)
        return mark.isAllowed(in: part) ? captures(literal.entry, in: part) : nil
    }

    /// What the named groups of a mark hold in a text that has all else that the mark asks for.
    mutating func captures(_ entry: Int, in text: String) -> [String: String]? {
        guard let pattern = entries[entry].mark.pattern else { return [:] }
        if patterns[entry] == nil { patterns[entry] = .some(try? MarkPattern(pattern)) }
        patternsTried += 1
        return patterns[entry]??.captures(in: text)
    }
}
