/// What programs write to a terminal to colour text and to move the cursor: no part of what a line says.
///
/// Source: ECMA-48, 5.4, control sequences: `ESC [`, parameters, and one byte from `@` to `~`; 5.6, titles and links:
/// `ESC ]`, text, and BEL or `ESC \`; ECMA-35, character sets: `ESC (` and one byte.
enum TerminalSequence {
    static let escape: UInt8 = 0x1b

    private static let finals: ClosedRange<UInt8> = 0x40...0x7e
    private static let bell: UInt8 = 0x07

    static func isIn(_ text: Span<UInt8>) -> Bool {
        for position in 0..<text.count where text[position] == escape { return true }
        return false
    }

    /// The text without its control sequences; an escape that begins none is left.
    static func removed(from text: Span<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var position = 0
        while position < text.count {
            if text[position] == escape, let end = end(of: text, from: position) {
                position = end
            } else {
                plain.append(text[position])
                position += 1
            }
        }
        return plain
    }

    /// Where the sequence ends that begins with the escape at `start`; nil for none.
    private static func end(of text: Span<UInt8>, from start: Int) -> Int? {
        guard start + 1 < text.count else { return nil }
        var position = start + 2
        switch text[start + 1] {
        case UInt8(ascii: "["):
            while position < text.count, !finals.contains(text[position]) { position += 1 }
            return min(position + 1, text.count)
        case UInt8(ascii: "]"):
            while position < text.count, text[position] != bell {
                if text[position] == escape, position + 1 < text.count, text[position + 1] == UInt8(ascii: "\\") {
                    return position + 2
                }
                position += 1
            }
            return min(position + 1, text.count)
        case UInt8(ascii: "("), UInt8(ascii: ")"): return min(start + 3, text.count)
        default: return nil
        }
    }
}
