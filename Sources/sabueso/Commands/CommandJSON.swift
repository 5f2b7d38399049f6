import FoundationEssentials

/// How commands print JSON: sorted keys, two spaces a level, `"key": value`, and empty lists as `[]`.
enum CommandJSON {
    /// - Throws: what `JSONEncoder` throws for a value that JSON cannot hold.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: spaced([UInt8](try encoder.encode(value))), as: UTF8.self) + "\n"
    }

    /// Without the encoder's blanks before a colon and inside empty brackets.
    private static func spaced(_ json: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(json.count)
        var isInString = false
        var isEscaped = false
        for byte in json {
            if isInString {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: ":"): while text.last == UInt8(ascii: " ") { text.removeLast() }
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    let opening = byte == UInt8(ascii: "]") ? UInt8(ascii: "[") : UInt8(ascii: "{")
                    let last = text.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
                    if let last, text[last] == opening { text.removeSubrange((last + 1)...) }
                default: break
                }
            }
            text.append(byte)
        }
        return text
    }
}
