/// Replaces the variables that a single word shows by its shape.
///
/// Variables are whatever holds a digit (numbers, addresses, ids, durations, versions, dates), paths and URLs, long
/// hexadecimal words, host names, quoted words, lists in square brackets, and `true`, `null` and their like where a value
/// stands. Runs of variables that only punctuation divides are one.
struct WordMasker: Sendable {
    private(set) var words = WordBuffer()

    /// What is longer in quotes is no name.
    private static let longestQuotation = 256
    /// Lists that are longer are prose in brackets.
    private static let longestList = 1024

    mutating func mask(_ line: Span<UInt8>) {
        let end = min(line.count, MaskedLine.maximumBytes)
        if TerminalSequence.isIn(line.extracting(0..<end)) {
            let plain = TerminalSequence.removed(from: line.extracting(0..<end))
            return mask(plain: plain.span, plain.count)
        }
        mask(plain: line, end)
    }

    private mutating func mask(plain line: Span<UInt8>, _ end: Int) {
        words.removeAll()
        var position = 0
        // In JSON everything is in quotes: there, quotes say nothing.
        let masksQuotes = line.isEmpty || line[0] != UInt8(ascii: "{")
        while position < end, words.ends.count < MaskedLine.maximumWords {
            if ByteTraits.table[Int(line[position])].contains(.blank) {
                position += 1
            } else {
                position = readWord(line, position, end, masksQuotes)
                words.ends.append(words.bytes.count)
            }
        }
    }

    /// - Returns: where the word ends; quotations and lists take the blanks inside them along.
    private mutating func readWord(_ line: Span<UInt8>, _ start: Int, _ end: Int, _ masksQuotes: Bool) -> Int {
        let first = words.bytes.count
        var position = start
        if WordShape.isSeverityHeader(line, start, end) {
            words.bytes.append(line[start])
            position += 1
        }
        while position < end {
            let byte = line[position]
            let traits = ByteTraits.table[Int(byte)]
            if traits.contains(.blank) { break }
            guard traits.contains(.divider) else {
                position = readSegment(line, position, end, word: first)
                continue
            }
            if masksQuotes, traits.contains(.quote), !isMessageStart(word: first),
                let close = quotationEnd(line, position, end)
            {
                appendMark(word: first)
                position = close
            } else if byte == UInt8(ascii: "["), let close = listEnd(line, position, end) {
                words.bytes.append(byte)
                appendMark(word: first)
                words.bytes.append(UInt8(ascii: "]"))
                position = close
            } else {
                words.bytes.append(byte)
                position += 1
            }
        }
        return position
    }

    /// Reads what no bracket, comma, quote or equals sign divides.
    private mutating func readSegment(_ line: Span<UInt8>, _ start: Int, _ limit: Int, word first: Int) -> Int {
        var end = start
        var any: ByteTraits = []
        var isAddress = true
        while end < limit {
            let traits = ByteTraits.table[Int(line[end])]
            if !traits.isDisjoint(with: [.blank, .divider]) { break }
            any.formUnion(traits)
            if traits.isDisjoint(with: [.digit, .hexadecimalLetter, .digitDivider]) { isAddress = false }
            end += 1
        }
        if any.contains(.slash), let end = WordShape.addressEnd(line, start, limit) {
            appendMark(word: first)
            return end
        }
        if isAddress, any.contains(.digit), !hasLeader(line, start..<end) {
            // Numbers, times, and addresses whose groups need not all hold a digit: `ff:f2:9f:de`.
            let address = withoutColons(line, start..<end)
            if address.lowerBound > start { words.bytes.append(UInt8(ascii: ":")) }
            appendMark(word: first, isPort: isNumber(line, address))
            if address.upperBound < end { words.bytes.append(UInt8(ascii: ":")) }
            return end
        }
        var position = start
        while position < end {
            if ByteTraits.table[Int(line[position])].contains(.part) {
                position = readPart(line, position, end, word: first)
            } else {
                words.bytes.append(line[position])
                position += 1
            }
        }
        return end
    }

    /// Reads a name, number, path or address.
    private mutating func readPart(_ line: Span<UInt8>, _ start: Int, _ limit: Int, word first: Int) -> Int {
        if let end = leaderEnd(line, start, limit) {
            for position in start..<end { words.bytes.append(line[position]) }
            return end
        }
        var end = start
        var any: ByteTraits = []
        while end < limit {
            let traits = ByteTraits.table[Int(line[end])]
            if !traits.contains(.part) { break }
            if traits.contains(.fullStop), end > start, leaderEnd(line, end, limit) != nil { break }
            any.formUnion(traits)
            end += 1
        }
        if VariableShape.isVariable(line, start..<end, traits: any) {
            appendMark(word: first, isPort: isNumber(line, start..<end))
        } else if isValue, VariableShape.isConstant(line, start..<end) {
            appendMark(word: first)
        } else {
            for position in start..<end { words.bytes.append(line[position]) }
        }
        return end
    }

    /// Whether what comes next is a value: `ready=true`, `owner: null`.
    private var isValue: Bool {
        words.bytes.last == UInt8(ascii: "=") || words.bytes.last == UInt8(ascii: ":")
    }

