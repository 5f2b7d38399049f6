/// What programs write to a terminal to colour text and to move the cursor: no part of what a line says.
///
/// Source: ECMA-48, 5.4, control sequences: `ESC [`, parameters, and one byte from `@` to `~`.
enum TerminalSequence {
    static let escape: UInt8 = 0x1b

    private static let finals: ClosedRange<UInt8> = 0x40...0x7e

    /// The text without its control sequences; an escape that begins none is left.
    static func removed(from text: Span<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var position = 0
        while position < text.count {
            let begins =
                text[position] == escape && position + 1 < text.count && text[position + 1] == UInt8(ascii: "[")
            guard begins else {
                plain.append(text[position])
                position += 1
                continue
            }
            position += 2
            while position < text.count, !finals.contains(text[position]) { position += 1 }
            position += 1
        }
        return plain
    }
}
