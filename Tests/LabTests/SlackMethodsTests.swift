import Lab
import Scenarios
import Testing

/// What the stand-in for Slack's Web API takes and refuses.
struct SlackMethodsTests {
    private static let channel = JSON.string(SlackSettings.standardChannel)
    private static let section: JSON = [
        "type": "section", "text": ["type": "mrkdwn", "text": "*x*", "verbatim": true],
    ]

    private static func lab(_ change: (inout SlackSettings) -> Void = { _ in }) -> Lab {
        var configuration = LabConfiguration()
        change(&configuration.slack)
        return LabCase.lab(configuration: configuration)
    }

    private static func button(_ id: String, _ members: KeyValuePairs<String, JSON?> = [:]) -> JSON {
        let more = members.compactMap { name, value in value.map { JSON.Member(name: name, value: $0) } }
        return .object(
            [
                .init(name: "type", value: "button"), .init(name: "action_id", value: .string(id)),
                .init(name: "text", value: ["type": "plain_text", "text": "Trace"]),
            ] + more)
    }

    @Test func `a post is found again by what is answered`() async {
        let slack = SlackClient(lab: Self.lab())
        let answer = await slack.call("chat.postMessage", ["channel": "#on-call", "text": "hello"])
        #expect(answer.body["ok"] == true)
        #expect(answer.body["channel"] == Self.channel)
        let messages = await slack.lab.conversations(in: "on-call")
        #expect(messages.map(\.timestamp) == [answer.timestamp])
        #expect(messages.first?.body == #"{"text":"hello"}"#)
        #expect(await slack.form("chat.postMessage", ["channel": "on-call", "text": "a form"]).body["ok"] == true)
        #expect(await slack.lab.conversations().count == 2)
    }

    @Test(arguments: [
        (nil, "not_authed"), ("", "invalid_auth"), ("xoxb-other", "invalid_auth"),
    ])
    func `without the right token nothing works`(_ token: String?, _ error: String) async {
        let lab = Self.lab()
        let answer = await SlackClient(lab: lab, token: token).call(
            "chat.postMessage", ["channel": "#on-call", "text": "hello"])
        #expect(answer.status == 200)
        #expect(answer.error == error)
        #expect(await lab.conversations().isEmpty)
        #expect(await lab.refusals().count == 1)
    }

    @Test(
        arguments: [
            ("chat.postMessage", ["text": "x"], "channel_not_found"),
            ("chat.postMessage", ["channel": "#nowhere", "text": "x"], "channel_not_found"),
            ("chat.postMessage", ["channel": "#on-call"], "no_text"),
            ("chat.postMessage", ["channel": "#on-call", "text": ""], "no_text"),
            ("chat.postMessage", ["channel": "#on-call", "text": "x", "thread_ts": "1.1"], "thread_not_found"),
            ("chat.update", ["channel": channel, "ts": "1.1", "text": "x"], "message_not_found"),
            ("chat.update", ["channel": "#on-call", "ts": "1.1", "text": "x"], "channel_not_found"),
            ("chat.delete", ["channel": channel, "ts": "1.1"], "unknown_method"),
            ("files.getUploadURLExternal", ["filename": "a.png", "length": 3], "invalid_arguments"),
            ("files.completeUploadExternal", ["files": [["id": "F1"]], "channel_id": channel], "file_not_found"),
            ("files.completeUploadExternal", ["files": [["id": "F1"]]], "channel_not_found"),
            ("files.completeUploadExternal", ["channel_id": channel], "invalid_arguments"),
        ] as [(String, JSON, String)])
    func `a wrong call is refused by Slack's own word`(_ method: String, _ arguments: JSON, _ error: String) async {
        let lab = Self.lab()
        let answer = await SlackClient(lab: lab).call(method, arguments)
        #expect(answer.status == 200)
        #expect(answer.body["ok"] == false)
        #expect(answer.error == error)
        #expect(await lab.conversations().isEmpty)
    }

