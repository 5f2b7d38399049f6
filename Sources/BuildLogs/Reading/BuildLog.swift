/// A build's log as its tools wrote it; lines are numbered from 1.
///
/// LF, CRLF and a lone CR (a progress display) each end a line. The log may hold anything: colours, NULs, invalid UTF-8,
/// lines of a megabyte. Beside the bytes only every sixteenth line's start is kept.
package struct BuildLog: Sendable {
    let bytes: [UInt8]
    /// Where lines 1, 1 + stride, 1 + 2 * stride… start.
    private let starts: [Int]
    package let lineCount: Int

    private static let stride = 16

    package init(bytes: [UInt8]) {
        self.bytes = bytes
        var starts: [Int] = []
        var count = 0
        var position = 0
        while position < bytes.count {
            if count % Self.stride == 0 { starts.append(position) }
            count += 1
            position = Self.nextStart(after: position, in: bytes)
        }
        self.starts = starts
        lineCount = count
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

    /// The bytes of line `number` without its end; empty for a number that the log does not have.
    func range(ofLine number: Int) -> Range<Int> {
        guard number >= 1, number <= lineCount else { return 0..<0 }
        var position = starts[(number - 1) / Self.stride]
        for _ in 0..<((number - 1) % Self.stride) { position = Self.nextStart(after: position, in: bytes) }
        return position..<Self.end(from: position, in: bytes)
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

    private static func nextStart(after position: Int, in bytes: [UInt8]) -> Int {
        skipEnd(at: end(from: position, in: bytes), in: bytes)
    }

    private static func end(from position: Int, in bytes: [UInt8]) -> Int {
        var end = position
        while end < bytes.count {
            // Both ends are below 14, most of a log is not: one comparison decides.
            if bytes[end] < 14, bytes[end] == LineByte.lineFeed || bytes[end] == LineByte.carriageReturn { return end }
            end += 1
        }
        return end
    }

    private static func skipEnd(at end: Int, in bytes: [UInt8]) -> Int {
        guard end < bytes.count else { return end }
        let isPair =
            bytes[end] == LineByte.carriageReturn && end + 1 < bytes.count && bytes[end + 1] == LineByte.lineFeed
        return end + (isPair ? 2 : 1)
    }
}
