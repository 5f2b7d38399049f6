/// Cuts the bytes of a file, as they come, into lines.
///
/// A line ends in LF or CR LF; what stands behind the last one is a line too. Of a line that goes on from one chunk to the
/// next, no more is kept than a miner looks at.
package struct LineSplitter: Sendable {
    /// The begin of a line whose end is not here yet.
    private var begun: [UInt8] = []
    private var isInLine = false
    /// The last byte that was seen of the line begun.
    private var lastByte: UInt8 = 0

    package init() {}

    /// - Parameter body: is given every line that ends in these bytes, without its end.
    package mutating func read(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var start = 0
        for position in 0..<bytes.count where bytes[position] == UInt8(ascii: "\n") {
            if isInLine {
                keep(bytes.extracting(start..<position))
                finish(body)
            } else {
                let end = position > start && bytes[position - 1] == UInt8(ascii: "\r") ? position - 1 : position
                body(bytes.extracting(start..<end))
            }
            start = position + 1
        }
        if start < bytes.count { keep(bytes.extracting(start..<bytes.count)) }
    }

    /// Gives the last line, if it has no end.
    package mutating func finish(_ body: (Span<UInt8>) -> Void) {
        guard isInLine else { return }
        if begun.last == UInt8(ascii: "\r"), lastByte == UInt8(ascii: "\r") { begun.removeLast() }
        body(begun.span)
        begun.removeAll(keepingCapacity: true)
        isInLine = false
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        isInLine = true
        for position in 0..<min(bytes.count, Template.exampleBytes - begun.count) { begun.append(bytes[position]) }
        if !bytes.isEmpty { lastByte = bytes[bytes.count - 1] }
    }
}
