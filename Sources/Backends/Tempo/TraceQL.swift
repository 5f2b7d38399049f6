import Telemetry

/// Writes TraceQL from values that come from outside, so that no value can change the query.
package enum TraceQL {
    /// Whose attribute it is.
    package enum AttributeScope: String, Hashable, Sendable {
        case resource, span, event, link
        /// Of the span, else of its resource; slower than naming which.
        case any = ""
    }

    /// A string literal.
    package static func quoted(_ text: String) -> String { QuotedText.doubleQuoted(text) }

    /// `resource.service.name`; a name with other characters than usual is quoted: `span."odd name"`.
    package static func attribute(_ scope: AttributeScope, _ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy(\.isUsualInName)
        return scope.rawValue + "." + (isPlain ? name : quoted(name))
    }

    /// `resource.service.name = "x"`, or several values joined by `||` in brackets; nil when there is no value.
    package static func condition(
        _ scope: AttributeScope, _ name: String, isAnyOf values: [String]
    ) -> String? {
        let attribute = attribute(scope, name)
        let choices = values.map { "\(attribute) = \(quoted($0))" }
        return choices.count < 2 ? choices.first : "(" + choices.joined(separator: " || ") + ")"
    }

    /// `{ a && b }`: the spans for which all conditions hold; `{ }`, every span, without any.
    package static func spans(where conditions: [String]) -> String {
        conditions.isEmpty ? "{ }" : "{ " + conditions.joined(separator: " && ") + " }"
    }

    /// Whether the query ends with hints, `with (…)`, so that no more can be added.
    static func hasHints(_ query: String) -> Bool {
        let code = outsideOfLiterals(query)
        guard let opening = code.lastIndex(of: UInt8(ascii: "(")) else { return false }
        let before = code[..<opening].reversed().drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        return before.starts(with: "htiw".utf8) && before.dropFirst(4).first?.isUsualInName != true
    }

    /// The query's bytes without its string literals, in double quotes or backticks.
    private static func outsideOfLiterals(_ query: String) -> [UInt8] {
        var code: [UInt8] = []
        var quote: UInt8?
        var isEscaped = false
        for byte in query.utf8 {
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
                    isEscaped = true
                } else if byte == open {
                    quote = nil
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                quote = byte
            } else {
                code.append(byte)
            }
        }
        return code
    }
}

extension UInt8 {
    /// A letter, a digit or one of `._-/`: what TraceQL takes in a bare attribute name.
    fileprivate var isUsualInName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
