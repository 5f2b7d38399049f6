import Telemetry

/// Numbers, which senders write as numbers or as strings, in and out of range.
extension JSONReader {
    /// A whole number, clamped to the range of `Int64`; 0 when there is none.
    ///
    /// Clamped, because Tempo writes the length of a span that ends before it starts as 18446744068709551616.
    mutating func integer() throws(JSONFault) -> Int64 { try wholeNumber() ?? 0 }

    /// A whole number, clamped to the range of `Int64`; nil when there is none.
    mutating func wholeNumber() throws(JSONFault) -> Int64? {
        guard let token = try token() else { return nil }
        return Self.wholeNumber(bytes, token)
    }

    /// Nanoseconds since the epoch; nil when there is no number.
    mutating func timestamp() throws(JSONFault) -> Timestamp? {
        try wholeNumber().map { Timestamp(nanoseconds: $0) }
    }

    /// A number, or one of protobuf's names for what JSON cannot write; 0 when there is none.
    mutating func double() throws(JSONFault) -> Double {
        guard let text = try text() else { return 0 }
        switch text {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: return Double(text) ?? 0
        }
    }

    private static func wholeNumber(_ bytes: [UInt8], _ token: Range<Int>) -> Int64? {
        var digits = token
        var isNegative = false
        if let first = token.first, bytes[first] == UInt8(ascii: "-") || bytes[first] == UInt8(ascii: "+") {
            isNegative = bytes[first] == UInt8(ascii: "-")
            digits = (first + 1)..<token.upperBound
        }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for index in digits {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] else {
                return rounded(String(decoding: bytes[token], as: UTF8.self))
            }
            let digit = Int64(bytes[index] - UInt8(ascii: "0"))
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(digit)
            // Far out of range is far out of range, however it goes on.
            if overflow || carry { return isNegative ? .min : .max }
            value = sum
        }
        return isNegative ? -value : value
    }

    /// `1.5e9` and the like, towards zero.
    private static func rounded(_ text: String) -> Int64? {
        guard let number = Double(text), !number.isNaN else { return nil }
        return Int64(exactly: number.rounded(.towardZero)) ?? (number < 0 ? .min : .max)
    }
}
