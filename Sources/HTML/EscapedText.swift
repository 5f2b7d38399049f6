extension StringProtocol {
    /// The text as it can stand anywhere in HTML or XML, also in an attribute between quotes.
    package var htmlEscaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\n", "\t": text.unicodeScalars.append(scalar)
            default: text.unicodeScalars.append(Self.isShown(scalar) ? scalar : " ")
            }
        }
        return text
    }

    /// Not what is invisible or turns the direction of writing: it could make a command look like another one. XML allows
    /// no control characters at all.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: true
        }
    }
}
