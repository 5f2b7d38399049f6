/// The place where a text stops being JSON, for a message that a person can act on.
///
/// The decoders say by key path what is wrong with a well-formed document; of a document that is cut off or mangled
/// they say little. This scanner runs only then. It keeps its own stack, so that depth cannot exhaust the program's.
struct JSONSyntaxFault: Hashable {
    /// From 1.
    let line: Int
    /// In its line, from 1.
    let byte: Int
    let reason: String

    /// nil for well-formed JSON (RFC 8259).
    init?(in bytes: some RandomAccessCollection<UInt8>) {
        var scanner = JSONSyntaxScanner(Array(bytes))
        guard let reason = scanner.scanDocument() else { return nil }
        let before = bytes.prefix(scanner.position)
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        byte = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        self.reason = reason
    }
}

private struct JSONSyntaxScanner {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What was expected at `position`, or nil when all is well.
    mutating func scanDocument() -> String? {
        /// The brackets that are open.
        var open: [UInt8] = []
        repeat {
            // A value, or the first element of a container.
            skipSpace()
            guard let byte = peek() else { return "the text ends where a value should be" }
            switch byte {
            case UInt8(ascii: "{"):
                position += 1
                skipSpace()
                if peek() == UInt8(ascii: "}") { position += 1; break }
                open.append(byte)
                if let fault = scanKey() { return fault }
                continue
            case UInt8(ascii: "["):
                position += 1
                skipSpace()
                if peek() == UInt8(ascii: "]") { position += 1; break }
                open.append(byte)
                continue
            case UInt8(ascii: "\""): if let fault = scanString() { return fault }
            case UInt8(ascii: "t"): if !skip("true") { return "expected a value" }
            case UInt8(ascii: "f"): if !skip("false") { return "expected a value" }
            case UInt8(ascii: "n"): if !skip("null") { return "expected a value" }
            default: if !scanNumber() { return "expected a value" }
            }
            // What follows a value: the ends of containers, then a comma or the end of the text.
            var isClosed = true
            while isClosed, let bracket = open.last {
                skipSpace()
                guard let byte = peek() else {
                    return "the text ends inside of \(bracket == UInt8(ascii: "{") ? "an object" : "an array")"
                }
                isClosed = byte == bracket + 2
                if isClosed {
                    open.removeLast()
                    position += 1
                } else if byte == UInt8(ascii: ",") {
                    position += 1
                    if bracket == UInt8(ascii: "{") {
                        skipSpace()
                        if let fault = scanKey() { return fault }
                    }
                } else {
                    return "expected , or \(bracket == UInt8(ascii: "{") ? "}" : "]")"
                }
            }
        } while !open.isEmpty
        skipSpace()
        return position == bytes.count ? nil : "more text after the end of the document"
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B && byte != 0x0C {
            position += 1
        }
    }

    private mutating func skip(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func scanKey() -> String? {
        guard peek() == UInt8(ascii: "\"") else { return "expected a key in quotes" }
        if let fault = scanString() { return fault }
        skipSpace()
        guard peek() == UInt8(ascii: ":") else { return "expected : after a key" }
        position += 1
        return nil
    }

    private mutating func scanString() -> String? {
        position += 1
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return nil
            case UInt8(ascii: "\\"): position = min(position + 2, bytes.count)
            case 0..<0x20: return "a control character in a string"
            default: position += 1
            }
        }
        return "the text ends inside of a string"
    }

    private mutating func scanNumber() -> Bool {
        if peek() == UInt8(ascii: "-") { position += 1 }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let first = peek(), digits.contains(first) else { return false }
        while let byte = peek(),
            digits.contains(byte) || [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte)
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        {
            position += 1
        }
        return true
    }
}
