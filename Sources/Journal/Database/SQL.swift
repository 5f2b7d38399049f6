import Telemetry

/// A value as both databases keep it.
enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// What may stand in a statement as a value.
protocol SQLArgument {
    var sqlValue: SQLValue { get }
}

/// A statement or a part of one, whose values stand apart from its text:
/// `"SELECT * FROM incident WHERE id = \(id)"` carries the number as an argument.
///
/// The statements keep to what SQLite and PostgreSQL both understand, so each is written once.
struct SQL: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The text between the arguments: always one more than there are arguments.
    private(set) var texts: [String]
    private(set) var arguments: [SQLValue]

    init(stringLiteral text: String) {
        texts = [text]
        arguments = []
    }

    init(stringInterpolation parts: Parts) {
        texts = parts.texts
        arguments = parts.arguments
    }

    /// The statement with a sign for each argument, which is numbered from 1.
    func text(withArgument sign: String) -> String {
        var text = texts.first ?? ""
        for (number, piece) in zip(1..., texts.dropFirst()) { text += "\(sign)\(number)\(piece)" }
        return text
    }

    struct Parts: StringInterpolationProtocol {
        var texts: [String]
        var arguments: [SQLValue] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            texts = [""]
        }

        mutating func appendLiteral(_ literal: String) {
            texts[texts.count - 1] += literal
        }

        mutating func appendInterpolation(_ argument: some SQLArgument) {
            arguments.append(argument.sqlValue)
            texts.append("")
        }

        mutating func appendInterpolation(_ argument: (some SQLArgument)?) {
            arguments.append(argument?.sqlValue ?? .null)
            texts.append("")
        }

        /// A part that is a statement's text itself, with its own arguments.
        mutating func appendInterpolation(_ part: SQL) {
            appendLiteral(part.texts.first ?? "")
            texts += part.texts.dropFirst()
            arguments += part.arguments
        }
    }
}

extension [SQL] {
    func joined(separator: String) -> SQL {
        guard var whole = first else { return "" }
        for part in dropFirst() { whole = "\(whole)\(SQL(stringLiteral: separator))\(part)" }
        return whole
    }
}

extension Int64: SQLArgument {
    var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLArgument {
    var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Double: SQLArgument {
    var sqlValue: SQLValue { .real(self) }
}

extension String: SQLArgument {
    var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLArgument {
    var sqlValue: SQLValue { .bytes(self) }
}

extension Timestamp: SQLArgument {
    /// Nanoseconds since the epoch.
    var sqlValue: SQLValue { .integer(nanoseconds) }
}

extension IncidentID: SQLArgument {
    var sqlValue: SQLValue { .integer(number) }
}
