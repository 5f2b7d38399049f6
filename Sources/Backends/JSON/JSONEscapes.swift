/// Undoes the escapes of a JSON string.
enum JSONEscapes {
    /// The text of the bytes between a string's quotes. An escape that JSON does not know stands for its own character;
    /// half a surrogate pair becomes U+FFFD.
    static func undone(in bytes: [UInt8], _ contents: Range<Int>) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(contents.count)
        var index = contents.lowerBound
        while index < contents.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < contents.upperBound else {
                plain.append(byte)
                continue
            }
            let escaped = bytes[index]
            index += 1
            switch escaped {
            case UInt8(ascii: "n"): plain.append(0x0A)
            case UInt8(ascii: "t"): plain.append(0x09)
            case UInt8(ascii: "r"): plain.append(0x0D)
            case UInt8(ascii: "b"): plain.append(0x08)
            case UInt8(ascii: "f"): plain.append(0x0C)
            case UInt8(ascii: "u"):
                let scalar = unicodeScalar(in: bytes, &index, before: contents.upperBound)
                plain.append(contentsOf: String(Character(scalar)).utf8)
            default: plain.append(escaped)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// Reads what follows `\u`, and a second `\u` when the first was a high surrogate.
    private static func unicodeScalar(in bytes: [UInt8], _ index: inout Int, before end: Int) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        guard let first = hexDigits(4, in: bytes, at: index, before: end) else { return replacement }
        index += 4
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(UInt32(first)) ?? replacement }
        guard index + 2 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
            let second = hexDigits(4, in: bytes, at: index + 2, before: end), (0xDC00..<0xE000).contains(second)
        else { return replacement }
        index += 6
        return Unicode.Scalar(UInt32(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))) ?? replacement
    }

    private static func hexDigits(_ count: Int, in bytes: [UInt8], at index: Int, before end: Int) -> UInt64? {
        guard index + count <= end else { return nil }
        return HexDigits.value(of: bytes, index..<(index + count))
    }
}
