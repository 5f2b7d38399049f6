/// A line as a person sees it: without colours, cursor movements, and the time and job that the build server put first.
struct CleanLine {
    /// Bytes of a line that are looked at and shown; nobody reads further.
    static let maximumBytes = 4096

    private(set) var bytes: [UInt8] = []
    /// Columns of white space in front.
    private(set) var indent = 0
    /// Whether some of it is written in red: tools colour what went wrong.
    private(set) var isRed = false
    /// Whether some of it is written in green.
    private(set) var isGreen = false

    /// Whether it stands for a line end only, see `LinePrefix.isWorkerNewline`.
    private(set) var isWorkerNewline = false

    var isEmpty: Bool { bytes.count == indent }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    init() {}

    init(_ text: String) {
        let bytes = Array(text.utf8)
        read(bytes, bytes.startIndex..<bytes.endIndex)
    }

    /// Replaces the line by the one in `range` of a log; the buffers are kept.
    mutating func read(_ log: [UInt8], _ range: Range<Int>) {
        bytes.removeAll(keepingCapacity: true)
        isRed = false
        isGreen = false
        let range = range.prefix(Self.maximumBytes)
        var plainStart = range.lowerBound
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = log[position]
            // A tab is kept; other control characters and colours are not seen.
            guard (byte < LineByte.space && byte != LineByte.tab) || byte == LineByte.delete else {
                position += 1
                continue
            }
            bytes.append(contentsOf: log[plainStart..<position])
            position = byte == LineByte.escape ? skipEscape(log, position, range.upperBound) : position + 1
            plainStart = position
        }
        bytes.append(contentsOf: log[plainStart..<range.upperBound])
        while let last = bytes.last, last.isBlank { bytes.removeLast() }
        let prefix = LinePrefix.length(in: bytes)
        isWorkerNewline = prefix == bytes.count && prefix > 0 && LinePrefix.isWorkerNewline(bytes)
        if prefix > 0 { bytes.removeFirst(prefix) }
        indent = bytes.firstIndex { !$0.isBlank } ?? bytes.count
    }

    /// Whether the text, white space in front aside, begins with `prefix`.
    func starts(with prefix: String) -> Bool { holds(prefix, at: indent) }

    func holds(_ text: String, at position: Int) -> Bool {
        var text = text
        return text.withUTF8 { wanted in
            guard position + wanted.count <= bytes.count else { return false }
            for offset in 0..<wanted.count where unsafe bytes[position + offset] != wanted[offset] { return false }
            return true
        }
    }

    func contains(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        var position = 0
        while position < bytes.count {
            if bytes[position] == first, holds(text, at: position) { return true }
            position += 1
        }
        return false
    }

    /// Behind an escape sequence (ECMA-48: `ESC [ … letter`, `ESC ] … BEL` or `… ESC \`, `ESC letter`), its colour noted.
    private mutating func skipEscape(_ log: [UInt8], _ start: Int, _ end: Int) -> Int {
        var position = start + 1
        guard position < end else { return end }
        if log[position] == UInt8(ascii: "[") {
            position += 1
            var numbers: [Int] = [0]
            while position < end, log[position] < 0x40 {
                if log[position].isDigit {
                    let digit = Int(log[position] - UInt8(ascii: "0"))
                    numbers[numbers.count - 1] = min(numbers[numbers.count - 1] * 10 + digit, 999)
                } else if numbers.count < 8 {
                    numbers.append(0)
                }
                position += 1
            }
            if position < end, log[position] == UInt8(ascii: "m") { note(colours: numbers) }
            return min(position + 1, end)
        }
        // `ESC ( B` chooses a character set.
        if log[position] == UInt8(ascii: "(") || log[position] == UInt8(ascii: ")") { return min(position + 2, end) }
        if log[position] == UInt8(ascii: "]") {
            let bell: UInt8 = 7
            while position < end, log[position] != bell {
                if log[position] == LineByte.escape, position + 1 < end, log[position + 1] == UInt8(ascii: "\\") {
                    return position + 2
                }
                position += 1
            }
            return min(position + 1, end)
        }
        return position + 1
    }

    /// 31 and 91 are red, 41 on red, 32 and 92 green (ECMA-48 and its bright variants); so are 1, 9, 2 and 10 of the
    /// palette that `38;5;` chooses from.
    private mutating func note(colours: [Int]) {
        if colours.starts(with: [38, 5]), colours.count > 2 {
            if colours[2] == 1 || colours[2] == 9 { isRed = true }
            if colours[2] == 2 || colours[2] == 10 { isGreen = true }
            return
        }
        for colour in colours {
            if colour == 31 || colour == 91 || colour == 41 { isRed = true }
            if colour == 32 || colour == 92 { isGreen = true }
        }
    }
}
