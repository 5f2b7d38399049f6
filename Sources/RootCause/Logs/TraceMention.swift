import Telemetry

/// Finds the trace and the span that a line of text names: `TraceID: 75d8… SpanID: 1cbd…`, `trace_id=…`, `"spanId":"…"`.
///
/// Shippers often leave the ids inside the line, where Loki's metadata do not have them.
enum TraceMention {
    struct Found: Hashable, Sendable {
        var trace: TraceID?
        var span: SpanID?
    }

    /// Ids are looked for within this many bytes: they stand at the beginning, and a line may be a megabyte.
    private static let searchedBytes = 1024
    /// Between the name and the id come at most `_id": "` and the like.
    private static let longestGap = 8

    static func find(in line: String) -> Found {
        var found = Found()
        let bytes = Array(line.utf8.prefix(searchedBytes))
        let trace = Array("trace".utf8)
        let span = Array("span".utf8)
        guard bytes.count > 16 else { return found }
        for position in 0..<(bytes.count - 16) {
            if found.trace == nil, matches(trace, bytes, at: position) {
                let digits = digits(after: position + 5, in: bytes)
                if digits.count == 32 || digits.count == 16 { found.trace = TraceID(hex: text(digits)) }
            } else if found.span == nil, matches(span, bytes, at: position) {
                let digits = digits(after: position + 4, in: bytes)
                if digits.count == 16 { found.span = SpanID(hex: text(digits)) }
            }
            if found.trace != nil, found.span != nil { break }
        }
        return found
    }

    private static func matches(_ word: [UInt8], _ bytes: [UInt8], at position: Int) -> Bool {
        guard bytes[position] | 0x20 == word[0], position + word.count <= bytes.count else { return false }
        return word.indices.allSatisfy { bytes[position + $0] | 0x20 == word[$0] }
    }

    /// The hexadecimal digits that follow `id` and punctuation.
    private static func digits(after start: Int, in bytes: [UInt8]) -> ArraySlice<UInt8> {
        var position = start
        if position < bytes.count, bytes[position] == UInt8(ascii: "_") { position += 1 }
        guard position + 1 < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "i"),
            bytes[position + 1] | 0x20 == UInt8(ascii: "d")
        else { return [] }
        position += 2
        let gapEnd = min(position + longestGap, bytes.count)
        while position < gapEnd, !isHexadecimal(bytes[position]) { position += 1 }
        let end = bytes[position...].firstIndex { !isHexadecimal($0) } ?? bytes.endIndex
        return bytes[position..<end]
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String { String(decoding: digits, as: UTF8.self) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9"))
            || (UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "f"))
    }
}
