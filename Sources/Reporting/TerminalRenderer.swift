/// A summary as text for a terminal of 80 columns; where its links lead stands at the end.
package struct TerminalRenderer: Sendable {
    /// The width that every terminal and every e-mail has.
    static let columns = 80
    /// Of the labels on the left, the gap included.
    private static let labelColumns = 16

    private let usesColours: Bool

    /// - Parameter usesColours: only for output that goes to a terminal.
    package init(usesColours: Bool) {
        self.usesColours = usesColours
    }

    package func text(_ summary: Summary) -> String {
        let summary = summary.bounded()
        let layout = SummaryLayout(summary: summary)
        var lines = head(layout)
        for section in layout.sections { lines += self.lines(of: section, in: layout) }
        let hidden = summary.timeline.count - layout.steps.count
        let more = hidden > 0 ? [Quantities.count(hidden, "more step") + " in between"] : []
        let footer = ([layout.footer] + more).filter { !$0.isEmpty }.joined(separator: " · ")
        if !footer.isEmpty { lines += [""] + TerminalText.wrapped(footer, to: Self.columns).map { styled($0, .dim) } }
        return (lines + links(summary)).joined(separator: "\n") + "\n"
    }

    private func head(_ layout: SummaryLayout) -> [String] {
        let headline = TerminalText.wrapped("\(layout.emoji) \(layout.markedHeadline)", to: Self.columns)
        let mark = layout.summary.mark.map { TerminalText.wrapped($0.explanation, to: Self.columns) } ?? []
        let context = TerminalText.wrapped(layout.summary.context, to: Self.columns)
        return headline.map { styled($0, .bold) } + mark.map { styled($0, .warning) }
            + context.map { styled($0, .dim) }
    }

    /// The label on the left of the first line; each section of several lines is set off by an empty one.
    private func lines(of section: SummaryLayout.Section, in layout: SummaryLayout) -> [String] {
        let indent = String(repeating: " ", count: Self.labelColumns)
        let body = section.lines.flatMap { wrapped($0) }
        guard let first = body.first else { return [] }
        let room = Self.labelColumns - 2
        guard TerminalText.width(section.label) <= room else {
            return ["", styled(section.label, .bold)] + body.map { indent + $0 }
        }
        let gap = String(repeating: " ", count: Self.labelColumns - TerminalText.width(section.label))
        return ["", styled(section.label, .bold) + gap + first] + body.dropFirst().map { indent + $0 }
    }

    private func wrapped(_ line: SummaryLayout.Line) -> [String] {
        switch line {
        case .sentence(let text): wrapped(text.plainLine, after: "")
        case .step(let step): wrapped(step.text, after: step.time + "  ")
        case .finding(let finding): wrapped(finding.text, after: finding.time.map { $0 + "  " } ?? "- ")
        case .action(let number, let text): wrapped(text, after: "\(number). ")
        case .log(let line):
            wrapped(line.text + (line.count > 1 ? " ×\(Quantities.count(line.count))" : ""), after: "")
        case .names(let names, let more):
            wrapped(
                (names.map { $0.outcome.isEmpty ? $0.name : "\($0.name) \($0.outcome)" }
                    + (more > 0 ? ["\(Quantities.count(more)) more"] : [])).joined(separator: " · "), after: "")
        }
    }

    private func wrapped(_ text: String, after lead: String) -> [String] {
        let width = TerminalText.width(lead)
        let lines = TerminalText.wrapped(text, to: max(20, Self.columns - Self.labelColumns - width))
        return lines.enumerated().map { ($0.offset == 0 ? lead : String(repeating: " ", count: width)) + $0.element }
    }

    /// A URL is never broken: a broken one cannot be opened.
    private func links(_ summary: Summary) -> [String] {
        let named = summary.affectedNames.prefix(TextBounds.standard.names).compactMap { affected in
            affected.url.map { (title: affected.name, destination: "", url: $0) }
        }
        let all = summary.links.map { (title: $0.title, destination: $0.destination, url: $0.url) } + named
        guard !all.isEmpty else { return [] }
        return ["", styled("Links", .bold)]
            + all.flatMap { link in
                let title = link.destination.isEmpty ? link.title : "\(link.title): \(link.destination)"
                return TerminalText.wrapped(title, to: Self.columns - 2).map { "  " + $0 }
                    + ["    " + styled(link.url, .dim)]
            }
    }

    /// ECMA-48's graphic renditions.
    private enum Style: String {
        case bold = "1"
        case dim = "2"
        case warning = "33"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        usesColours && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
