import Telemetry

/// A JSON value whose objects keep the order in which their fields were written, so that equal input gives equal bytes.
indirect enum JSONValue: Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// Written with six digits after the point at most; what is no number (NaN, infinity) becomes `null`.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Field])

    struct Field: Hashable {
        let name: String
        let value: JSONValue
    }

    static func fields(_ fields: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(fields.map { Field(name: $0.key, value: $0.value) })
    }

    static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }

    /// Without any space, for the wire.
    var compact: String {
        var text = ""
        write(to: &text, indentation: nil)
        return text
    }

    /// Two spaces a level, for people.
    var indented: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        case .number(let number): text += Self.decimal(number)
        case .string(let string): text += QuotedText.doubleQuoted(string)
        case .array(let values):
            Self.writeList(values, in: ("[", "]"), to: &text, indentation: indentation) { value, text, inner in
                value.write(to: &text, indentation: inner)
            }
        case .object(let fields):
            Self.writeList(fields, in: ("{", "}"), to: &text, indentation: indentation) { field, text, inner in
                text += QuotedText.doubleQuoted(field.name) + (inner == nil ? ":" : ": ")
                field.value.write(to: &text, indentation: inner)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], in brackets: (String, String), to text: inout String, indentation: Int?,
        each write: (Element, inout String, Int?) -> Void
    ) {
        text += brackets.0
        let inner = indentation.map { $0 + 1 }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: "  ", count: inner) }
            write(element, &text, inner)
        }
        if let indentation, !elements.isEmpty { text += "\n" + String(repeating: "  ", count: indentation) }
        text += brackets.1
    }

    private static func decimal(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        let rounded = (number * 1e6).rounded() / 1e6
        guard rounded.isFinite else { return "\(number)" }
        if let whole = Int(exactly: rounded) { return String(whole) }
        return "\(rounded)"
    }
}
