/// The place in the code that wrote a log line, where the line tells it: `OrderService#142`, `order.go:88`,
/// `app/views.py:31`.
///
/// Two statements of one function may write lines of the same shape; their numbers are constants of the code and no
/// variables of the request.
enum SourceLocation {
    /// Loggers put it in front of the message.
    private static let examinedBytes = 200
    /// Line numbers have no more digits.
    private static let mostDigits = 5
    /// The endings of file names that are written with a line number behind them.
    private static let endings: [[UInt8]] = [
        "java", "kt", "scala", "groovy", "go", "py", "rb", "js", "ts", "cs", "cpp", "cc", "c", "h", "rs", "php",
        "swift",
    ].map { Array(".\($0)".utf8) }

    /// The location with its number, as it stands in the line; nil when the line tells none.
    static func text(in line: String) -> String? {
        let bytes = Array(line.utf8.prefix(examinedBytes))
        return range(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    private static func range(in bytes: [UInt8]) -> Range<Int>? {
        var wordStart = 0
        for position in bytes.indices {
            let byte = bytes[position]
            if byte <= UInt8(ascii: " ") {
                wordStart = position + 1
            } else if byte == UInt8(ascii: "#") && isName(bytes[wordStart..<position])
                || byte == UInt8(ascii: ":") && isFile(bytes[wordStart..<position])
            {
                let digits = bytes[(position + 1)...].prefix(while: isDigit)
                let isClosed = digits.endIndex == bytes.endIndex || !isNamePart(bytes[digits.endIndex])
                if !digits.isEmpty, digits.count <= mostDigits, isClosed {
                    return wordStart..<digits.endIndex
                }
            }
        }
        return nil
    }

    private static func isName(_ word: ArraySlice<UInt8>) -> Bool {
        guard let last = word.last, !isDigit(last) else { return false }
        return word.allSatisfy(isNamePart)
    }

    private static func isFile(_ word: ArraySlice<UInt8>) -> Bool {
        endings.contains { word.count > $0.count && word.suffix($0.count).elementsEqual($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9") }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "z")) || isDigit(byte)
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "[")
    }
}
