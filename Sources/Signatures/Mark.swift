/// One thing in the evidence that speaks for a failure, or against it.
package struct Mark: Hashable, Sendable {
    /// Where it is looked for, and what must be there word by word: the cheap part of the question.
    package enum Kind: Hashable, Sendable {
        /// A line that contains one of these literals; case counts.
        case log([String])
        /// A cluster event with one of these reasons, about an object of this kind if one is given.
        case event(reasons: [String], object: String?)
        /// A container whose last end had one of these reasons.
        case container([String])
        /// A container whose last end had this code.
        case exitCode(Int)
        /// A pod whose own reason is one of these.
        case pod([String])
        /// An exception of one of these types, in full or by the last part of its name.
        case exception([String])
        /// An attribute of a failed span, with this value if one is given.
        case span(attribute: String, value: String?)
    }

    package var kind: Kind
    /// A literal that the message of the event or the exception must contain.
    package var text: String?
    /// Literals of which none may be in the line or message: what looks alike and is something else.
    package var unless: [String]
    /// A regular expression on the line or message; its named groups give the subject.
    package var pattern: String?
    /// Log-odds: 0.7 doubles the odds, 2.3 makes them ten times as high; negative ones speak against the cause.
    package var weight: Double

    package init(
        _ kind: Kind, text: String? = nil, unless: [String] = [], pattern: String? = nil, weight: Double
    ) {
        self.kind = kind
        self.text = text
        self.unless = unless
        self.pattern = pattern
        self.weight = weight
    }

    /// The names of the groups that its pattern captures.
    package var groups: [String] { pattern.map(MarkPattern.groups) ?? [] }

    package var literals: [String] { if case .log(let literals) = kind { literals } else { [] } }
}

extension Mark {
    /// Whether an event has what is asked of it, but for the pattern.
    package func fits(event reason: String, object: String, message: String) -> Bool {
        guard case .event(let reasons, let wanted) = kind, reasons.contains(reason) else { return false }
        return (wanted == nil || wanted == object) && fits(message: message)
    }

    /// Whether an exception has what is asked of it, but for the pattern.
    package func fits(exception type: String, message: String) -> Bool {
        guard case .exception(let types) = kind else { return false }
        return types.contains { $0 == type || Self.isLastPart($0, of: type) } && fits(message: message)
    }

    package func fits(attribute name: String, value: String) -> Bool {
        guard case .span(let attribute, let wanted) = kind else { return false }
        return attribute == name && (wanted == nil || wanted == value)
    }

    /// Whether a container's last end has what is asked of it.
    package func fits(endOfContainer reason: String, exitCode: Int) -> Bool {
        switch kind {
        case .container(let reasons): reasons.contains(reason)
        case .exitCode(let code): code == exitCode
        default: false
        }
    }

    package func fits(podReason reason: String) -> Bool {
        if case .pod(let reasons) = kind { reasons.contains(reason) } else { false }
    }

    private func fits(message: String) -> Bool {
        (text.map { message.hasBytes(of: $0) } ?? true) && isAllowed(in: message)
    }

    /// Whether a line or message has none of the literals that it must not have.
    package func isAllowed(in text: String) -> Bool { !unless.contains { text.hasBytes(of: $0) } }

    /// `UnknownHostException` for `java.net.UnknownHostException`.
    private static func isLastPart(_ name: String, of type: String) -> Bool {
        guard type.utf8.count > name.utf8.count, type.hasSuffix(name) else { return false }
        let before = type.utf8.dropLast(name.utf8.count).last
        return before == UInt8(ascii: ".") || before == UInt8(ascii: "$")
    }
}

extension String {
    /// Whether these bytes are in it one after the other; `contains` compares by grapheme, which is far slower.
    package func hasBytes(of literal: String) -> Bool { firstBytes(of: literal) != nil }

    /// How many bytes stand before the literal; nil when it is not there.
    package func firstBytes(of literal: String) -> Int? {
        let wanted = Array(literal.utf8)
        guard let first = wanted.first else { return nil }
        let bytes = Array(utf8)
        var start = 0
        while start + wanted.count <= bytes.count {
            if bytes[start] == first, wanted.indices.allSatisfy({ bytes[start + $0] == wanted[$0] }) { return start }
            start += 1
        }
        return nil
    }
}

extension String {
    /// The longest part of a literal that no variable of a line can be in: what is looked for in all kinds of lines at
    /// once, before the whole literal is looked for in the lines of the few kinds that have it.
    ///
    /// Numbers, quoted words, paths and lists in brackets are what lines of one kind differ in.
    package var preFilter: String {
        let parts = utf8.split { byte in
            (UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")) || Self.variableEdges.contains(byte)
        }
        var longest = parts.first
        for part in parts where part.count > longest?.count ?? 0 { longest = part }
        return longest.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static let variableEdges = Set("\"'`/[]".utf8)
}
