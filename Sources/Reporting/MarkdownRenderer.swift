/// A summary as Markdown for a ticket or a post-mortem: everything that is known, with its links in place.
package struct MarkdownRenderer: Sendable {
    package init() {}

    package func text(_ summary: Summary) -> String {
        let summary = summary.bounded()
        let layout = SummaryLayout(summary: summary, isComplete: true)
        var paragraphs = ["# \(layout.emoji) \(MarkdownText.escaped(layout.markedHeadline))"]
        if let mark = summary.mark { paragraphs.append("**\(layout.say(mark.explanation))**") }
        if !summary.context.isEmpty { paragraphs.append(MarkdownText.escaped(summary.context)) }
        for section in layout.sections { paragraphs += text(of: section, layout) }
        paragraphs += figures(layout) + links(layout)
        if !layout.footer.isEmpty { paragraphs.append("_\(MarkdownText.escaped(layout.footer))_") }
        return paragraphs.joined(separator: "\n\n") + "\n"
    }

    private func text(of section: SummaryLayout.Section, _ layout: SummaryLayout) -> [String] {
        let heading = section.label.map { ["## \(layout.say($0))"] } ?? []
        var paragraphs: [String] = []
        var list: [String] = []
        for line in section.lines {
            if case .sentence(let text) = line, section.lines.count == 1 || list.isEmpty {
                paragraphs.append(MarkdownText.sentence(text))
            } else {
                list.append(item(line, layout))
            }
        }
        return heading + paragraphs + (list.isEmpty ? [] : [list.joined(separator: "\n")])
    }

    private func item(_ line: SummaryLayout.Line, _ layout: SummaryLayout) -> String {
        switch line {
        case .sentence(let text): "- \(MarkdownText.sentence(text))"
        case .step(let step): "- \(MarkdownText.escaped(step.time))  \(MarkdownText.sentence(step.text))"
        case .finding(let finding): "- \(self.finding(finding, layout))"
        case .action(let number, let text): "\(number). \(MarkdownText.sentence(text))"
        case .log(let line):
            "- \(MarkdownText.code(line.text))" + (line.count > 1 ? " ×\(layout.say(line.count))" : "")
                + (line.origin.isEmpty ? "" : " (\(MarkdownText.escaped(line.origin)))")
        case .names(let names, let outcome, _):
            names.map { affected in
                let name =
                    affected.url.map { MarkdownText.link(affected.name, $0) } ?? MarkdownText.escaped(affected.name)
                return "- \(name)" + (affected.outcome.isEmpty ? "" : " \(MarkdownText.escaped(affected.outcome))")
                    + (outcome.isEmpty ? "" : ": \(MarkdownText.escaped(outcome))")
            }.joined(separator: "\n")
        }
    }

    private func finding(_ finding: Summary.Finding, _ layout: SummaryLayout) -> String {
        MarkdownText.sentence(finding.text) + (finding.url.map { " ([\(layout.say(.see))](\($0)))" } ?? "")
    }

    private func figures(_ layout: SummaryLayout) -> [String] {
        let figures = layout.summary.figures
        guard !figures.isEmpty else { return [] }
        let rows = figures.map { "| \(MarkdownText.escaped($0.name)) | \(MarkdownText.escaped($0.value)) |" }
        let head = ["| \(layout.say(.figure)) | \(layout.say(.value)) |", "| --- | --- |"]
        return ["## \(layout.say(.figures))", (head + rows).joined(separator: "\n")]
    }

    private func links(_ layout: SummaryLayout) -> [String] {
        let links = layout.summary.links
        guard !links.isEmpty else { return [] }
        let items = links.map { "- \(MarkdownText.link($0.title, $0.url)): \(MarkdownText.sentence($0.destination))" }
        return ["## \(layout.say(.links))", items.joined(separator: "\n")]
    }
}
