/// Text in Slack's mrkdwn.
///
/// Only `&`, `<` and `>` are special to Slack: escaped, no outside text can mention anybody (`<!channel>`) or forge a link
/// (`<http://x|label>`). The blocks are sent `verbatim`, so that Slack does not turn plain URLs and names into links.
enum SlackText {
    /// Outside text as one plain line. A backtick would begin code: it becomes an apostrophe.
    ///
    /// Code point by code point, as Slack reads: to Swift a `<` is no `<` any more when an accent follows it, or one of
    /// the letters of other scripts that join what comes after them.
    static func escaped(_ text: String) -> String { literal(text.plainLine.withUnbrokenPercents) }

    /// Of a plain line.
    private static func literal(_ line: String) -> String {
        line.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "`": escaped += "'"
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
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
        let code = literal(text.plainLine)
        return code.isEmpty ? "" : "`\(code)`"
    }

    /// An asterisk inside would end it.
    static func bold(_ text: String) -> String {
        text.isEmpty
            ? "" : "*\(escaped(String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "*" ? "∗" : $0 }))))*"
    }

    /// - Parameter url: checked already.
    static func link(_ title: String, _ url: String) -> String {
        "<\(escaped(url))|\(escaped(title))>"
    }

    /// Who is called by name: `here`, `channel`, a user's or a user group's id; nil for anything else.
    ///
    /// Source: https://docs.slack.dev/messaging/formatting-message-text#special-mentions
    static func mention(_ who: String) -> String? {
        if ["here", "channel"].contains(who) { return "<!\(who)>" }
        guard let kind = who.first, who.count > 1, who.utf8.allSatisfy({ idCharacters.contains($0) }) else {
            return nil
        }
        switch kind {
        case "S": return "<!subteam^\(who)>"
        case "U", "W": return "<@\(who)>"
        default: return nil
        }
    }

    private static let idCharacters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

    private static func escaped(keepingSpaces words: String) -> String {
        let lead = words.first == " " ? " " : ""
        let trail = words.last == " " && words.count > 1 ? " " : ""
        return lead + escaped(words) + trail
    }
}
