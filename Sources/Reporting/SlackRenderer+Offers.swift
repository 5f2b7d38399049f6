/// Buttons that are sent back to us. The value of each is the command that does the same.
///
/// Source: https://docs.slack.dev/reference/block-kit/blocks/actions-block and `context-actions-block`
extension SlackRenderer {
    /// What a button does besides opening a link, as a command with its incident.
    package enum Button: Hashable, Sendable {
        case acknowledge, silence, endSilence, replay

        var title: String {
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
        var blocks = buttons.isEmpty ? [] : [self.buttons(buttons, on: incident)]
        if summary.offers.contains(.vote), summary.causes.first?.isKnown == true { blocks.append(votes(on: incident)) }
        return blocks
    }

    func buttons(_ buttons: [Button], on incident: String) -> JSONValue {
        .fields([
            "type": .string("actions"),
            "elements": .array(
                buttons.map { button in
                    .fields([
                        "type": .string("button"), "action_id": .string(button.action),
                        "text": plain(button.title), "value": .string(button.command(on: incident)),
                    ])
                }),
        ])
    }

    private func votes(on incident: String) -> JSONValue {
        .fields([
            "type": .string("context_actions"),
            "elements": .array([
                .fields([
                    "type": .string("feedback_buttons"), "action_id": .string("vote"),
                    "positive_button": .fields([
                        "text": plain("It was that"), "value": .string("right \(incident)"),
                        "accessibility_label": .string("The named cause was the right one"),
                    ]),
                    "negative_button": .fields([
                        "text": plain("It was not"), "value": .string("wrong \(incident)"),
                        "accessibility_label": .string("The named cause was not the right one"),
                    ]),
                ])
            ]),
        ])
    }

    private func plain(_ text: String) -> JSONValue {
        .fields(["type": .string("plain_text"), "text": .string(text), "emoji": .bool(false)])
    }
}
