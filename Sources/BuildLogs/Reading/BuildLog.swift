/// A build's log as its tools wrote it; lines are numbered from 1.
///
/// LF, CRLF and a lone CR (a progress display) each end a line. The log may hold anything: colours, NULs, invalid UTF-8,
/// lines of a megabyte. Beside the bytes only the start of about every sixteenth line is kept.
package struct BuildLog: Sendable {
    /// A line's number and the position of its first byte.
    private struct Milestone {
        let line: Int
        let position: Int
    }

    let bytes: [UInt8]
    private let milestones: [Milestone]
    package let lineCount: Int

    private static let linesBetweenMilestones = 16
    /// Bytes after which a line begins a new milestone: no way to a line is long.
    private static let bytesBetweenMilestones = 1 << 14

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        var milestones: [Milestone] = []
        var line = 0
        var position = 0
        while position < bytes.count {
            line += 1
            let isFar =
                milestones.last.map {
                    line - $0.line >= Self.linesBetweenMilestones
                        || position - $0.position >= Self.bytesBetweenMilestones
                } ?? true
            if isFar { milestones.append(Milestone(line: line, position: position)) }
            position = Self.skipEnd(at: Self.end(from: position, in: bytes), in: bytes)
        }
        self.milestones = milestones
        lineCount = line
    }

    /// Lines without their ends; a line end inside one is a line end nevertheless.
    package init(lines: [String]) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(contentsOf: line.utf8)
            bytes.append(LineByte.lineFeed)
        }
        self.init(bytes: bytes)
    }

    /// The bytes of line `number` without its end, of a long one the beginning; empty for a number that the log does not
    /// have.
    func range(ofLine number: Int) -> Range<Int> {
        guard number >= 1, number <= lineCount else { return 0..<0 }
        var low = 0
        var high = milestones.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if milestones[middle].line <= number { low = middle } else { high = middle - 1 }
        }
        var position = milestones[low].position
        for _ in milestones[low].line..<number {
            position = Self.skipEnd(at: Self.end(from: position, in: bytes), in: bytes)
        }
        return position..<Self.end(from: position, in: bytes, atMost: CleanLine.maximumBytes)
    }

    /// Whether any line is more than white space, colours and the build server's prefix.
    var hasText: Bool {
        var line = CleanLine()
        for number in 1...max(lineCount, 1) {
            line.read(bytes, range(ofLine: number))
            if !line.isEmpty { return true }
        }
        return false
    }

    /// Calls `body` with each line's number and the range of its bytes, in order.
    func forEachLine(_ body: (Int, Range<Int>) -> Void) {
        var position = 0
        var number = 1
        while position < bytes.count {
            let end = Self.end(from: position, in: bytes)
            body(number, position..<end)
            number += 1
            position = Self.skipEnd(at: end, in: bytes)
        }
    }

    private static func end(from position: Int, in bytes: [UInt8], atMost limit: Int = .max) -> Int {
        let stop = limit < bytes.count - position ? position + limit : bytes.count
        var end = position
        while end < stop {
            // Both ends are below 14, most of a log is not: one comparison decides.
            if bytes[end] < 14, bytes[end] == LineByte.lineFeed || bytes[end] == LineByte.carriageReturn { return end }
            end += 1
        }
        return stop
    }

    private static func skipEnd(at end: Int, in bytes: [UInt8]) -> Int {
        guard end < bytes.count else { return end }
        let isPair =
            bytes[end] == LineByte.carriageReturn && end + 1 < bytes.count && bytes[end + 1] == LineByte.lineFeed
        return end + (isPair ? 2 : 1)
    }
}
