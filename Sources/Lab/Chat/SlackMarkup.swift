/// Slack's mrkdwn, for a terminal.
struct SlackMarkup: Sendable {
    let usesColours: Bool

    func bold(_ text: String) -> String { usesColours ? "\u{1B}[1m\(text)\u{1B}[22m" : text }

    /// `<url|label>` becomes its label, `*bold*` bold, and the three escaped characters themselves.
    func shown(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "<", let end = rest.firstIndex(of: ">") {
                let inside = rest[rest.index(after: rest.startIndex)..<end]
                shown += inside.split(separator: "|", maxSplits: 1).last.map(String.init) ?? ""
                rest = rest[rest.index(after: end)...]
            } else if character == "*" || character == "_", let (inside, after) = emphasis(character, rest, shown.last)
            {
                shown += character == "*" ? bold(inside) : inside
                rest = after
            } else {
                shown.append(character)
                rest = rest.dropFirst()
            }
        }
        return shown.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// A marker opens emphasis after a space or at the start, and closes it before a space or at the end.
    private func emphasis(
        _ marker: Character, _ text: Substring, _ before: Character?
    ) -> (inside: String, after: Substring)? {
        guard before.map({ !$0.isLetter && !$0.isNumber }) ?? true else { return nil }
        let body = text.dropFirst()
        guard let end = body.firstIndex(of: marker), end != body.startIndex, body.first != " " else { return nil }
        let after = body[body.index(after: end)...]
        guard after.first.map({ !$0.isLetter && !$0.isNumber }) ?? true else { return nil }
        return (String(body[..<end]), after)
    }

    func links(in text: String) -> [SlackPreview.Link] {
        text.split(separator: "<", omittingEmptySubsequences: false).dropFirst().compactMap {
            piece -> SlackPreview.Link? in
            guard let end = piece.firstIndex(of: ">") else { return nil }
            let parts = piece[..<end].split(separator: "|", maxSplits: 1)
            guard let url = parts.first, url.hasPrefix("http") else { return nil }
            return SlackPreview.Link(
                title: parts.count > 1 ? shown(String(parts[1])) : String(url),
                url: String(url).replacing("&amp;", with: "&"))
        }
    }

    /// Breaks between words; a word longer than a line stays whole.
    func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, columns(line) + 1 + columns(String(word)) > width {
                lines.append(line)
                line = "  " + word
            } else {
                line += line.isEmpty && lines.isEmpty ? String(word) : " " + word
            }
        }
        return lines + [line]
    }

    /// How wide a text is, colour codes not counted.
    private func columns(_ text: String) -> Int {
        var isCode = false
        return text.reduce(0) { count, character in
            if character == "\u{1B}" { isCode = true }
            defer { if isCode, character == "m" { isCode = false } }
            return isCode ? count : count + 1
        }
    }
}
