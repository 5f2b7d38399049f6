import BuildLogs
package import Signatures

/// The marks of known failures that stand in lines: the part of a diagnosis that looks at every kind of line, by itself,
/// so that what it costs can be measured.
package struct LineMarks {
    private var book: SignatureBook
    private var matches: [LiteralScanner.Match] = []

    package init(_ signatures: [Signature]) { book = SignatureBook(signatures) }

    /// How many marks are in a line.
    package mutating func count(in line: String) -> Int {
        var count = 0
        for literal in book.literals(in: line, &matches) where book.captures(literal, in: line) != nil { count += 1 }
        return count
    }
}
