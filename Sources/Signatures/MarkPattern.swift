/// The regular expression of a mark, compiled: made anew for every diagnosis, because `Regex` is not `Sendable`.
package struct MarkPattern {
    private let regex: Regex<AnyRegexOutput>
    private let groups: [String]

    /// Bytes of a line before and after the literal that a pattern gets to see: whoever needs more reads an attachment.
    private static let reach = 500

    /// - Throws: what is wrong with the expression, in the words of Swift's parser.
    package init(_ text: String) throws {
        regex = try Regex(text).matchingSemantics(.unicodeScalar)
        groups = Self.groups(in: text)
    }

    /// What the named groups hold where the expression first matches; nil when it does not match.
    package func captures(in text: some StringProtocol) -> [String: String]? {
        guard let match = try? regex.firstMatch(in: String(text)) else { return nil }
        var captures: [String: String] = [:]
        for group in groups {
            if let value = match.output[group]?.substring, !value.isEmpty { captures[group] = String(value) }
        }
        return captures
    }

    /// The part of a text, mostly one line of many, in which the bytes before `position` and after it stand.
    package static func line(of text: String, around position: Int) -> String {
        let bytes = Array(text.utf8)
        var start = min(position, bytes.count)
        while start > 0, position - start < reach, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        var end = min(position, bytes.count)
        while end < bytes.count, end - position < 2 * reach, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The names of the groups that an expression captures, in their order.
    package static func groups(in text: String) -> [String] {
        text.matches(of: /\(\?P?<(?<name>[A-Za-z_][A-Za-z0-9_]*)>/).map { String($0.name) }
    }
}
