import Languages

/// Buttons that are sent back to us. The value of each is the command that does the same.
///
/// Source: https://docs.slack.dev/reference/block-kit/blocks/actions-block and `context-actions-block`
extension SlackRenderer {
    /// What a button does besides opening a link, as a command with its incident.
    package enum Button: Hashable, Sendable, CaseIterable {
        case acknowledge, silence, endSilence, replay

        var title: Phrase {
            switch self {
            case .acknowledge: "Acknowledge"
            case .silence: "Silence 1 h"
            case .endSilence: "End the silence"
            case .replay: "Replay"
            }
        }

        var action: String {
            switch self {
            case .acknowledge: "acknowledge"
            case .silence: "silence"
            case .endSilence: "end-silence"
            case .replay: "replay"
            }
        }

        func command(on incident: String) -> String {
            switch self {
            case .acknowledge: "ack \(incident)"
            case .silence: "silence \(incident) 1h"
            case .endSilence: "unsilence \(incident)"
            case .replay: "replay \(incident)"
            }
        }
    }

    func offers(of summary: Summary) -> [JSONValue] {
        guard let incident = summary.incident else { return [] }
        let order: [(Summary.Offer, Button)] = [
            (.acknowledge, .acknowledge), (.silence, .silence), (.replay, .replay),
        ]
        // What is over needs nobody any more; whether the cause was right can still be said.
        let isOver = if case .resolved = summary.status { true } else { false }
        let buttons = order.filter { summary.offers.contains($0.0) && !isOver }.map(\.1)
        var blocks = buttons.isEmpty ? [] : [self.buttons(buttons, on: incident, in: summary.language)]
        if summary.offers.contains(.vote), summary.causes.first?.isKnown == true {
            blocks.append(votes(on: incident, in: summary.language))
        }
        return blocks
    }

    func buttons(_ buttons: [Button], on incident: String, in language: Language) -> JSONValue {
        .fields([
            "type": .string("actions"),
            "elements": .array(
                buttons.map { button in
                    .fields([
                        "type": .string("button"), "action_id": .string(button.action),
                        "text": plain(button.title, language), "value": .string(button.command(on: incident)),
                    ])
                }),
        ])
    }

    private func votes(on incident: String, in language: Language) -> JSONValue {
        .fields([
            "type": .string("context_actions"),
            "elements": .array([
                .fields([
                    "type": .string("feedback_buttons"), "action_id": .string("vote"),
                    "positive_button": .fields([
                        "text": plain(Vote.right, language), "value": .string("right \(incident)"),
                        "accessibility_label": .string(Vote.rightInFull.said(in: language)),
                    ]),
                    "negative_button": .fields([
                        "text": plain(Vote.wrong, language), "value": .string("wrong \(incident)"),
                        "accessibility_label": .string(Vote.wrongInFull.said(in: language)),
                    ]),
                ])
            ]),
        ])
    }

    private func plain(_ text: Phrase, _ language: Language) -> JSONValue {
        .fields(["type": .string("plain_text"), "text": .string(text.said(in: language)), "emoji": .bool(false)])
    }

    /// What the buttons say that ask whether the cause was right.
    enum Vote {
        static let right: Phrase = "It was that"
        static let wrong: Phrase = "It was not"
        static let rightInFull: Phrase = "The named cause was the right one"
        static let wrongInFull: Phrase = "The named cause was not the right one"
    }
}
