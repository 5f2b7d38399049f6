/// A name in capitals that stands in commands and queries for what an incident is about.
package enum Placeholder: String, Hashable, Sendable, CaseIterable {
    case namespace = "NAMESPACE"
    case pod = "POD"
    case node = "NODE"
    case service = "SERVICE"
    case job = "JOB"
    case traceID = "TRACE_ID"
    case host = "HOST"
    case image = "IMAGE"
    case volume = "VOLUME"
    case credential = "CREDENTIAL"
    case pool = "POOL"
    case start = "START"
    case end = "END"

    /// Where a value would stand.
    package enum Place: Hashable, Sendable {
        /// In a command that a person pastes into a shell.
        case shell
        /// In a query, between double quotes, or in a sentence.
        case query
    }

    /// Longer than any name of Kubernetes (253) and than most images; a longer value is no name.
    private static let longest = 400

    /// Whether a value may stand there: only if it cannot be anything but a name.
    ///
    /// Names come from outside: whoever names a branch or a pod would otherwise write into the shell of the person on
    /// call. So no value is quoted or mended. What has a character that a shell could take for more than a letter stays
    /// out of commands, and so does what begins like an option.
    package func accepts(_ value: String, in place: Place) -> Bool {
        guard let first = value.utf8.first, value.utf8.count <= Self.longest else { return false }
        let allowed = Set(punctuation + (place == .query ? Self.queryPunctuation : ""))
        return Self.isLetterOrDigit(first)
            && value.unicodeScalars.allSatisfy {
                $0.isASCII && (Self.isLetterOrDigit(UInt8(ascii: $0)) || allowed.contains(Character($0)))
            }
    }

    /// What a name of this kind has besides ASCII letters and digits; none of it means anything to a shell.
    private var punctuation: String {
        switch self {
        // No colon for a host: commands put their own port behind it.
        case .namespace, .pod, .node, .service, .volume, .credential, .pool, .host: "-._"
        case .job: "-._/"
        case .traceID: ""
        case .image: "-._/:@"
        case .start, .end: "-.:+"
        }
    }

    /// Besides: what neither ends a string in PromQL, LogQL or TraceQL nor fills in a variable of Grafana.
    private static let queryPunctuation = " -._/:@,+%#="

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension Placeholder {
    /// A piece of a text with placeholders.
    package enum Piece: Hashable, Sendable {
        case text(String)
        case placeholder(Placeholder)
    }

    /// The text in pieces. A placeholder is a whole word: `POD`, but not `PODS` nor `MY_POD`.
    package static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let first = rest.first {
            let word = isPartOfAWord(first) ? rest.prefix(while: isPartOfAWord) : rest.prefix(1)
            if let placeholder = Placeholder(rawValue: String(word)) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.placeholder(placeholder))
            } else {
                plain += word
            }
            rest = rest.dropFirst(word.count)
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }

    private static func isPartOfAWord(_ character: Character) -> Bool {
        character == "_" || character.isLetter || character.isNumber
    }
}
