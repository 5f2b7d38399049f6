import Lab
import Scenarios
import Testing

/// How much the stand-in for Slack takes in one message, and no more.
struct SlackLimitTests {
    /// What Slack counts in a block.
    enum Limit: CaseIterable, Sendable {
        case sectionText, field, fields, contextElements, buttons, buttonValue, actionID, blockID, description

        /// The largest number that it takes.
        var largest: Int {
            switch self {
            case .sectionText: 3000
            case .field, .buttonValue, .description: 2000
            case .fields, .contextElements: 10
            case .buttons: 25
            case .actionID, .blockID: 255
            }
        }

        /// A block with so many of it.
        func block(_ count: Int) -> JSON {
            switch self {
            case .sectionText: ["type": "section", "text": text(count)]
            case .field: ["type": "section", "fields": [text(count)]]
            case .fields: ["type": "section", "fields": .array(Array(repeating: text(1), count: count))]
            case .contextElements: ["type": "context", "elements": .array(Array(repeating: text(1), count: count))]
            case .buttons: ["type": "actions", "elements": .array((0..<count).map { button("a\($0)") })]
            case .buttonValue: ["type": "actions", "elements": [button("a", value: long(count))]]
            case .actionID: ["type": "actions", "elements": [button(String(repeating: "x", count: count))]]
            case .blockID: ["type": "divider", "block_id": long(count)]
            case .description: ["type": "image", "alt_text": long(count), "slack_file": ["id": "F1"]]
            }
        }

        private func text(_ count: Int) -> JSON { ["type": "mrkdwn", "text": long(count)] }

        private func button(_ id: String, value: JSON = "x") -> JSON {
            [
                "type": "button", "action_id": .string(id), "value": value,
                "text": ["type": "plain_text", "text": "Trace"],
            ]
        }
    }

    private func post(_ text: JSON, _ blocks: [JSON], to slack: SlackClient) async -> String {
        await slack.call("chat.postMessage", ["channel": "#on-call", "text": text, "blocks": .array(blocks)]).error
    }

    @Test(arguments: Limit.allCases)
    func `a block is taken up to its limit`(_ limit: Limit) async {
        let slack = SlackClient(lab: LabCase.lab())
        #expect(await post("x", [limit.block(limit.largest)], to: slack) == "")
        #expect(await post("x", [limit.block(limit.largest + 1)], to: slack) == "invalid_blocks")
    }

    @Test func `a message is taken up to its limits`() async {
        var configuration = LabConfiguration()
        configuration.slack.limitsRate = false
        let slack = SlackClient(lab: LabCase.lab(configuration: configuration))
        #expect(await post(long(40_000), [], to: slack) == "")
        #expect(await post(long(40_001), [], to: slack) == "msg_too_long")
        let line: JSON = ["type": "divider"]
        #expect(await post("x", Array(repeating: line, count: 50), to: slack) == "")
        #expect(await post("x", Array(repeating: line, count: 51), to: slack) == "invalid_blocks")
        let section: JSON = ["type": "section", "text": ["type": "mrkdwn", "text": long(2640)]]
        #expect(await post("x", Array(repeating: section, count: 5), to: slack) == "")
        #expect(await post("x", Array(repeating: section, count: 6), to: slack) == "msg_blocks_too_long")
    }
}

private func long(_ count: Int) -> JSON { .string(String(repeating: "x", count: count)) }
