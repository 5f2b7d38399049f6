/// The bytes that the shape of a line is read from.
enum LineByte {
    static let tab: UInt8 = 9
    static let lineFeed: UInt8 = 10
    static let carriageReturn: UInt8 = 13
    static let escape: UInt8 = 0x1B
    static let space: UInt8 = 0x20
    static let delete: UInt8 = 0x7F
}

extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

    var isLowercase: Bool { UInt8(ascii: "a") <= self && self <= UInt8(ascii: "z") }

    var isUppercase: Bool { UInt8(ascii: "A") <= self && self <= UInt8(ascii: "Z") }

    var isLetter: Bool { isLowercase || isUppercase }

    var isBlank: Bool { self == LineByte.space || self == LineByte.tab }

    /// Whether it continues a name in most languages, or a word in any script.
    var isName: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}
