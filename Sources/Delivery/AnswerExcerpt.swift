import HTTPTransport

/// A piece of a body that is safe to show: one line, short, without addresses.
enum AnswerExcerpt {
    /// In characters: enough for an error's code and sentence.
    private static let longest = 200

    static func line(of response: HTTPResponse) -> String {
        let text = response.text.trimmingSpaces
        return text.hasPrefix("<") ? "with a page of HTML" : line(of: text)
    }

    /// Addresses are left out: what a machine in between quotes may be the webhook's own.
    static func line(of text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).map { word in
            word.contains("://") ? "<address>" : String(word.unicodeScalars.filter { $0.properties.isPrintable })
        }
        let line = words.joined(separator: " ")
        return line.count <= longest ? line : "\(line.prefix(longest - 1))…"
    }
}

extension Unicode.Scalar.Properties {
    /// Neither a control character nor one that changes the direction of what follows.
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
