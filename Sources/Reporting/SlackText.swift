/// Text in Slack's mrkdwn.
///
/// Only `&`, `<` and `>` are special to Slack: escaped, no outside text can mention anybody (`<!channel>`) or forge a link
/// (`<http://x|label>`). The blocks are sent `verbatim`, so that Slack does not turn plain URLs and names into links.
enum SlackText {
    /// Outside text as one plain line. A backtick would begin code: it becomes an apostrophe.
    static func escaped(_ text: String) -> String {
        text.plainLine.reduce(into: "") { escaped, character in
            switch character {
            case "`": escaped += "'"
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
    }

    /// A sentence, with what stands between backticks as code.
    static func sentence(_ text: String) -> String {
        InlineText.parts(of: text.plainLine).map { part in
            switch part {
            case .words(let words): escaped(keepingSpaces: words)
            case .code(let code): Self.code(code)
            }
        }.joined()
    }

    /// There is no way to write a backtick inside a code span: it becomes an apostrophe.
    static func code(_ text: String) -> String {
        "`\(escaped(text))`"
    }

    /// An asterisk inside would end it.
    static func bold(_ text: String) -> String {
        text.isEmpty ? "" : "*\(escaped(text.replacing("*", with: "∗")))*"
    }

    /// - Parameter url: checked already.
    static func link(_ title: String, _ url: String) -> String {
        "<\(escaped(url))|\(escaped(title))>"
    }

    private static func escaped(keepingSpaces words: String) -> String {
        let lead = words.first == " " ? " " : ""
        let trail = words.last == " " && words.count > 1 ? " " : ""
        return lead + escaped(words) + trail
    }
}
