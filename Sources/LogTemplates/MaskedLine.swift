/// A line cut into words at white space, with what is recognisably a variable replaced by one mark.
///
/// Variables are told by their shape: whatever holds a digit (numbers, addresses, ids, durations, versions, dates),
/// paths and URLs, long hexadecimal words, and quoted text. Runs of variables that only punctuation divides are one,
/// and a list of variables is one, so that `[7, 12, 9]` and `[3]` are alike.
///
/// The buffers are kept from line to line: a miner reads hundreds of thousands of them.
struct MaskedLine {
    /// Stands for a variable inside `bytes`; shown as `<*>`. Control characters of the line itself become spaces.
    static let mark: UInt8 = 0

    struct Word {
        let range: Range<Int>
        let hash: UInt64
        let isVariable: Bool
    }

    /// Bytes of a line that are looked at; what comes after is as good as never what tells lines apart.
    static let maximumBytes = 4096
    /// Words of a line that are looked at.
    static let maximumWords = 128

    private(set) var words: [Word] = []
    private var source: [UInt8] = []
    private var bytes: [UInt8] = []

    /// The hash of all words: two lines with the same one have the same template.
    var hash: UInt64 {
        var hash = StableHash()
        for word in words { hash.combine(word.hash) }
        return hash.value
    }

    func text(of word: Word) -> String {
        var text: [UInt8] = []
        for byte in bytes[word.range] {
            if byte == Self.mark { text.append(contentsOf: Template.variable.utf8) } else { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func read(_ line: String) {
        source.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        source.append(contentsOf: line.utf8.prefix(Self.maximumBytes))
        // In JSON everything is in quotes: there, quotes say nothing.
        let masksQuotes = source.first != UInt8(ascii: "{")
        var position = 0
        while position < source.count, words.count < Self.maximumWords {
            if source[position].isBlank {
                position += 1
            } else {
                position = readWord(from: position, masksQuotes: masksQuotes)
            }
        }
    }

    private mutating func readWord(from start: Int, masksQuotes: Bool) -> Int {
        let first = bytes.count
        var position = start
        while position < source.count, !source[position].isBlank {
            let byte = source[position]
            if masksQuotes, let end = quoteEnd(from: position) {
                appendMark(from: first)
                position = end
            } else if byte.isPart {
                let end = source[position...].firstIndex { !$0.isPart } ?? source.endIndex
                if isVariable(position..<end) {
                    appendMark(from: first)
                } else {
                    bytes.append(contentsOf: source[position..<end])
                }
                position = end
            } else {
                bytes.append(byte)
                position += 1
            }
        }
        finishWord(from: first)
        return position
    }

    /// Closes the word, or adds it to a list of variables that it continues.
    private mutating func finishWord(from first: Int) {
        var hash = StableHash()
        var isVariable = false
        for byte in bytes[first...] {
            hash.combine(byte)
            if byte == Self.mark { isVariable = true }
        }
        if let last = words.last, isContinued(last, from: first) {
            // `[<*>,` and `<*>]` are one list: `[<*>]`.
            words.removeLast()
            bytes.removeSubrange((first - 1)...first)
            finishWord(from: last.range.lowerBound)
        } else {
            words.append(Word(range: first..<bytes.count, hash: hash.value, isVariable: isVariable))
        }
    }

    /// Whether the word before ends in a variable and a comma, and this one begins with a variable.
    private func isContinued(_ last: Word, from first: Int) -> Bool {
        last.range.count > 1 && bytes[first - 1] == UInt8(ascii: ",") && bytes[first - 2] == Self.mark
            && first < bytes.count && bytes[first] == Self.mark
    }

    /// Adds a mark to the word that began at `first`, joined to one that only punctuation divides from it.
    private mutating func appendMark(from first: Int) {
        let joiners: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "@")]
        if bytes.count > first, bytes[bytes.count - 1] == Self.mark { return }
        if bytes.count >= first + 2, bytes[bytes.count - 2] == Self.mark, joiners.contains(bytes[bytes.count - 1]) {
            bytes.removeLast()
            return
        }
        bytes.append(Self.mark)
    }

    /// Where quoted text that starts here ends, just behind its closing quote; nil when none starts here.
    private func quoteEnd(from position: Int) -> Int? {
        let longest = 256
        let quote = source[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        // `msg="…"` is the message itself, and `can't` is no quotation.
        if position > 0, source[position - 1] == UInt8(ascii: "=") || source[position - 1].isPart { return nil }
        let rest = source[(position + 1)...].prefix(longest)
        guard let end = rest.firstIndex(of: quote) else { return nil }
        if end + 1 < source.count, source[end + 1].isPart { return nil }
        return end + 1
    }

    private func isVariable(_ range: Range<Int>) -> Bool {
        let longHexadecimal = 16
        var slashes = 0
        var isHexadecimal = true
        for byte in source[range] {
            if byte.isDigit { return true }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") { slashes += 1 }
            if !byte.isHexadecimalLetter { isHexadecimal = false }
        }
        let isPath = slashes > 1 || (slashes == 1 && source[range.lowerBound] == UInt8(ascii: "/") && range.count > 1)
        return isPath || (isHexadecimal && range.count >= longHexadecimal)
    }
}

extension Template {
    /// What stands for a variable in a template's text.
    package static let variable = "<*>"
}

extension UInt8 {
    /// White space and control characters.
    fileprivate var isBlank: Bool { self <= UInt8(ascii: " ") }

    fileprivate var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

    fileprivate var isHexadecimalLetter: Bool {
        let lower = self | 0x20
        return UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "f")
    }

    /// Whether it continues a name, number, path or address; what is not ASCII does.
    fileprivate var isPart: Bool {
        let lower = self | 0x20
        if UInt8(ascii: "a") <= lower && lower <= UInt8(ascii: "z") || isDigit || self >= 0x80 { return true }
        switch self {
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "\\"),
            UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "$"), UInt8(ascii: "~"):
            return true
        default: return false
        }
    }
}
