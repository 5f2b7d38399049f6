/// A trace's id: 128 bits.
///
/// Written as 32 lower-case hexadecimal digits. Tempo's search and exemplars strip leading zeros, even to an odd length,
/// so reading pads them again; comparing the text of two ids would not do.
package struct TraceID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 1 to 32 hexadecimal digits of either case. nil for anything else, and for the all-zero id, which
    /// OpenTelemetry calls invalid.
    package init?(hex: some StringProtocol) {
        let digits = hex.utf8
        guard (1...32).contains(digits.count) else { return nil }
        guard let low = UInt64(hexDigits: digits.suffix(16)),
            let high = digits.count > 16 ? UInt64(hexDigits: digits.dropLast(16)) : 0, high != 0 || low != 0
        else { return nil }
        self.init(high: high, low: low)
    }

    /// Reads the 16 bytes of OTLP's protobuf form. nil for another length and for the all-zero id.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        let high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        let low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
        guard high != 0 || low != 0 else { return nil }
        self.init(high: high, low: low)
    }

    package var description: String { high.hexDigits + low.hexDigits }

    package static func < (left: TraceID, right: TraceID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// A span's id: 64 bits, unique within its trace; written as 16 lower-case hexadecimal digits.
package struct SpanID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: UInt64

    package init(_ value: UInt64) {
        self.value = value
    }

    /// Reads 1 to 16 hexadecimal digits of either case. nil for anything else, and for the all-zero id.
    package init?(hex: some StringProtocol) {
        guard (1...16).contains(hex.utf8.count), let value = UInt64(hexDigits: hex.utf8), value != 0 else { return nil }
        self.value = value
    }

    /// Reads the 8 bytes of OTLP's protobuf form. nil for another length and for the all-zero id.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        value = bytes.reduce(0) { $0 << 8 | UInt64($1) }
        if value == 0 { return nil }
    }

    package var description: String { value.hexDigits }

    package static func < (left: SpanID, right: SpanID) -> Bool { left.value < right.value }
}

extension UInt64 {
    fileprivate init?(hexDigits digits: some Collection<UInt8>) {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt64(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        self = value
    }

    fileprivate var hexDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
