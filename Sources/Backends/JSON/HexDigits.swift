/// Reads hexadecimal digits out of bytes.
enum HexDigits {
    /// The value of 1 to 16 digits of either case; nil for anything else.
    static func value(of bytes: [UInt8], _ range: Range<Int>) -> UInt64? {
        guard (1...16).contains(range.count) else { return nil }
        var value: UInt64 = 0
        for index in range {
            guard let digit = bytes[index].hexDigit else { return nil }
            value = value << 4 | UInt64(digit)
        }
        return value
    }
}

extension UInt8 {
    /// The value of this ASCII character as a hexadecimal digit.
    var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
