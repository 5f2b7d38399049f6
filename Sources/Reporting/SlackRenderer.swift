import Languages

/// A summary as the body of a Slack incoming webhook: Block Kit, with the story as text for notifications.
package struct SlackRenderer: Sendable {
    /// Block Kit's limits (https://docs.slack.dev/reference/block-kit/blocks), in characters.
    enum Limit {
        static let blocks = 50
        static let sectionText = 3000
        static let actions = 25
        /// More buttons than two rows on a telephone nobody reads.
        static let buttons = 6
        static let buttonText = 75
        static let identifier = 255
        static let url = 3000
        /// Slack refuses a message near 13,200 with `msg_blocks_too_long`, which is not documented.
        static let refusedText = 13_200
        /// Of our own, below it: of the whole JSON, in UTF-16 units.
        static let message = 12_000
        /// Of the text beside the blocks; Slack advises it (https://docs.slack.dev/reference/methods/chat.postMessage).
        static let notification = 4000
    }

    /// Longer ones would crowd out the text that they stand in.
    private static let inlineURLLength = 500

    package init() {}

    package func body(_ summary: Summary) -> [UInt8] { Array(message(summary).compact.utf8) }

    /// Everything that is known, without what the message above it has said: for its thread.
    package func details(_ summary: Summary) -> [UInt8] {
        var summary = summary
        summary.links = []
        summary.recommendations = []
        let message: JSONValue = ChatTrimming.fit(
            summary, into: Limit.message, steps: TextBounds.standard.keySteps, size: { $0.compact.utf16.count },
            render: { trimming in
                var layout = SummaryLayout(summary: trimming.summary, unnamed: trimming.unnamed)
                layout.isComplete = true
                let blocks = layout.sections.flatMap { sections(lines(of: $0, layout)) }
                return JSONValue.fields([
                    "text": .string(SlackText.escaped(layout.say("Evidence: \(layout.summary.headline)"))),
                    "blocks": .array(Array(blocks.prefix(Limit.blocks))),
                ])
            })
        return Array(message.compact.utf8)
    }

    func message(_ summary: Summary) -> JSONValue {
        ChatTrimming.fit(
            atFirstSight(summary), into: Limit.message, steps: TextBounds.standard.keySteps,
            size: { $0.compact.utf16.count },
            render: render)
    }

    /// Without what waits behind the buttons: there is nothing to unfold in a message.
    private func atFirstSight(_ summary: Summary) -> Summary {
        var summary = summary
        summary.timeline = summary.timeline.filter(\.isKey)
        summary.links = Array(summary.links.prefix(Limit.buttons))
        return summary
    }

    private func render(_ trimming: ChatTrimming) -> JSONValue {
        let layout = SummaryLayout(summary: trimming.summary, unnamed: trimming.unnamed)
        var blocks = textBlocks(layout)
        let footer = [layout.footer, trimming.notice ?? ""].filter { !$0.isEmpty }.map(SlackText.sentence)
        if !footer.isEmpty { blocks.append(context(footer.joined(separator: "\n"))) }
        if let actions = actions(links(of: trimming.summary)) { blocks.append(actions) }
        blocks += offers(of: trimming.summary)
        return .fields(["text": .string(notification(layout)), "blocks": .array(Array(blocks.prefix(Limit.blocks)))])
    }

    /// What a telephone shows on its locked screen.
    private func notification(_ layout: SummaryLayout) -> String {
        SlackText.escaped("\(layout.emoji) \(layout.markedHeadline)") + "\n" + SlackText.escaped(layout.summary.context)
    }

    private func textBlocks(_ layout: SummaryLayout) -> [JSONValue] {
        var head = ["\(layout.emoji) \(SlackText.bold(layout.markedHeadline))"]
        if let mark = layout.summary.mark { head.append("_\(layout.say(mark.explanation))_") }
        if !layout.summary.context.isEmpty { head.append(SlackText.escaped(layout.summary.context)) }
        let mentions = layout.summary.mentions.compactMap(SlackText.mention)
        if !mentions.isEmpty { head.append(mentions.joined(separator: " ")) }
        return sections(head) + layout.sections.flatMap { sections(lines(of: $0, layout)) }
    }

    /// One section, or several where one would be too long.
    func sections(_ lines: [String]) -> [JSONValue] {
        var texts: [String] = []
        for line in lines where line.utf16.count <= Limit.sectionText {
            if let last = texts.last, last.utf16.count + 1 + line.utf16.count <= Limit.sectionText {
                texts[texts.count - 1] = last + "\n" + line
            } else {
                texts.append(line)
            }
        }
        return texts.map { .fields(["type": .string("section"), "text": mrkdwn($0)]) }
    }

    private func lines(of section: SummaryLayout.Section, _ layout: SummaryLayout) -> [String] {
        let lines = section.lines.map { line($0, layout) }
        guard let name = section.label else { return lines }
        let label = "*\(layout.say(name))*"
        // A list gets its label above it; a single line stands beside it.
        if case .sentence? = section.lines.first, let first = lines.first {
            return ["\(label)  \(first)"] + lines.dropFirst()
        }
        return lines.count == 1 ? ["\(label)  \(lines[0])"] : [label] + lines
    }

    private func line(_ line: SummaryLayout.Line, _ layout: SummaryLayout) -> String {
        switch line {
        case .sentence(let text): return SlackText.sentence(text)
        case .step(let step): return "\(SlackText.escaped(step.time))  \(SlackText.sentence(step.text))"
        case .finding(let finding):
            return "• " + SlackText.sentence(finding.text)
        case .action(let number, let text): return "\(number). \(SlackText.sentence(text))"
        case .log(let line):
            return SlackText.code(line.text) + (line.count > 1 ? "  ×\(layout.say(line.count))" : "")
        case .names(let names, let outcome, let more):
            let shown = names.map { affected in
                let url = affected.url.flatMap { $0.utf8.count <= Self.inlineURLLength ? $0 : nil }
                let name = url.map { SlackText.link(affected.name, $0) } ?? SlackText.escaped(affected.name)
                return affected.outcome.isEmpty ? name : "\(name) \(SlackText.escaped(affected.outcome))"
            }
            return (outcome.isEmpty ? "" : SlackText.escaped(outcome) + ": ") + shown.joined(separator: " · ")
                + (more > 0 ? " · \(layout.say(Quantities.more(more)))" : "")
        }
    }

    func context(_ text: String) -> JSONValue {
        .fields(["type": .string("context"), "elements": .array([mrkdwn(text)])])
    }

    private func actions(_ links: [Summary.Link]) -> JSONValue? {
        let buttons = links.prefix(Limit.actions).enumerated().map { index, link in
            JSONValue.fields([
                "type": .string("button"), "action_id": .string("open-\(index)"),
                "text": .fields([
                    "type": .string("plain_text"), "text": .string(link.title.plainLine.cut(to: Limit.buttonText)),
                    "emoji": .bool(false),
                ]),
                "url": .string(link.url),
            ])
        }
        guard !buttons.isEmpty else { return nil }
        return .fields(["type": .string("actions"), "elements": .array(buttons)])
    }

    /// The link to Alertmanager's form is for those who have no button that silences.
    private func links(of summary: Summary) -> [Summary.Link] {
        summary.offers.contains(.silence) ? summary.links.filter { $0.target != .silence } : summary.links
    }

    func mrkdwn(_ text: String) -> JSONValue {
        .fields(["type": .string("mrkdwn"), "text": .string(text), "verbatim": .bool(true)])
    }
}
