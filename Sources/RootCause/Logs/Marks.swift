/// Fixed pieces of text that are looked for together, byte by byte.
///
/// `String.contains` compares by grapheme, which is a hundred times slower on log lines.
struct Marks: Sendable {
    private let patterns: [[UInt8]]
    /// Whether any pattern begins with this byte.
    private let beginnings: [Bool]
    private let ignoresCase: Bool

    /// - Parameter ignoresCase: for ASCII letters; the patterns are in lower case then.
    init(_ texts: [String], ignoresCase: Bool = false) {
        patterns = texts.map { Array($0.utf8) }.filter { !$0.isEmpty }
        var beginnings = [Bool](repeating: false, count: 256)
        for pattern in patterns { beginnings[Int(pattern[0])] = true }
        self.beginnings = beginnings
        self.ignoresCase = ignoresCase
    }

    /// - Parameter limit: bytes of the text that are looked at.
    func areIn(_ text: String, limit: Int = .max) -> Bool {
        var bytes = Array(text.utf8.prefix(limit))
        if ignoresCase {
            for position in bytes.indices
            where UInt8(ascii: "A") <= bytes[position] && bytes[position] <= UInt8(ascii: "Z") {
                bytes[position] |= 0x20
            }
        }
        for position in bytes.indices where beginnings[Int(bytes[position])] {
            for pattern in patterns where position + pattern.count <= bytes.count {
                if pattern.indices.allSatisfy({ bytes[position + $0] == pattern[$0] }) { return true }
            }
        }
        return false
    }
}
