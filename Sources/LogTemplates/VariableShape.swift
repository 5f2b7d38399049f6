/// The shapes by which a word is known to be a variable, whatever the log.
struct VariableShape: Sendable {
    /// Hexadecimal letters alone, without a digit, are a word (`facade`, `added`) unless there are this many: half of an
    /// MD5 hash.
    private static let longHexadecimal = 16

    /// Last labels of host names; the generic ones of the DNS's first years, and those that networks use inside.
    private static let hostEndings = Set(
        ["com", "net", "org", "edu", "gov", "mil", "int", "io", "local", "localdomain", "internal", "lan", "svc"].map(
            pack))
    /// Host names that end in a country have at least three labels: `dsl.example.es`; `main.py` is no host.
    private static let labelsBeforeCountry = 2

    /// Endings of source files, of two or three letters.
    private static let sourceEndings = Set(
        [
            "go", "py", "rb", "rs", "js", "ts", "cc", "cpp", "cxx", "hpp", "hh", "php", "cs", "sh", "pl", "kt", "jsx",
            "tsx",
            "lua", "sql", "xml", "yml", "mm", "vue", "tex",
        ].map(pack))

    private static let units = Set(
        [
            "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "ns", "us", "ms", "s", "sec", "secs", "min",
            "mins", "am", "pm",
            "hr", "hrs", "hz", "khz", "mhz", "ghz",
        ].map(pack))
    private static let calendar = Set(
        [
            "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
            "saturday", "sunday", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
            "december",
        ].map(pack))
    private static let constants = Set(["true", "false", "null", "nil", "none", "nan", "undefined"].map(pack))

    /// The longest of the words above; longer ones are none of them.
    private static let longestWord = 11

    /// A number, id, path, long hexadecimal word or host name.
    ///
    /// - Parameter traits: all that the bytes of `range` are.
    static func isVariable(_ line: Span<UInt8>, _ range: Range<Int>, traits: ByteTraits) -> Bool {
        if traits.contains(.digit) { return true }
        if traits.contains(.slash), isPath(line, range) { return true }
        if traits.contains(.fullStop), isHostName(line, range) { return true }
        guard range.count >= longHexadecimal else { return false }
        for position in range where !ByteTraits.table[Int(line[position])].contains(.hexadecimalLetter) { return false }
        return true
    }

    /// `/etc`, `~/x`, `./x`, `../x`, `a/b/c`; `I/O` and `read/write` are words.
    private static func isPath(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count > 1 else { return false }
        let first = line[range.lowerBound]
        if first == UInt8(ascii: "/") || first == UInt8(ascii: "~") || first == UInt8(ascii: ".") { return true }
        var slashes = 0
        for position in range where ByteTraits.table[Int(line[position])].contains(.slash) { slashes += 1 }
        return slashes > 1
    }

    /// `www.example.org`, `db.prod.svc`, `dsl.example.es`; `java.io.IOException` and `main.py` are none.
    private static func isHostName(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var labels = 1
        var label = range.lowerBound
        for position in range {
            let byte = line[position]
            if byte == UInt8(ascii: ".") {
                guard position > label else { return false }
                labels += 1
                label = position + 1
            } else if ByteTraits.table[Int(byte)].isDisjoint(with: .letter), byte != UInt8(ascii: "-"),
                byte != UInt8(ascii: "_")
            {
                return false
            }
        }
        let length = range.upperBound - label
        if length == 2 { return labels > labelsBeforeCountry }
        return labels > 1 && length <= longestWord && hostEndings.contains(pack(line, label..<range.upperBound))
    }

    /// Whether a dotted name ends in two or three letters that are not those of a program's source file.
    static func endsAsHosts(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var label = range.upperBound
        while label > range.lowerBound, bytes[label - 1] != UInt8(ascii: ".") { label -= 1 }
        let length = range.upperBound - label
        return (length == 2 || length == 3) && !sourceEndings.contains(pack(bytes, label..<range.upperBound))
    }

    /// A unit of time, size or frequency, or the half of a day: `ms`, `KB`, `PM`.
    static func isUnit(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isOne(of: units, bytes, range)
    }

    /// A day's or a month's name: `Mon`, `July`.
    static func isCalendarWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isOne(of: calendar, bytes, range)
    }

    /// What stands for a value in many languages: `true`, `null`.
    static func isConstant(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        isOne(of: constants, bytes, range)
    }

    private static func isOne(of words: Set<UInt64>, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        !range.isEmpty && range.count <= longestWord && words.contains(pack(bytes, range))
    }

    /// A number for a short word, small and capital letters alike: five bits a letter, none of them zero.
    private static func pack(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var packed: UInt64 = 0
        for position in range {
            let byte = bytes[position]
            guard byte < 0x80, !ByteTraits.table[Int(byte)].isDisjoint(with: .letter) else { return 0 }
            packed = packed << 5 | UInt64(byte & 0x1f)
        }
        return packed
    }

    private static func pack(_ word: String) -> UInt64 {
        let bytes = Array(word.utf8)
        return pack(bytes.span, 0..<bytes.count)
    }
}
