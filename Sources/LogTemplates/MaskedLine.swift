/// A line cut into pieces, with what is recognisably a variable replaced by one mark.
///
/// It is read in three steps: the variables that single words show by their shape (`WordMasker`), those that only
/// neighbouring words show (`WordArranger`), and the cut into pieces, which are what lines are compared by.
///
/// The buffers are kept from line to line: a miner reads millions of them.
struct MaskedLine: Sendable {
    /// Stands for a variable inside `bytes`; shown as `<*>`. The line's own control characters divide words.
    static let mark: UInt8 = 0

    /// Bytes of a line that are looked at; what comes after is as good as never what tells lines apart.
    static let maximumBytes = 4096
    /// Words of a line that are looked at.
    static let maximumWords = 256

    /// A word, or a part of a word that ends in brackets, colons or equals signs.
    struct Piece: Hashable, Sendable {
        /// Of its text, and of whether it begins a word.
        let hash: UInt64
        /// Where its text ends in `bytes`; it begins where the one before ends.
        let end: Int
        let traits: PieceTraits
    }

    private(set) var pieces: [Piece] = []
    private var masker = WordMasker()
    private var arranger = WordArranger()

    /// The text of all pieces, without the blanks between words.
    var bytes: [UInt8] { arranger.words.bytes }

    /// The hash of all pieces: lines with the same one have the same form.
    private(set) var hash: UInt64 = 0

    mutating func read(_ line: Span<UInt8>) {
        masker.mask(line)
        arranger.arrange(masker.words)
        // In JSON, `"level":"info","msg":` is a value and a key.
        cut(behind: !line.isEmpty && line[0] == UInt8(ascii: "{") ? [.pieceEnd, .comma] : .pieceEnd)
    }

    /// Cuts the words into pieces.
    private mutating func cut(behind ends: ByteTraits) {
        pieces.removeAll(keepingCapacity: true)
        let words = arranger.words
        let bytes = words.bytes.span
        var whole = StableHash()
        var start = 0
        for end in words.ends {
            var traits: PieceTraits = .beginsWord
            var hash = StableHash(beginsWord: true)
            var all: ByteTraits = []
            var capitals = 0
            for position in start..<end {
                let byte = bytes[position]
                let kind = ByteTraits.table[Int(byte)]
                hash.combine(byte)
                all.formUnion(kind)
                if kind.contains(.capital) { capitals += 1 }
                let isEnd =
                    position + 1 == end
                    || !kind.isDisjoint(with: ends)
                        && ByteTraits.table[Int(bytes[position + 1])].isDisjoint(with: ends)
                guard isEnd else { continue }
                traits.formUnion(PieceTraits(all, capitals: capitals, last: byte))
                if byte == UInt8(ascii: ":"), position > start, bytes[position - 1] == UInt8(ascii: "\"") {
                    traits.insert(.isKey)
                }
                pieces.append(Piece(hash: hash.value, end: position + 1, traits: traits))
                whole.combine(hash.value)
                start = position + 1
                traits = []
                hash = StableHash(beginsWord: false)
                all = []
                capitals = 0
            }
        }
        hash = whole.value
    }
}

/// What grouping wants to know of a piece.
struct PieceTraits: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    /// A blank stands before it.
    static let beginsWord = PieceTraits(rawValue: 1 << 0)
    /// It is a variable, and punctuation perhaps.
    static let isVariable = PieceTraits(rawValue: 1 << 1)
    /// It has letters of its own: lines can be told apart by it.
    static let hasLetters = PieceTraits(rawValue: 1 << 2)
    /// It has letters or a variable; others are punctuation.
    static let hasContent = PieceTraits(rawValue: 1 << 3)
    /// It is written as the constants of programs are: `UNASSIGNED`, `READ_ONLY`.
    static let isCapitals = PieceTraits(rawValue: 1 << 4)
    /// It ends in `=` or `":`: what follows is its value.
    static let isKey = PieceTraits(rawValue: 1 << 5)
    /// Lines differ here: found by grouping, not by shape.
    static let differs = PieceTraits(rawValue: 1 << 6)

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    init(_ bytes: ByteTraits, capitals: Int, last: UInt8) {
        let leastCapitals = 2
        self = []
        let hasMark = bytes.contains(.mark)
        if !bytes.isDisjoint(with: .letter) { insert(.hasLetters) } else if hasMark { insert(.isVariable) }
        if hasMark || contains(.hasLetters) { insert(.hasContent) }
        if capitals >= leastCapitals, !hasMark, !bytes.contains(.small) { insert(.isCapitals) }
        if last == UInt8(ascii: "=") { insert(.isKey) }
    }
}