    /// Adds a mark to the word that began at `first`, joined to one that only punctuation divides from it, and to a host
    /// name before it when it is a port.
    private mutating func appendMark(word first: Int, isPort: Bool = false) {
        let count = words.bytes.count
        guard count > first else { return words.bytes.append(MaskedLine.mark) }
        let last = words.bytes[count - 1]
        if last == MaskedLine.mark { return }
        if count > first + 1, words.bytes[count - 2] == MaskedLine.mark, Self.joins(last) {
            words.bytes.removeLast()
            return
        }
        if isPort, last == UInt8(ascii: ":"), let host = hostStart(word: first) {
            words.bytes.removeSubrange(host...)
            return appendMark(word: first)
        }
        words.bytes.append(MaskedLine.mark)
    }

    private static func joins(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "@")
    }

    /// Where the host name begins that stands before a colon at the end: `proxy.example.museum:8080`, `example.es:443`.
    ///
    /// With one dot it may also be a place in a file or a setting: `main.go:7`, `dfs.replication:3`.
    private func hostStart(word first: Int) -> Int? {
        let fewestDots = 2
        var start = words.bytes.count - 1
        var dots = 0
        while start > first {
            let traits = ByteTraits.table[Int(words.bytes[start - 1])]
            if !traits.contains(.part) || traits.contains(.slash) { break }
            if traits.contains(.fullStop) { dots += 1 }
            start -= 1
        }
        let beginsWithLetter = !ByteTraits.table[Int(words.bytes[start])].isDisjoint(with: .letter)
        guard dots > 0, beginsWithLetter else { return nil }
        return dots >= fewestDots || VariableShape.endsAsHosts(words.bytes.span, start..<(words.bytes.count - 1))
            ? start : nil
    }

    private func isNumber(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for position in range where !ByteTraits.table[Int(line[position])].contains(.digit) { return false }
        return true
    }
}

extension WordMasker {
    /// Without the colon that divides an address from what stands before or behind it; `::1` begins with two.
    private func withoutColons(_ line: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        let colon = UInt8(ascii: ":")
        var address = range
        if line[range.lowerBound] == colon, line[range.lowerBound + 1] != colon {
            address = (range.lowerBound + 1)..<range.upperBound
        }
        if address.count > 1, line[address.upperBound - 1] == colon, line[address.upperBound - 2] != colon {
            address = address.lowerBound..<(address.upperBound - 1)
        }
        return address
    }

    /// Where dots end that lead the eye to a value, `prefetch depth......0`; nil when none begin here.
    private func leaderEnd(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let fewestDots = 2
        var end = start
        while end < limit, line[end] == UInt8(ascii: ".") { end += 1 }
        guard end - start >= fewestDots else { return nil }
        // `../x` is a path.
        return end < limit && ByteTraits.table[Int(line[end])].contains(.slash) ? nil : end
    }

    private func hasLeader(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for position in range.dropFirst() where line[position] == UInt8(ascii: ".") {
            if line[position - 1] == UInt8(ascii: ".") { return true }
        }
        return false
    }

    /// Where a quoted word that starts here ends, just behind its closing quote; nil when none starts here.
    ///
    /// One word in quotes is a name; several are a phrase and say what happened: `"GET /cart HTTP/1.1"`.
    private func quotationEnd(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let quote = line[start]
        // `msg="…"` is the message itself, and `can't` is no quotation.
        if start > 0, continuesWord(line[start - 1]) || line[start - 1] == UInt8(ascii: "=") { return nil }
        var end = start + 1
        while end < min(limit, start + Self.longestQuotation), line[end] != quote {
            if ByteTraits.table[Int(line[end])].contains(.blank) { return nil }
            end += 1
        }
        guard end < limit, line[end] == quote else { return nil }
        return end + 1 < limit && continuesWord(line[end + 1]) ? nil : end + 1
    }

    /// Whether nothing was said yet, or only what loggers put before a message: `main.go:7] "Started" node="a"`.
    private func isMessageStart(word first: Int) -> Bool {
        first == words.bytes.count && (first == 0 || words.bytes[first - 1] == UInt8(ascii: "]"))
    }

    private func continuesWord(_ byte: UInt8) -> Bool { ByteTraits.table[Int(byte)].contains(.part) }

    /// Where a list of words in square brackets ends, `[main, web, worker]`; nil when none starts here.
    private func listEnd(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        var position = start + 1
        var commas = 0
        var length = 0
        while position < min(limit, start + Self.longestList) {
            let byte = line[position]
            let traits = ByteTraits.table[Int(byte)]
            if byte == UInt8(ascii: "]") { return commas > 0 && length > 0 ? position + 1 : nil }
            if byte == UInt8(ascii: ",") {
                guard length > 0 else { return nil }
                commas += 1
                length = 0
                if position + 1 < limit, line[position + 1] == UInt8(ascii: " ") { position += 1 }
            } else if traits.isDisjoint(with: [.blank, .divider]) {
                length += 1
            } else {
                return nil
            }
            position += 1
        }
        return nil
    }
}
