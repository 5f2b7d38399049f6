/// What a byte can be in a log line; a byte can be several things.
struct ByteTraits: OptionSet, Sendable {
    let rawValue: UInt16

    /// White space and control characters.
    static let blank = ByteTraits(rawValue: 1 << 0)
    static let digit = ByteTraits(rawValue: 1 << 1)
    static let capital = ByteTraits(rawValue: 1 << 2)
    /// A small letter, or a byte of a letter that is not ASCII.
    static let small = ByteTraits(rawValue: 1 << 3)
    /// a to f, A to F.
    static let hexadecimalLetter = ByteTraits(rawValue: 1 << 4)
    /// Colon, full stop, hyphen: what divides the digits of addresses and times.
    static let digitDivider = ByteTraits(rawValue: 1 << 5)
    static let fullStop = ByteTraits(rawValue: 1 << 6)
    static let slash = ByteTraits(rawValue: 1 << 7)
    /// Continues a name, number, path or address.
    static let part = ByteTraits(rawValue: 1 << 8)
    static let quote = ByteTraits(rawValue: 1 << 9)
    /// Brackets, commas, quotes, equals signs: what never is inside a number, an address or a path.
    static let divider = ByteTraits(rawValue: 1 << 10)
    /// What a word is cut behind: `user=root` has two pieces, `Seat(date=` too.
    static let pieceEnd = ByteTraits(rawValue: 1 << 11)
    /// The mark that stands for a variable.
    static let mark = ByteTraits(rawValue: 1 << 12)

    static let comma = ByteTraits(rawValue: 1 << 13)

    static let letter: ByteTraits = [.capital, .small]

    /// The traits of every byte, for look-up.
    static let table: [ByteTraits] = (UInt8.min...UInt8.max).map { ByteTraits(of: $0) }

    private init(of byte: UInt8) {
        var traits: ByteTraits = []
        switch byte {
        case MaskedLine.mark: traits = [.blank, .mark]
        case ...UInt8(ascii: " "): traits = .blank
        case UInt8(ascii: "0")...UInt8(ascii: "9"): traits = [.digit, .part]
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): traits = [.capital, .part]
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: traits = [.small, .part]
        case UInt8(ascii: "."): traits = [.fullStop, .digitDivider, .part]
        case UInt8(ascii: "-"): traits = [.digitDivider, .part]
        case UInt8(ascii: "/"), UInt8(ascii: "\\"): traits = [.slash, .part]
        case UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "$"),
            UInt8(ascii: "~"):
            traits = .part
        case UInt8(ascii: ":"): traits = [.digitDivider, .pieceEnd]
        case UInt8(ascii: "="), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"):
            traits = [.divider, .pieceEnd]
        case UInt8(ascii: "\""), UInt8(ascii: "'"): traits = [.divider, .quote]
        case UInt8(ascii: ","): traits = [.divider, .comma]
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ";"),
            UInt8(ascii: "|"):
            traits = .divider
        default: traits = []
        }
        let isHexadecimal = "abcdefABCDEF".utf8.contains(byte)
        self = isHexadecimal ? traits.union(.hexadecimalLetter) : traits
    }

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }
}
