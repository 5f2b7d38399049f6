/// Reads base64, as protobuf writes bytes in JSON.
enum Base64 {
    /// Standard or URL alphabet, padded or not; backslashes are passed over, because some encoders write `\/`.
    ///
    /// - Returns: nil when another character is in it.
    static func decoded(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(range.count * 3 / 4)
        var (buffer, bits): (UInt32, Int) = (0, 0)
        for index in range {
            let digit: UInt8
            switch bytes[index] {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = bytes[index] - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = bytes[index] - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): digit = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): digit = 63
            case UInt8(ascii: "="), UInt8(ascii: "\\"): continue
            default: return nil
            }
            buffer = buffer << 6 | UInt32(digit)
            bits += 6
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return result
    }
}
