/// Reads JSON forward, value by value, without building a tree.
///
/// A case's traces are 25 MB in 100,000 spans: a tree of them would cost ten times that in memory and most of the time.
/// The caller enters objects and arrays, takes the values it knows and skips the rest. A value of another type than
/// asked for is skipped and given as nil, because senders differ (`1`, `"1"`, `null`, nothing); what is not JSON at all
/// throws, with its place. Invalid UTF-8 is repaired, unpaired surrogates become U+FFFD.
struct JSONReader {
    let bytes: [UInt8]
    private(set) var position = 0
    private var depth = 0
    /// Whether a value has just ended, so that only a comma or a closing bracket may follow.
    private var isAfterValue = false
    private var texts = TextCache()

    /// Deeper nesting is refused: it would only be there to exhaust the stack. Real documents stay below 20.
    static let maximumDepth = 256

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Whether there is another value at the top level: documents may follow one another, one a line or not.
    mutating func nextDocument() -> Bool {
        isAfterValue = false
        skipSpace()
        return position < bytes.count
    }

    // MARK: Objects and arrays

    /// Enters an object, whose members ``nextName()`` then gives. False, and the value skipped, for anything else.
    mutating func beginObject() throws(JSONFault) -> Bool { try begin(UInt8(ascii: "{")) }

    /// Enters an array, whose elements ``nextElement()`` then announces. False, and the value skipped, for anything else.
    mutating func beginArray() throws(JSONFault) -> Bool { try begin(UInt8(ascii: "[")) }

    /// The next member's name, with its value to be read next; nil, and the object left, at its end.
    mutating func nextName() throws(JSONFault) -> String? {
        guard try !end(UInt8(ascii: "}")) else { return nil }
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw fault("a name was expected") }
        let name = try quotedText()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw fault("a colon was expected") }
        position += 1
        isAfterValue = false
        return name
    }

    /// Whether there is another element, to be read next; false, and the array left, at its end.
    mutating func nextElement() throws(JSONFault) -> Bool { try !end(UInt8(ascii: "]")) }

    /// Where reading goes on. Setting it goes back to a value that was skipped, or forth again.
    ///
    /// Only between places of the same object or array: the depth is not part of it.
    var place: Place {
        get { Place(position: position, isAfterValue: isAfterValue) }
        set { (position, isAfterValue) = (newValue.position, newValue.isAfterValue) }
    }

    struct Place {
        fileprivate let position: Int
        fileprivate let isAfterValue: Bool
    }

    // MARK: Values

    /// A string, or a number, `true` or `false` as it is written; nil for anything else.
    mutating func text() throws(JSONFault) -> String? {
        switch try kind() {
        case .string: return try quotedText()
        case .literal:
            guard let token = try literal() else { return nil }
            return texts.text(bytes, token)
        case .object, .array:
            try skip()
            return nil
        }
    }

    /// A text and where it stands, escapes not undone.
    struct Text {
        let text: String
        let range: Range<Int>
    }

    /// Like ``text()``, and where it stands.
    mutating func textWithPlace() throws(JSONFault) -> Text? {
        let start = position
        guard let text = try text() else { return nil }
        return Text(text: text, range: start..<position)
    }

    /// The bytes of a string between its quotes, escapes not undone, or of a number; nil for anything else.
    mutating func token() throws(JSONFault) -> Range<Int>? {
        switch try kind() {
        case .string: return try quoted().contents
        case .literal: return try literal()
        case .object, .array:
            try skip()
            return nil
        }
    }

    /// `true`, `"true"` or `1`.
    mutating func bool() throws(JSONFault) -> Bool {
        guard let text = try text() else { return false }
        return text == "true" || text == "1"
    }

    /// Whether the next value is an object; nothing is read.
    mutating func isObject() throws(JSONFault) -> Bool { try kind() == .object }

    /// Whether the next value is `null`; nothing is read.
    mutating func isNull() throws(JSONFault) -> Bool {
        guard try kind() == .literal else { return false }
        return bytes[position] == UInt8(ascii: "n")
    }

    mutating func skip() throws(JSONFault) {
        switch try kind() {
        case .string: _ = try quoted()
        case .literal: _ = try literal()
        case .object:
            _ = try beginObject()
            while try nextName() != nil { try skip() }
        case .array:
            _ = try beginArray()
            while try nextElement() { try skip() }
        }
    }

    /// The same text for the same bytes, usually sharing one allocation.
    mutating func sharedText(_ range: Range<Int>) -> String { texts.text(bytes, range) }

    func fault(_ reason: String) -> JSONFault {
        JSONFault(offset: position, reason: position < bytes.count ? reason : "\(reason), but the text ends")
    }
}

// MARK: - The grammar

extension JSONReader {
    private enum Kind { case string, object, array, literal }

    /// What the next value is, by its first byte.
    private mutating func kind() throws(JSONFault) -> Kind {
        skipSpace()
        guard position < bytes.count else { throw fault("a value was expected") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        default: return .literal
        }
    }

    private mutating func begin(_ bracket: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == bracket else {
            try skip()
            return false
        }
        guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth) levels") }
        depth += 1
        position += 1
        isAfterValue = false
        return true
    }

    /// Leaves the object or array if it ends here, or steps over the comma before what comes next.
    private mutating func end(_ bracket: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        guard position < bytes.count else { throw fault("a closing bracket was expected") }
        if bytes[position] == bracket {
            position += 1
            depth -= 1
            isAfterValue = true
            return true
        }
        guard isAfterValue else { return false }
        guard bytes[position] == UInt8(ascii: ",") else { throw fault("a comma or a closing bracket was expected") }
        position += 1
        isAfterValue = false
        skipSpace()
        guard position < bytes.count, bytes[position] != bracket else {
            throw fault("a value was expected after a comma")
        }
        return false
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Steps over a string; `position` is at its opening quote.
    private mutating func quoted() throws(JSONFault) -> (contents: Range<Int>, hasEscapes: Bool) {
        let start = position + 1
        let count = bytes.count
        var index = start
        var hasEscapes = false
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                isAfterValue = true
                return (start..<index, hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        throw fault("a string is not closed")
    }

    private mutating func quotedText() throws(JSONFault) -> String {
        let (contents, hasEscapes) = try quoted()
        return hasEscapes ? JSONEscapes.undone(in: bytes, contents) : texts.text(bytes, contents)
    }

    /// Steps over a number, `true`, `false` or `null`; nil for `null`.
    private mutating func literal() throws(JSONFault) -> Range<Int>? {
        let start = position
        while position < bytes.count, bytes[position].isPartOfLiteral { position += 1 }
        guard let first = bytes[start..<position].first else { throw fault("a value was expected") }
        isAfterValue = true
        let token = bytes[start..<position]
        switch first {
        case UInt8(ascii: "n"):
            if token.elementsEqual("null".utf8) { return nil }
        case UInt8(ascii: "t"):
            if token.elementsEqual("true".utf8) { return start..<position }
        case UInt8(ascii: "f"):
            if token.elementsEqual("false".utf8) { return start..<position }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return start..<position
        default: break
        }
        position = start
        throw fault("neither a value nor a closing bracket")
    }
}

extension UInt8 {
    /// A letter, a digit or one of `+-.`: what a number or a keyword is made of.
    fileprivate var isPartOfLiteral: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
