/// The trace id, and perhaps the span id, that a log line mentions in its text.
///
/// Found are 32 hexadecimal digits after a name such as `trace_id`, `traceId`, `TraceID`, `trace.id`, `trace` with
/// anything of `=`, `:`, quotes and spaces between (`TraceID: 75d8…`, `"traceId":"75d8…"`, `trace=75d8…`), and W3C's
/// `traceparent`; 16 digits after the same forms of `span`. Applied to millions of lines, so no regular expression.
struct TraceMention: Equatable {
    let traceID: Range<Int>
    let spanID: Range<Int>?

    /// - Parameter bytes: the line as it stands in its JSON string, escapes not undone: `\"` counts as a quote.
    init?(in bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        var (traceID, spanID): (Range<Int>?, Range<Int>?) = (nil, nil)
        while index < range.upperBound, traceID == nil || spanID == nil {
            switch bytes[index] | 0x20 {
            case UInt8(ascii: "t") where traceID == nil && bytes.hasWord("trace", at: index, before: range.upperBound):
                index += 5
                if bytes.hasWord("parent", at: index, before: range.upperBound) {
                    let version = bytes.afterSeparators(from: index + 6, before: range.upperBound)
                    // 00-75d85a88ba82669f0c64157d4d6899e6-1cbda78363fe1194-01
                    traceID = bytes.hexDigits(32, at: version + 3, before: range.upperBound)
                    if let traceID {
                        spanID = bytes.hexDigits(16, at: traceID.upperBound + 1, before: range.upperBound) ?? spanID
                    }
                } else {
                    let digits = bytes.afterName(from: index, before: range.upperBound)
                    traceID = bytes.hexDigits(32, at: digits, before: range.upperBound)
                }
            case UInt8(ascii: "s") where spanID == nil && bytes.hasWord("span", at: index, before: range.upperBound):
                let isParent = bytes.isAfterWord("parent", at: index, from: range.lowerBound)
                index += 4
                let digits = bytes.afterName(from: index, before: range.upperBound)
                if !isParent { spanID = bytes.hexDigits(16, at: digits, before: range.upperBound) }
            default: index += 1
            }
        }
        guard let traceID else { return nil }
        self.traceID = traceID
        self.spanID = spanID
    }

    /// The names under which a trace id is looked for in labels and metadata, by `LogEntry`.
    private static let names = ["trace_id", "traceid", "traceID", "TraceID", "traceId"]

    static func isNamed(in labels: [String: String]) -> Bool {
        !labels.isEmpty && names.contains { labels[$0]?.isEmpty == false }
    }
}

extension [UInt8] {
    /// Whether this lower-case word is here, in any case.
    fileprivate func hasWord(_ word: StaticString, at index: Int, before end: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        guard index + count <= end else { return false }
        return word.withUTF8Buffer { letters in
            for offset in 0..<count where unsafe self[index + offset] | 0x20 != letters[offset] { return false }
            return true
        }
    }

    /// Whether this word ends just before, with one of `_-.` between or not.
    fileprivate func isAfterWord(_ word: StaticString, at index: Int, from start: Int) -> Bool {
        let count = word.utf8CodeUnitCount
        return [index - count, index - count - 1].contains { $0 >= start && hasWord(word, at: $0, before: index) }
    }

    /// The place after `_id`, `Id`, `.id` or nothing, and then separators, of which there has to be one.
    fileprivate func afterName(from index: Int, before end: Int) -> Int {
        var next = index
        if next < end, [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(self[next]) { next += 1 }
        if hasWord("id", at: next, before: end) { next += 2 }
        let digits = afterSeparators(from: next, before: end)
        return digits > next ? digits : end
    }

    /// The place after quotes, spaces, `=`, `:` and the like; at most eight, as `\":\"` has five.
    fileprivate func afterSeparators(from index: Int, before end: Int) -> Int {
        var next = index
        while next < end, next < index + 8 {
            switch self[next] {
            case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"),
                UInt8(ascii: " "), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: ">"):
                next += 1
            default: return next
            }
        }
        return next
    }

    /// Exactly so many hexadecimal digits, no letter or digit after them, and not all of them zero.
    fileprivate func hexDigits(_ count: Int, at index: Int, before end: Int) -> Range<Int>? {
        guard index + count <= end else { return nil }
        var isZero = true
        for place in index..<(index + count) {
            guard let digit = self[place].hexDigit else { return nil }
            isZero = isZero && digit == 0
        }
        if isZero || index + count < end && self[index + count].isLetterOrDigit { return nil }
        return index..<(index + count)
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
