import Languages

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
        let layout = SummaryLayout(summary: summary, isReport: true)
        var lines = head(layout)
        for (index, section) in layout.sections.enumerated() {
            // Why stands apart; whom, what to do and the rest follow closely, so that a screen holds them.
            if index == 0 || index == layout.numberOfWhySections { lines.append("") }
            lines += self.lines(of: section, layout)
        }
        lines += figures(layout)
        let hidden = summary.timeline.count - layout.steps.count
        let more: Phrase = "the timeline has \(Quantities.count(hidden, .moreStep)): `--format markdown`"
        let footer = [layout.footer, hidden > 0 ? layout.say(more) : ""].filter { !$0.isEmpty }.joined(separator: " · ")
        if !footer.isEmpty { lines += [""] + TerminalText.wrapped(footer, to: Self.columns).map { styled($0, .dim) } }
        return (lines + links(layout)).joined(separator: "\n") + "\n"
    }

    /// What whoever has the time for it wants to know.
    private func figures(_ layout: SummaryLayout) -> [String] {
        let lines = layout.summary.figures.flatMap {
            wrapped("\($0.name): \($0.value)", hanging: 2, to: Self.columns - Self.labelColumns)
        }
        return lines.isEmpty ? [] : [""] + labelled(layout.say(.figures), lines)
    }

    private func head(_ layout: SummaryLayout) -> [String] {
        let headline = TerminalText.wrapped("\(layout.emoji) \(layout.markedHeadline)", to: Self.columns)
        let mark = layout.summary.mark.map { TerminalText.wrapped(layout.say($0.explanation), to: Self.columns) } ?? []
        let context = TerminalText.wrapped(layout.summary.context, to: Self.columns)
        return headline.map { styled($0, .bold) } + mark.map { styled($0, .warning) }
            + context.map { styled($0, .dim) }
    }

    /// The label on the left of the first line; what has none takes the whole width.
    private func lines(of section: SummaryLayout.Section, _ layout: SummaryLayout) -> [String] {
        guard let label = section.label else {
            return section.lines.flatMap { wrapped($0, to: Self.columns, layout) }
        }
        return labelled(
            layout.say(label),
            section.lines.flatMap { wrapped($0, to: Self.columns - Self.labelColumns, layout) })
    }

    private func labelled(_ label: String, _ body: [String]) -> [String] {
        guard let first = body.first else { return [] }
        let indent = String(repeating: " ", count: Self.labelColumns)
        let gap = String(repeating: " ", count: max(1, Self.labelColumns - TerminalText.width(label)))
        return [styled(label, .bold) + gap + first] + body.dropFirst().map { indent + $0 }
    }

    private func wrapped(_ line: SummaryLayout.Line, to columns: Int, _ layout: SummaryLayout) -> [String] {
        switch line {
        case .sentence(let text): wrapped(text, to: columns)
        case .step(let step): wrapped(step.text, after: step.time + "  ", to: columns)
        case .finding(let finding): wrapped(finding.text, after: "- ", to: columns)
        case .action(let number, let text): wrapped(text, after: "\(number). ", to: columns)
        case .log(let line):
            wrapped(line.text + (line.count > 1 ? " ×\(layout.say(line.count))" : ""), hanging: 2, to: columns)
        case .names(let names, let outcome, let more):
            TerminalText.wrapped(
                names.map { $0.outcome.isEmpty ? $0.name : "\($0.name) \($0.outcome)" }
                    + (more > 0 ? [layout.say(Quantities.more(more))] : []),
                after: outcome.isEmpty ? "" : outcome + ": ", to: columns)
        }
    }

    /// - Parameter hanging: by how much the lines after the first are set in; by the lead's width unless given.
    private func wrapped(_ text: String, after lead: String = "", hanging: Int? = nil, to columns: Int) -> [String] {
        let width = hanging ?? TerminalText.width(lead)
        let lines = TerminalText.wrapped(text, to: max(Self.fewestColumns, columns - width))
        return lines.enumerated().map { ($0.offset == 0 ? lead : String(repeating: " ", count: width)) + $0.element }
    }

    /// Beside an oversized lead a text still gets this much.
    private static let fewestColumns = 20

    /// A URL is never broken: a broken one cannot be opened.
    private func links(_ layout: SummaryLayout) -> [String] {
        let summary = layout.summary
        let named = summary.affectedNames.prefix(TextBounds.standard.names).compactMap { affected in
            affected.url.map { (title: affected.name, destination: "", url: $0) }
        }
        let all = summary.links.map { (title: $0.title, destination: $0.destination, url: $0.url) } + named
        guard !all.isEmpty else { return [] }
        return ["", styled(layout.say(.links), .bold)]
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
