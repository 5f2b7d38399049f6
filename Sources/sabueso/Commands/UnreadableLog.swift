/// What a file holds instead of a log's text, and how to read it nevertheless.
enum UnreadableLog: Equatable {
    case compressed(format: String, reader: String)
    /// Two bytes a letter, as PowerShell's `>` writes.
    case wide
    case binary

    /// The first bytes of compressed files (RFC 1952, RFC 8878, and the formats' own specifications).
    private static let signatures: [(bytes: [UInt8], format: String, reader: String)] = [
        ([0x1F, 0x8B], "gzip", "zcat"), ([0x28, 0xB5, 0x2F, 0xFD], "Zstandard", "zstdcat"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "xzcat"), (Array("BZh".utf8), "bzip2", "bzcat"),
        (Array("PK\u{3}\u{4}".utf8), "zip", "unzip -p"),
    ]
    private static let byteOrderMarks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

    /// Bytes that are looked at for control characters.
    private static let sample = 1 << 14
    /// Of how many bytes one that no tool writes makes a file binary: in random bytes it is every tenth.
    private static let bytesForEachControl = 20
    /// Fewer bytes are no sample.
    private static let leastSample = 64

    /// - Parameter start: the begin of the file, or all of it.
    /// - Returns: nil for text, however odd some of its bytes are.
    init?(startingWith start: Span<UInt8>) {
        if let found = Self.signatures.first(where: { Self.starts(start, with: $0.bytes) }) {
            self = .compressed(format: found.format, reader: found.reader)
            return
        }
        if Self.byteOrderMarks.contains(where: { Self.starts(start, with: $0) }) {
            self = .wide
            return
        }
        let count = min(start.count, Self.sample)
        guard count >= Self.leastSample else { return nil }
        var controls = 0
        for position in 0..<count where Self.isControl(start[position]) { controls += 1 }
        guard controls > count / Self.bytesForEachControl else { return nil }
        self = .binary
    }

    /// - Parameter name: the path that was given; - is standard input.
    func failure(reading name: String, for command: String) -> RunFailure {
        let isPiped = name == "-"
        let what = isPiped ? "standard input" : name
        func advice(_ reader: String) -> String {
            isPiped ? "… | \(reader) | sabueso \(command) -" : "\(reader) \(name) | sabueso \(command) -"
        }
        return switch self {
        case .compressed(let format, let reader):
            RunFailure("\(what) looks compressed (\(format)); read it so: \(advice(reader))")
        case .wide:
            RunFailure("\(what) looks like UTF-16 text; read it so: \(advice("iconv -f UTF-16 -t UTF-8"))")
        case .binary:
            RunFailure(
                "\(what) looks like a binary file; give the text of a log, or what of it is text: \(advice("strings"))")
        }
    }

    private static func starts(_ text: Span<UInt8>, with bytes: [UInt8]) -> Bool {
        guard text.count >= bytes.count else { return false }
        for position in bytes.indices where text[position] != bytes[position] { return false }
        return true
    }

    /// Control characters without those that move a terminal's cursor or colour its text.
    private static func isControl(_ byte: UInt8) -> Bool {
        let escape: UInt8 = 0x1B
        return byte < 0x20 && !(0x07...0x0D).contains(byte) && byte != escape
    }
}
