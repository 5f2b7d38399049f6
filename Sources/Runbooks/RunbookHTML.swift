import HTML

/// Writes the blocks of a page as HTML, with the values of an incident in the place of placeholders.
struct RunbookHTML {
    let values: RunbookValues
    /// What stands before the name of another page in a link.
    let folder: String
    /// What stands behind it: the query that keeps the incident.
    let query: String

    func text(_ blocks: [MarkdownBlock]) -> String {
        blocks.map(block).joined(separator: "\n")
    }

    private func block(_ block: MarkdownBlock) -> String {
        switch block {
        case .heading(let level, let parts):
            let title = parts.map(\.plainText).joined()
            return "<h\(level) id=\"\(title.headingAnchor)\">\(title.htmlEscaped)</h\(level)>"
        case .paragraph(let parts): return "<p>\(inlines(parts))</p>"
        case .list(let isOrdered, let items):
            let tag = isOrdered ? "ol" : "ul"
            return "<\(tag)>\n\(items.map { "<li>\(inlines($0))</li>" }.joined(separator: "\n"))\n</\(tag)>"
        case .table(let header, let rows): return table(header, rows)
        case .code(let language, let text): return code(text, language)
        }
    }

    /// Lines are marked one by one, so that a long one can be wrapped and still be told from the next.
    private func code(_ text: String, _ language: String) -> String {
        let query = Self.queryLanguages[language]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            "<span class=\"line\">\(filled(String($0), in: query == nil ? .shell : .query))</span>"
        }
        let caption = query ?? (language == "sh" ? "Shell" : language)
        return "<pre data-caption=\"\(caption.htmlEscaped)\"><code>\(lines.joined(separator: "\n"))</code></pre>"
    }

    /// What is pasted into Grafana and not into a shell, by its name.
    private static let queryLanguages = ["traceql": "TraceQL", "logql": "LogQL", "promql": "PromQL"]

    private func table(_ header: [[MarkdownInline]], _ rows: [[[MarkdownInline]]]) -> String {
        let head = header.map { "<th>\(inlines($0))</th>" }.joined()
        let body = rows.map { "<tr>\($0.map { "<td>\(inlines($0))</td>" }.joined())</tr>" }.joined(separator: "\n")
        return """
            <div class="table"><table>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)
            </tbody>
            </table></div>
            """
    }

    private func inlines(_ parts: [MarkdownInline]) -> String { parts.map(inline).joined() }

    private func inline(_ part: MarkdownInline) -> String {
        switch part {
        case .text(let text): filled(text, in: .query)
        case .code(let text): "<code>\(filled(text, in: .shell))</code>"
        case .strong(let parts): "<strong>\(inlines(parts))</strong>"
        case .emphasis(let parts): "<em>\(inlines(parts))</em>"
        case .link(let parts, let target):
            page(of: target).map { "<a href=\"\("\(folder)\($0)\(query)".htmlEscaped)\">\(inlines(parts))</a>" }
                ?? inlines(parts)
        }
    }

    /// Pages link to pages only; any other target is left out, so that no text can lead away.
    private func page(of target: String) -> String? {
        guard target.hasSuffix(RunbookLibrary.fileType) else { return nil }
        let name = target.dropLast(RunbookLibrary.fileType.count)
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (97...122).contains($0) }
        return isName ? String(name) : nil
    }

    /// With its placeholders filled in where there is a value that may stand there; the others are marked.
    private func filled(_ text: String, in place: Placeholder.Place) -> String {
        Placeholder.pieces(of: text).map { piece in
            switch piece {
            case .text(let text): return text.htmlEscaped
            case .placeholder(let placeholder):
                if let value = values[placeholder], placeholder.accepts(value, in: place) {
                    return "<span class=\"value\">\(value.htmlEscaped)</span>"
                }
                return "<span class=\"open\">\(placeholder.rawValue)</span>"
            }
        }.joined()
    }
}