    @Test(
        arguments: [
            ["type": "section"], ["type": "section", "text": ["type": "markdown", "text": "x"]],
            ["type": "section", "text": ["type": "mrkdwn", "text": "x", "emoji": true]],
            ["type": "section", "text": ["type": "plain_text", "text": "x", "verbatim": true]],
            ["type": "section", "text": ["type": "mrkdwn", "text": "x"], "colour": "red"],
            ["type": "context", "elements": [button("a")]],
            ["type": "actions", "elements": [button("a"), button("a")]],
            ["type": "actions", "elements": [button("a", ["style": "big"])]],
            ["type": "actions", "elements": [button("a", ["url": "javascript:alert(1)"])]],
            ["type": "image", "image_url": "https://example.com/a.png"],
            ["type": "image", "alt_text": "x"],
            ["type": "image", "alt_text": "x", "image_url": "https://x.example", "slack_file": ["id": "F1"]],
            ["type": "image", "alt_text": "x", "image_url": "data:image/png;base64,AA=="],
            ["type": "context_actions", "elements": [button("a")]],
        ] as [JSON])
    func `a block that Slack does not know is refused with the place of the mistake`(_ block: JSON) async {
        let slack = SlackClient(lab: Self.lab())
        let answer = await slack.call("chat.postMessage", ["channel": "#on-call", "text": "x", "blocks": [block]])
        #expect(answer.error == "invalid_blocks")
        let details = answer.body["response_metadata"]?["messages"]?.elements?.compactMap(\.text) ?? []
        #expect(details.first?.contains("[json-pointer:/blocks/0") == true, "\(details)")
        // What is wrong in a message is wrong in its edit.
        let posted = await slack.post("first")
        let edit: JSON = ["channel": Self.channel, "ts": .string(posted), "text": "x", "blocks": [block]]
        #expect(await slack.call("chat.update", edit).error == "invalid_blocks")
    }

    @Test(
        arguments: [
            ["type": "divider", "block_id": "line"], section,
            ["type": "section", "text": ["type": "plain_text", "text": "x"], "accessory": button("a")],
            ["type": "context", "elements": [["type": "mrkdwn", "text": "x"]]],
            ["type": "image", "alt_text": "error rate", "slack_file": ["id": "F1"]],
            ["type": "actions", "elements": [button("a", ["style": "danger", "value": "i-1"]), button("b")]],
            [
                "type": "context_actions",
                "elements": [
                    [
                        "type": "feedback_buttons", "action_id": "vote",
                        "positive_button": ["text": ["type": "plain_text", "text": "Right"], "value": "i-1 right"],
                        "negative_button": ["text": ["type": "plain_text", "text": "Wrong"], "value": "i-1 wrong"],
                    ]
                ],
            ],
        ] as [JSON])
    func `blocks as Slack documents them are taken`(_ block: JSON) async {
        let answer = await SlackClient(lab: Self.lab()).call(
            "chat.postMessage", ["channel": "#on-call", "text": "x", "blocks": [block]])
        #expect(answer.body["ok"] == true, "\(answer.body.compact)")
    }

    @Test func `two blocks with one id are refused`() async {
        let line: JSON = ["type": "divider", "block_id": "line"]
        let answer = await SlackClient(lab: Self.lab()).call(
            "chat.postMessage", ["channel": "#on-call", "text": "x", "blocks": [line, line]])
        #expect(answer.error == "invalid_blocks")
    }

    @Test(arguments: [
        (nil, "missing_post_type"), ("text/plain", "invalid_post_type"), ("application/json", "invalid_json"),
    ])
    func `a body that cannot be read is refused`(_ type: String?, _ error: String) async {
        #expect(await SlackClient(lab: Self.lab()).send("chat.postMessage", type, [UInt8(ascii: "{")]).error == error)
    }

    @Test(arguments: [(SlackChannel.State.archived, "is_archived"), (.notInvited, "not_in_channel")])
    func `a channel that the app cannot post to says why`(_ state: SlackChannel.State, _ error: String) async {
        let lab = Self.lab { $0.channels = [SlackChannel(id: "C1", name: "closed", state: state)] }
        let answer = await SlackClient(lab: lab).call("chat.postMessage", ["channel": "closed", "text": "x"])
        #expect(answer.error == error)
    }
}
