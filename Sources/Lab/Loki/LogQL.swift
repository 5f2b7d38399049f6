/// A LogQL log query in the part of the language that the lab evaluates: stream selector, line filters, `json`,
/// `logfmt` and label filters on text.
struct LogQL {
    var matchers: [Matcher]
    var stages: [Stage] = []

    /// `name="value"`, in a selector or as a label filter.
    struct Matcher {
        enum Operator: String {
            case equal = "="
            case notEqual = "!="
            case matches = "=~"
            case matchesNot = "!~"
        }

        let name: String
        let sign: Operator
        let value: String
        /// Anchored; of the two regular operators only.
        let regex: GoRegex?

        /// A label that is not there counts as empty.
        func holds(_ actual: String?) -> Bool {
            let actual = actual ?? ""
            return switch sign {
            case .equal: actual == value
            case .notEqual: actual != value
            case .matches: regex?.matches(actual) ?? false
            case .matchesNot: !(regex?.matches(actual) ?? true)
            }
        }
    }

    enum Stage {
        /// Any of the texts or patterns has to be in the line, or none of them.
        case contains([Pattern], isNegated: Bool)
        case json
        case logfmt
        case filter(Filter)
    }

    enum Pattern {
        case text(String)
        case regex(GoRegex)

        func isIn(_ line: String) -> Bool {
            switch self {
            case .text(let text): text.isEmpty || line.utf8.contains(text.utf8)
            case .regex(let regex): regex.matches(line)
            }
        }
    }

    indirect enum Filter {
        case matcher(Matcher)
        case and(Filter, Filter)
        case or(Filter, Filter)

        func holds(_ label: (String) -> String?) -> Bool {
            switch self {
            case .matcher(let matcher): matcher.holds(label(matcher.name))
            case .and(let left, let right): left.holds(label) && right.holds(label)
            case .or(let left, let right): left.holds(label) || right.holds(label)
            }
        }
    }
}

/// Why a query is refused. The text has Loki's form: `parse error at line 1, col 9: syntax error: unexpected $end`.
struct LogQLError: Error {
    let text: String
}

extension String.UTF8View {
    /// Whether the bytes are in here, one after the other: Loki compares bytes, and knows no equivalent letters.
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        let (haystack, needle) = (Array(self), Array(other))
        guard needle.count <= haystack.count else { return false }
        return (0...haystack.count - needle.count).contains { haystack[$0...].starts(with: needle) }
    }
}
