/// A summary as the body for a Teams Workflows URL: an Adaptive Card in its envelope.
package struct TeamsRenderer: Sendable {
    enum Limit {
        /// Teams refuses 28,672 bytes, counted after it has added properties of its own.
        static let message = 20 * 1024
        static let refusedBytes = 28_672
        /// A body of 24,453 bytes was seen to be refused as one of 28,897.
        static let addedBytes = 28_897 - 24_453
        /// Teams shows this many buttons of a card.
        static let actions = 6
        /// A longer address would crowd out the text that it stands in.
        static let inlineURL = 500
        /// Of the timeline under Show evidence: as many as a person scrolls through.
        static let steps = 40
    }

    /// 1.5 was seen to fail while the flow reported success.
    private static let cardVersion = "1.4"
    static let evidenceID = "evidence"

    package init() {}

    package func body(_ summary: Summary) -> [UInt8] { Array(message(summary).compact.utf8) }

    func message(_ summary: Summary) -> JSONValue {
        ChatTrimming.fit(
            summary, into: Limit.message, steps: Limit.steps, size: { $0.compact.utf8.count }, render: render)
    }

    private func render(_ trimming: ChatTrimming) -> JSONValue {
        let layout = SummaryLayout(summary: trimming.summary, unnamed: trimming.unnamed)
        let evidence = evidence(layout)
        var body = head(layout) + layout.sections.flatMap { elements(of: $0, layout) }
        let footer = [layout.footer, trimming.notice ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        if !footer.isEmpty {
            body.append(text(MarkdownText.escaped(footer), ["size": .string("Small"), "isSubtle": .bool(true)]))
        }
        if !evidence.isEmpty {
            body.append(
                .fields([
                    "type": .string("ActionSet"), "actions": .array([toggle(layout)]),
                ]))
            body.append(
                .fields([
                    "type": .string("Container"), "id": .string(Self.evidenceID), "isVisible": .bool(false),
                    "items": .array(evidence),
                ]))
        }
        let card = JSONValue.fields([
            "type": .string("AdaptiveCard"),
            "$schema": .string("http://adaptivecards.io/schemas/adaptive-card.json"),
            "version": .string(Self.cardVersion), "msteams": teamsProperties(layout.summary.mentions),
            "fallbackText": .string(story(layout)),
            "body": .array(body), "actions": .array(actions(layout.summary.links)),
        ])
        return .fields([
            "type": .string("message"),
            "attachments": .array([
                .fields([
                    "contentType": .string("application/vnd.microsoft.card.adaptive"), "contentUrl": .null,
                    "content": card,
                ])
            ]),
        ])
    }

    private func head(_ layout: SummaryLayout) -> [JSONValue] {
        let headline = "\(layout.emoji) \(MarkdownText.escaped(layout.markedHeadline))"
        var elements = [text(headline, ["size": .string("Medium"), "weight": .string("Bolder")])]
        if let mark = layout.summary.mark {
            elements.append(
                text(layout.say(mark.explanation), ["color": .string("Warning"), "spacing": .string("None")]))
        }
        if !layout.summary.context.isEmpty {
            elements.append(
                text(
                    MarkdownText.escaped(layout.summary.context),
                    ["isSubtle": .bool(true), "spacing": .string("None")]))
        }
        let mentions = layout.summary.mentions.filter(TeamsMention.isName).map(TeamsMention.text)
        if !mentions.isEmpty { elements.append(text(mentions.joined(separator: " "), ["spacing": .string("None")])) }
        return elements
    }

    /// What a client shows that cannot show the card.
    private func story(_ layout: SummaryLayout) -> String {
        [layout.emoji + " " + layout.markedHeadline, layout.summary.context].filter { !$0.isEmpty }
            .map(MarkdownText.escaped).joined(separator: " · ").withUnbrokenPercents
    }

    private func teamsProperties(_ mentions: [String]) -> JSONValue {
        let entities = mentions.filter(TeamsMention.isName).map(TeamsMention.entity)
        let width = JSONValue.Field(name: "width", value: .string("Full"))
        return .object(entities.isEmpty ? [width] : [width, .init(name: "entities", value: .array(entities))])
    }

    /// Sentences as text, everything that has a time or a number before it as facts. What was found is under
    /// Show evidence, and so are all log lines but the first, which tells most.
    private func elements(of section: SummaryLayout.Section, _ layout: SummaryLayout) -> [JSONValue] {
        let label = section.label.map { "**\(layout.say($0))**" }
        var elements: [JSONValue] = []
        var facts: [JSONValue] = []
        for line in section.lines {
            switch line {
            case .sentence(let sentence):
                elements.append(text(MarkdownText.teamsSentence(sentence), under: label, elements))
            case .names(let names, let outcome, let more):
                elements.append(text(self.names(names, outcome, more, layout), under: label, elements))
            case .step(let step): facts.append(fact(step.time, step.text))
            case .action(let number, let action): facts.append(fact(String(number), action))
            case .log(let line): if elements.isEmpty { elements = [text(label ?? "", [:]), monospaced(line, layout)] }
            case .finding: continue
            }
        }
        if elements.isEmpty, !facts.isEmpty, let label { elements.append(text(label, [:])) }
        guard !facts.isEmpty else { return elements }
        return elements + [.fields(["type": .string("FactSet"), "facts": .array(facts)])]
    }

    /// The section's first text stands behind its label, the others close below.
    private func text(_ words: String, under label: String?, _ previous: [JSONValue]) -> JSONValue {
        guard previous.isEmpty else { return text(words, ["spacing": .string("None")]) }
        return text((label.map { $0 + "  " } ?? "") + words, [:])
    }

    private func names(
        _ names: [Summary.Affected], _ outcome: String, _ more: Int, _ layout: SummaryLayout
    ) -> String {
        let shown = names.map { affected in
            let url = affected.url.flatMap { $0.utf8.count <= Limit.inlineURL ? $0 : nil }
            let name = url.map { MarkdownText.link(affected.name, $0) } ?? MarkdownText.escaped(affected.name)
            return affected.outcome.isEmpty ? name : "\(name) \(MarkdownText.escaped(affected.outcome))"
        }
        return (outcome.isEmpty ? "" : MarkdownText.escaped(outcome) + ": ") + shown.joined(separator: " · ")
            + (more > 0 ? " · \(layout.say(Quantities.more(more)))" : "")
    }

    /// What is shown on request: the findings, the remaining log lines, how it went over time, the whole timeline, the links
    /// that have no button.
    private func evidence(_ layout: SummaryLayout) -> [JSONValue] {
        let summary = layout.summary
        var elements: [JSONValue] = []
        let findings = Summary.Finding.told(summary.causes.first?.evidence ?? [])
        if !findings.isEmpty {
            elements.append(text("**\(layout.say(.found))**", [:]))
            elements.append(
                .fields(["type": .string("FactSet"), "facts": .array(findings.map { fact("•", $0.text) })]))
        }
        if summary.keyLines.count > 1 {
            elements.append(text("**\(layout.say(.log))**", [:]))
            elements += summary.keyLines.dropFirst().map { monospaced($0, layout) }
        }
        if let course = summary.course {
            elements.append(text("**\(MarkdownText.escaped(course.title))**", [:]))
            elements.append(
                .fields(["type": .string("FactSet"), "facts": .array(course.rows.map { fact($0.time, $0.text) })]))
        }
        if summary.timeline.count > layout.steps.count {
            elements.append(text("**\(layout.say(.timeline))**", [:]))
            elements.append(
                .fields([
                    "type": .string("FactSet"), "facts": .array(summary.timeline.map { fact($0.time, $0.text) }),
                ]))
        }
        let others = summary.links.dropFirst(Limit.actions)
        if !others.isEmpty {
            elements.append(text("**\(layout.say(.links))**", [:]))
            elements += others.map {
                text(MarkdownText.link($0.title, $0.url) + ": " + MarkdownText.teamsSentence($0.destination), [:])
            }
        }
        return elements
    }

    private func actions(_ links: [Summary.Link]) -> [JSONValue] {
        links.prefix(Limit.actions).map { link in
            .fields([
                "type": .string("Action.OpenUrl"), "title": .string(link.title.plainLine), "url": .string(link.url),
            ])
        }
    }

    /// In the body: below it Teams would drop the seventh button.
    private func toggle(_ layout: SummaryLayout) -> JSONValue {
        .fields([
            "type": .string("Action.ToggleVisibility"), "title": .string(layout.say(.showEvidence)),
            "targetElements": .array([.string(Self.evidenceID)]),
        ])
    }

    private func fact(_ title: String, _ value: String) -> JSONValue {
        .fields([
            "title": .string(MarkdownText.escaped(title)),
            "value": .string(MarkdownText.teamsSentence(value).withUnbrokenPercents),
        ])
    }

    private func monospaced(_ line: Summary.LogLine, _ layout: SummaryLayout) -> JSONValue {
        let count = line.count > 1 ? "  ×\(layout.say(line.count))" : ""
        return text(
            MarkdownText.escaped(line.text) + count,
            ["fontType": .string("Monospace"), "size": .string("Small"), "spacing": .string("Small")])
    }

    private func text(_ text: String, _ style: KeyValuePairs<String, JSONValue>) -> JSONValue {
        let fields =
            [JSONValue.Field(name: "type", value: .string("TextBlock"))]
            + [.init(name: "text", value: .string(text.withUnbrokenPercents)), .init(name: "wrap", value: .bool(true))]
        return .object(fields + style.map { JSONValue.Field(name: $0.key, value: $0.value) })
    }
}
