/// The shapes of words that are more than their parts: web addresses, and klog's severity with its date.
enum WordShape {
    /// Where the address ends that starts here, `https://example.org/a?b=c`; nil when none does.
    ///
    /// Punctuation at its end belongs to the sentence around it.
    static func addressEnd(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        let colon = UInt8(ascii: ":")
        let slash = UInt8(ascii: "/")
        var position = start
        while position < limit, isOfScheme(line[position]) { position += 1 }
        guard position > start, !ByteTraits.table[Int(line[start])].isDisjoint(with: .letter), position + 3 < limit,
            line[position] == colon, line[position + 1] == slash, line[position + 2] == slash
        else { return nil }
        let host = position + 3
        var end = host
        while end < limit, isOfAddress(line[end]) { end += 1 }
        while end > host, isPunctuation(line[end - 1]) { end -= 1 }
        return end > host ? end : nil
    }

    /// RFC 3986, 3.1: letters, digits, `+`, `-` and `.`.
    private static func isOfScheme(_ byte: UInt8) -> Bool {
        let traits = ByteTraits.table[Int(byte)]
        return !traits.isDisjoint(with: [.letter, .digit, .fullStop]) || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: "-")
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        let traits = ByteTraits.table[Int(byte)]
        if !traits.isDisjoint(with: [.blank, .quote]) { return false }
        return !traits.contains(.divider) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ",")
            || byte == UInt8(ascii: ";")
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";")
            || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    /// Whether klog's header starts here, `E0501 10:00:00.284720`: a letter for the severity, month and day, time.
    static func isSeverityHeader(_ line: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
        let shape: StaticString = "dddd dd:dd:dd"
        let count = shape.utf8CodeUnitCount
        guard start + 1 + count <= limit, "IWEF".utf8.contains(line[start]) else { return false }
        return shape.withUTF8Buffer { wanted in
            for offset in 0..<count {
                let byte = line[start + 1 + offset]
                let isMet =
                    unsafe wanted[offset] == UInt8(ascii: "d")
                    ? ByteTraits.table[Int(byte)].contains(.digit) : unsafe wanted[offset] == byte
                if !isMet { return false }
            }
            return true
        }
    }
}
