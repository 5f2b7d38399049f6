/// Text in Slack's mrkdwn.
///
/// Only `&`, `<` and `>` are special to Slack: escaped, no outside text can mention anybody (`<!channel>`) or forge a link
/// (`<http://x|label>`). The blocks are sent `verbatim`, so that Slack does not turn plain URLs and names into links.
package enum SlackText {
    /// Outside text as one plain line. A backtick would begin code: it becomes an apostrophe.
    ///
    /// Code point by code point, as Slack reads: to Swift a `<` is no `<` any more when an accent follows it, or one of
    /// the letters of other scripts that join what comes after them.
    static func escaped(_ text: String) -> String { literal(unformatted(text.plainLine.withUnbrokenPercents)) }

    /// Without the marks that would make outside text bold, struck through or italic: signs that look like them stand in
    /// their places. An underscore inside a name is no mark.
    private static func unformatted(_ line: String) -> String {
        var isWordBefore = false
        return line.unicodeScalars.reduce(into: "") { plain, scalar in
            switch scalar {
            case "*": plain += "∗"
            case "~": plain += "∼"
            case "_" where !isWordBefore: plain += "＿"
            default: plain.unicodeScalars.append(scalar)
            }
            isWordBefore = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
        }
    }

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

    /// Slack's three escapes taken back.
    ///
    /// Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
    package static func unescaped(_ text: some Sequence<Unicode.Scalar>) -> String {
        // `&amp;` last, so that `&amp;lt;` stays `&lt;`.
        let escapes: KeyValuePairs = ["&lt;": "<", "&gt;": ">", "&amp;": "&"]
        let plain = escapes.reduce(String.UnicodeScalarView(text)) {
            $0.replacing($1.key.unicodeScalars, with: $1.value.unicodeScalars)
        }
        return String(plain)
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

    static func bold(_ text: String) -> String { text.isEmpty ? "" : "*\(escaped(text))*" }

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
