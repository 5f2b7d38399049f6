import HTML
import Reporting
import Telemetry

/// Outside text on a page: always one harmless line, escaped, and of bounded length.
extension String {
    /// Longer than any sentence of ours and most log lines; the stored diagnosis has the whole.
    static let longestText = 1_000

    func shown(atMost units: Int = longestText) -> String { PlainText.line(self, atMost: units).htmlEscaped }

    /// A sentence, in which what stands between two backticks is code.
    var prose: String {
        let parts = PlainText.line(self, atMost: Self.longestText).split(
            separator: "`", omittingEmptySubsequences: false)
        // An odd one out is a backtick of somebody else's.
        guard parts.count % 2 == 1 else { return shown() }
        return parts.enumerated().map { index, part in
            index % 2 == 0 ? part.htmlEscaped : "<code>\(part.htmlEscaped)</code>"
        }.joined()
    }

    /// The text as a link, where the address may be followed; else the text alone.
    func linked(to address: String?) -> String {
        guard let address = address.flatMap(PlainText.webAddress) else { return self }
        return "<a href=\"\(address.htmlEscaped)\" rel=\"noreferrer\">\(self)</a>"
    }
}

enum Markup {
    /// On a telephone each row is a paragraph, and its numbers carry their columns' names.
    ///
    /// - Parameter header: a name that begins with `#` is of a column of numbers.
    static func table(_ header: [String], _ rows: [[String]], times: Bool = false) -> String {
        guard !rows.isEmpty else { return "" }
        let names = header.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
        let head = zip(header, names).map { $0.hasPrefix("#") ? "<th class=\"number\">\($1)</th>" : "<th>\($1)</th>" }
        let marks = zip(header, names).enumerated().map { index, name in
            if name.0.hasPrefix("#") { return " class=\"number\" data-label=\"\(name.1)\"" }
            return times && index == 0 ? " class=\"time\"" : ""
        }
        let body = rows.map { row in
            "<tr>\(zip(row, marks).map { "<td\($1)>\($0)</td>" }.joined(separator: " "))</tr>"
        }
        return """
            <div class="table stack"><table>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    static func section(_ title: String, _ content: [String]) -> String {
        let content = content.filter { !$0.isEmpty }
        guard !content.isEmpty else { return "" }
        return (["<h2 id=\"\(title.headingAnchor)\">\(title)</h2>"] + content).joined(separator: "\n")
    }

    static func list(_ items: [String], ordered: Bool = false) -> String {
        guard !items.isEmpty else { return "" }
        let tag = ordered ? "ol" : "ul"
        return "<\(tag)>\n\(items.map { "<li>\($0)</li>" }.joined(separator: "\n"))\n</\(tag)>"
    }

    static func quiet(_ text: String) -> String { "<p class=\"quiet\">\(text)</p>" }

    static func badge(_ text: String, _ kind: String = "") -> String {
        "<span class=\"badge\(kind.isEmpty ? "" : " \(kind)")\">\(text)</span>"
    }

    /// "2026-11-22 14:29:41", in UTC; only "14:29:41" on the day that the reader knows.
    static func time(_ instant: Timestamp, on day: String = "") -> String { time(instant.description, on: day) }

    /// The same of a time as a diagnosis has it: RFC 3339 in UTC.
    static func time(_ text: String, on day: String = "") -> String {
        let plain = text.prefix { $0 != "." && $0 != "Z" }
        let isToday = !day.isEmpty && plain.hasPrefix(day + "T")
        let shown = isToday ? String(plain.dropFirst(day.count + 1)) : String(plain.replacing("T", with: " "))
        return "<time datetime=\"\(text.shown(atMost: 40))\">\(shown.shown(atMost: 40))</time>"
    }

    /// "2026-11-22", in UTC.
    static func day(of instant: Timestamp) -> String { String(instant.description.prefix { $0 != "T" }) }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
