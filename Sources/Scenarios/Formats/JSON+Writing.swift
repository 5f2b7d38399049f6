import Telemetry

extension JSON {
    /// One line without spaces, with `<`, `>` and `&` escaped as Go's encoder does: so do Tempo, Loki and Kubernetes.
    package var compact: String {
        var text = ""
        write(to: &text, indentation: nil, escapesMarkup: true)
        return text
    }

    /// Two spaces of indentation and a line feed at the end, for files that people read.
    package var pretty: String {
        var text = ""
        write(to: &text, indentation: "", escapesMarkup: false)
        return text + "\n"
    }

    /// The document as a pushing client sends it: each element of the outermost lists on a line of its own, so that a
    /// difference in version control is one line for one span and not for one bracket.
    ///
    /// - Parameter depth: values that lie deeper are written on one line.
    package func wrapped(depth: Int) -> String {
        var text = ""
        write(to: &text, indentation: "", escapesMarkup: false, depth: depth)
        return text + "\n"
    }

    private func write(to text: inout String, indentation: String?, escapesMarkup: Bool, depth: Int = .max) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let string): text += Self.quoted(string, escapesMarkup: escapesMarkup)
        case .array(let elements):
            let indentation = depth > 0 ? indentation : nil
            Self.writeList(elements, in: "[", "]", to: &text, indentation: indentation) { element, text, indentation in
                element.write(to: &text, indentation: indentation, escapesMarkup: escapesMarkup, depth: depth - 1)
            }
        case .object(let members):
            let indentation = depth > 0 ? indentation : nil
            Self.writeList(members, in: "{", "}", to: &text, indentation: indentation) { member, text, indentation in
                text += Self.quoted(member.name, escapesMarkup: escapesMarkup) + (indentation == nil ? ":" : ": ")
                member.value.write(
                    to: &text, indentation: indentation, escapesMarkup: escapesMarkup, depth: depth - 1)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], in open: String, _ close: String, to text: inout String, indentation: String?,
        write: (Element, inout String, String?) -> Void
    ) {
        text += open
        let inner = indentation.map { $0 + "  " }
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += "\n" + inner }
            write(element, &text, inner)
        }
        if let indentation, !elements.isEmpty { text += "\n" + indentation }
        text += close
    }

    private static func quoted(_ string: String, escapesMarkup: Bool) -> String {
        QuotedText.doubleQuoted(string, escaping: escapesMarkup ? markup : [])
    }

    private static let markup: Set<Unicode.Scalar> = ["<", ">", "&"]
}
