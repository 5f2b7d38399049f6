/// Cuts the bytes of a file, as they come, into lines.
///
/// A line ends in LF or CR LF; what stands behind the last one is a line too. Of what a progress display wrote over and
/// over, CR between, the line is what it wrote last. Of a line that goes on from one chunk to the next, no more is kept
/// than a miner looks at.
package struct LineSplitter: Sendable {
    /// The begin of a line whose end is not here yet.
    private var begun: [UInt8] = []
    private var isInLine = false
    /// Whether the last byte that was seen of the line begun is a CR.
    private var endsInReturn = false

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    package init() {}

    /// - Parameter body: is given every line that ends in these bytes, without its end.
    package mutating func read(_ bytes: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var start = 0
        var textEnd = 0
        for position in 0..<bytes.count {
            let byte = bytes[position]
            if byte == Self.lineFeed {
                if isInLine {
                    keep(bytes.extracting(start..<position))
                    finish(body)
                } else {
                    body(bytes.extracting(start..<textEnd))
                }
                start = position + 1
                textEnd = start
            } else if byte != Self.carriageReturn {
                // What was written before a CR is written over.
                if textEnd < position, !isInLine { start = position }
                textEnd = position + 1
            }
        }
        if start < bytes.count { keep(bytes.extracting(start..<bytes.count)) }
    }

    /// Gives the last line, if it has no end.
    package mutating func finish(_ body: (Span<UInt8>) -> Void) {
        guard isInLine else { return }
        body(begun.span)
        begun.removeAll(keepingCapacity: true)
        isInLine = false
        endsInReturn = false
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        isInLine = true
        for position in 0..<bytes.count {
            let isReturn = bytes[position] == Self.carriageReturn
            if !isReturn {
                if endsInReturn { begun.removeAll(keepingCapacity: true) }
                if begun.count < Template.exampleBytes { begun.append(bytes[position]) }
            }
            endsInReturn = isReturn
        }
    }
}
