/// Finds the variables that only neighbouring words show: dates, quantities with their unit, remarks, runs.
struct WordArranger: Sendable {
    private(set) var words = WordBuffer()

    mutating func arrange(_ source: WordBuffer) {
        words.removeAll()
        let bytes = source.bytes.span
        var start = 0
        for (number, end) in source.ends.enumerated() {
            let range = start..<end
            start = end
            if isDate(source, number, range) {
                append([MaskedLine.mark].span, 0..<1)
            } else if words.bytes.last == MaskedLine.mark, let tail = unitTail(bytes, range) {
                closeQuantity()
                extend(bytes, tail)
                dropRemark()
            } else if !words.ends.isEmpty, let tail = Self.remarkTail(bytes, range) {
                extend(bytes, tail)
            } else {
                append(bytes, range)
            }
        }
    }

    /// A day's or month's name beside a number, or beside another one: `Sat Jul  9 12:16:49 2005`.
    private func isDate(_ source: WordBuffer, _ number: Int, _ range: Range<Int>) -> Bool {
        let bytes = source.bytes.span
        guard VariableShape.isCalendarWord(bytes, withoutComma(bytes, range)) else { return false }
        if words.bytes.last == MaskedLine.mark { return true }
        guard number + 1 < source.ends.count else { return false }
        let next = source.range(of: number + 1)
        return bytes[next.lowerBound] == MaskedLine.mark
            || VariableShape.isCalendarWord(bytes, withoutComma(bytes, next))
    }

    private func withoutComma(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        bytes[range.upperBound - 1] == UInt8(ascii: ",") ? range.lowerBound..<(range.upperBound - 1) : range
    }

    /// The punctuation behind a unit that belongs to the number before: `1.36 KB)`, `5 MB/s`; nil when it is none.
    private func unitTail(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        for position in words.start(of: words.ends.count - 1)..<(words.bytes.count - 1) {
            let byte = words.bytes[position]
            guard byte == UInt8(ascii: "(") || Self.isComparison(byte) else { return nil }
        }
        var end = range.lowerBound
        while end < range.upperBound, !ByteTraits.table[Int(bytes[end])].isDisjoint(with: .letter) { end += 1 }
        guard VariableShape.isUnit(bytes, range.lowerBound..<end) else { return nil }
        if end < range.upperBound, bytes[end] == UInt8(ascii: "/") {
            let divisor = end + 1
            end = divisor
            while end < range.upperBound, !ByteTraits.table[Int(bytes[end])].isDisjoint(with: .letter) { end += 1 }
            guard VariableShape.isUnit(bytes, divisor..<end) else { return nil }
        }
        for position in end..<range.upperBound where !Self.isClosing(bytes[position]) { return nil }
        return end..<range.upperBound
    }

    /// `<1 sec` and `~3 min` are quantities like `1 sec`.
    private mutating func closeQuantity() {
        let start = words.start(of: words.ends.count - 1)
        words.bytes.removeLast()
        while words.bytes.count > start, Self.isComparison(words.bytes[words.bytes.count - 1]) {
            words.bytes.removeLast()
        }
        words.bytes.append(MaskedLine.mark)
        words.ends[words.ends.count - 1] = words.bytes.count
    }

    private static func isComparison(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "~")
    }

    private static func isClosing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
            || byte == UInt8(ascii: ".")
    }

    /// The punctuation behind a remark that says no word, `(1.36 KB),` or `()`; nil when it is none.
    ///
    /// Such a remark repeats or explains the value before it, and programs leave it out when there is nothing to say.
    private static func remarkTail(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard bytes[range.lowerBound] == UInt8(ascii: "(") else { return nil }
        var close: Int?
        for position in range {
            let byte = bytes[position]
            if !ByteTraits.table[Int(byte)].isDisjoint(with: .letter) { return nil }
            if byte == UInt8(ascii: ")") { close = position + 1 }
        }
        guard let close else { return nil }
        for position in close..<range.upperBound where !isClosing(bytes[position]) {
            guard bytes[position] == UInt8(ascii: ":") else { return nil }
        }
        return close..<range.upperBound
    }

    /// Drops the last word if it has become such a remark, but not the punctuation behind it.
    private mutating func dropRemark() {
        guard words.ends.count > 1 else { return }
        let range = words.range(of: words.ends.count - 1)
        guard let tail = Self.remarkTail(words.bytes.span, range) else { return }
        words.bytes.removeSubrange(range.lowerBound..<tail.lowerBound)
        words.ends.removeLast()
        words.ends[words.ends.count - 1] = words.bytes.count
    }

    /// Adds to the last word.
    private mutating func extend(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        for position in range { words.bytes.append(bytes[position]) }
        words.ends[words.ends.count - 1] = words.bytes.count
    }

    /// Adds a word, or what it adds to a run or list of variables that the last word ends in.
    private mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        if bytes[range.lowerBound] == MaskedLine.mark, let last = words.bytes.last {
            if last == MaskedLine.mark {
                return extend(bytes, (range.lowerBound + 1)..<range.upperBound)
            }
            let count = words.bytes.count
            if last == UInt8(ascii: ","), count > 1, words.bytes[count - 2] == MaskedLine.mark {
                words.bytes.removeLast()
                return extend(bytes, (range.lowerBound + 1)..<range.upperBound)
            }
        }
        for position in range { words.bytes.append(bytes[position]) }
        words.ends.append(words.bytes.count)
    }
}
