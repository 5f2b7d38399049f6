/// Decompresses gzip, so that answers recorded compressed can be read as the HTTP client hands them on (RFC 1951, 1952).
///
/// Simple and slow: the recorded bodies have a few kilobytes. Checksums are not verified.
struct Gunzip {
    enum Failure: Error { case notGzip, truncated, invalidCode }

    static func decompressed(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        // Ten bytes of header; no optional fields, as HTTP servers write it.
        guard bytes.count > 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8, bytes[3] == 0 else { throw .notGzip }
        var inflation = Gunzip(bytes: bytes, position: 10 * 8)
        var isLast = false
        while !isLast {
            isLast = try inflation.bits(1) == 1
            switch try inflation.bits(2) {
            case 0: try inflation.copyStored()
            case 1: try inflation.inflate(Huffman(fixedLiterals), Huffman([Int](repeating: 5, count: 30)))
            case 2:
                let (literals, distances) = try inflation.dynamicCodes()
                try inflation.inflate(literals, distances)
            default: throw .invalidCode
            }
        }
        return inflation.output
    }

    private let bytes: [UInt8]
    /// In bits.
    private var position: Int
    private var output: [UInt8] = []

    private init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    private mutating func bits(_ count: Int) throws(Failure) -> Int {
        var value = 0
        for place in 0..<count {
            guard position / 8 < bytes.count else { throw .truncated }
            value |= Int(bytes[position / 8] >> UInt8(position % 8) & 1) << place
            position += 1
        }
        return value
    }

    private mutating func copyStored() throws(Failure) {
        position = (position + 7) / 8 * 8
        let count = try bits(16)
        _ = try bits(16)
        for _ in 0..<count { output.append(UInt8(try bits(8))) }
    }

    private mutating func inflate(_ literals: Huffman, _ distances: Huffman) throws(Failure) {
        while true {
            let symbol = try decode(literals)
            if symbol < 256 {
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol < 286 else { throw .invalidCode }
            let length = Self.lengths[symbol - 257].base + (try bits(Self.lengths[symbol - 257].extra))
            let code = try decode(distances)
            guard code < 30 else { throw .invalidCode }
            let distance = Self.distances[code].base + (try bits(Self.distances[code].extra))
            guard distance <= output.count else { throw .invalidCode }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func dynamicCodes() throws(Failure) -> (Huffman, Huffman) {
        let (literals, distances, lengths) = (try bits(5) + 257, try bits(5) + 1, try bits(4) + 4)
        var codeLengths = [Int](repeating: 0, count: 19)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        for place in order.prefix(lengths) { codeLengths[place] = try bits(3) }
        let code = Huffman(codeLengths)
        var all: [Int] = []
        while all.count < literals + distances {
            switch try decode(code) {
            case 16:
                let last = all.last ?? 0
                all += [Int](repeating: last, count: try bits(2) + 3)
            case 17: all += [Int](repeating: 0, count: try bits(3) + 3)
            case 18: all += [Int](repeating: 0, count: try bits(7) + 11)
            case let length: all.append(length)
            }
        }
        return (Huffman(Array(all[..<literals])), Huffman(Array(all[literals..<(literals + distances)])))
    }

    private mutating func decode(_ code: Huffman) throws(Failure) -> Int {
        var (value, length) = (1, 0)
        while length < 15 {
            value = value << 1 | (try bits(1))
            length += 1
            if let symbol = code.symbols[value] { return symbol }
        }
        throw .invalidCode
    }

    /// Symbols by their code with a one in front, which tells codes of different lengths apart.
    private struct Huffman {
        var symbols: [Int: Int] = [:]

        init(_ lengths: [Int]) {
            var code = 0
            for length in 1...15 {
                for (symbol, itsLength) in lengths.enumerated() where itsLength == length {
                    symbols[1 << length | code] = symbol
                    code += 1
                }
                code <<= 1
            }
        }
    }

    private static let fixedLiterals =
        [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
        + [Int](repeating: 8, count: 8)

    private static let lengths: [(base: Int, extra: Int)] = {
        var table = (0..<8).map { (base: $0 + 3, extra: 0) }
        for extra in 1...5 { for step in 0..<4 { table.append((base: (4 + step) << extra + 3, extra: extra)) } }
        table.append((base: 258, extra: 0))
        return table
    }()

    private static let distances: [(base: Int, extra: Int)] = {
        var table = (0..<4).map { (base: $0 + 1, extra: 0) }
        for extra in 1...13 { for step in 0..<2 { table.append((base: (2 + step) << extra + 1, extra: extra)) } }
        return table
    }()
}
