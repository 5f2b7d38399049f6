import Delivery
import Lab
import Scenarios
import Testing

/// What people see in a channel of the stand-in for Slack, and how fast it can be filled.
struct SlackConversationTests {
    private static let channel = JSON.string(SlackSettings.standardChannel)

    @Test func `an edit takes the place of what was said, and the history stays`() async throws {
        let slack = SlackClient(lab: LabCase.lab())
        let first = await slack.post("looking")
        let answer = await slack.call(
            "chat.update", ["channel": Self.channel, "ts": .string(first), "text": "node lost"])
        #expect(answer.timestamp == first)
        let message = try #require(await slack.lab.conversations().first)
        #expect(message.isEdited)
        #expect(message.versions == [#"{"text":"looking"}"#, #"{"text":"node lost"}"#])
        #expect(message.body == #"{"text":"node lost"}"#)
        #expect(await slack.lab.message(number: 2)?.step == .edit(of: first))
    }

    @Test func `an edit without blocks changes nothing that people see, as at Slack`() async {
        let slack = SlackClient(lab: LabCase.lab())
        let blocks: JSON = [["type": "section", "text": ["type": "mrkdwn", "text": "looking"]]]
        let first = await slack.call(
            "chat.postMessage", ["channel": "#on-call", "text": "looking", "blocks": blocks]
        ).timestamp
        _ = await slack.call("chat.update", ["channel": Self.channel, "ts": .string(first), "text": "node lost"])
        #expect(await slack.lab.conversations().first?.text == "looking")
    }

    @Test func `answers stand in the thread of the first message, and have none of their own`() async throws {
        let slack = SlackClient(lab: LabCase.lab())
        let first = await slack.post("looking")
        let second = await slack.post("evidence", thread: first)
        #expect(await slack.post("too deep", thread: second) == "")
        #expect(await slack.lab.refusals().map(\.reason) == ["chat.postMessage: thread_not_found"])
        let edit: JSON = ["channel": Self.channel, "ts": .string(second), "text": "more evidence"]
        #expect(await slack.call("chat.update", edit).body["ok"] == true)
        let message = try #require(await slack.lab.conversations().first)
        #expect(message.replies.map(\.body) == [#"{"text":"more evidence"}"#])
        #expect(await slack.lab.conversations().count == 1)
        #expect(await slack.lab.message(number: 2)?.step == .reply(to: first))
    }

    // MARK: Files

    @Test func `a file is announced, sent and shared below its message, once`() async throws {
        let slack = SlackClient(lab: LabCase.lab())
        let first = await slack.post("node lost")
        let place = await slack.form("files.getUploadURLExternal", ["filename": "chart.png", "length": "3"])
        let path = try #require(place.body["upload_url"]?.text).replacing("http://127.0.0.1:1", with: "")
        let id = try #require(place.body["file_id"]?.text)
        let files = #"[{"id":"\#(id)","title":"Error rate"}]"#
        func share() async -> SlackClient.Answer {
            await slack.form(
                "files.completeUploadExternal",
                ["files": files, "channel_id": SlackSettings.standardChannel, "thread_ts": first])
        }
        #expect(await share().error == "file_not_found")
        #expect(await slack.lab.answer(LabRequest("POST", path, body: [1, 2])).status == 500)
        #expect(await slack.lab.answer(LabRequest("POST", path, body: [1, 2, 3])).status == 200)
        #expect(await share().body["ok"] == true)
        #expect(await share().error == "file_not_found")
        let file = try #require(await slack.lab.conversations().first?.files.first)
        #expect(file.name == "chart.png")
        #expect(file.title == "Error rate")
        #expect(file.bytes == [1, 2, 3])
        #expect(await slack.lab.message(number: 2)?.step == .file(below: first))
    }

    @Test(
        arguments: [
            ["length": "3"], ["filename": "a.png"], ["filename": "a.png", "length": "0"],
            ["filename": "a.png", "length": "many"],
        ] as [KeyValuePairs<String, String>])
    func `a file without a name or a size has no place`(_ arguments: KeyValuePairs<String, String>) async {
        let slack = SlackClient(lab: LabCase.lab())
        #expect(await slack.form("files.getUploadURLExternal", arguments).error == "missing_argument")
    }

    // MARK: Pace

    @Test func `a channel takes a burst, then one message a second`() async {
        let clock = HandClock()
        let slack = SlackClient(lab: LabCase.lab(clock: clock))
        let message: JSON = ["channel": "#on-call", "text": "x"]
        for _ in 0..<5 { #expect(await slack.call("chat.postMessage", message).status == 200) }
        let refused = await slack.call("chat.postMessage", message)
        #expect(refused.status == 429)
        #expect(refused.error == "ratelimited")
        #expect(refused.retryAfter == "1")
        clock.advance(by: .milliseconds(500))
        #expect(await slack.call("chat.postMessage", message).status == 429)
        #expect(await slack.lab.slackPace() == SlackPaceRecord(refused: 2, impatient: 1))
        clock.advance(by: .seconds(1))
        #expect(await slack.call("chat.postMessage", message).status == 200)
        #expect(await slack.call("chat.postMessage", message).status == 429)
        #expect(await slack.lab.slackPace() == SlackPaceRecord(refused: 3, impatient: 1))
        #expect(await slack.lab.conversations().count == 6)
    }

    @Test func `who keeps the service's own pace is never refused`() async {
        let clock = HandClock()
        let slack = SlackClient(lab: LabCase.lab(clock: clock))
        var sent: [HandClock.Instant] = []
        for _ in 0..<200 {
            let next = PacingPolicy.slack.next(after: sent, now: clock.now)
            clock.advance(by: clock.now.duration(to: next))
            sent.append(next)
            #expect(await slack.call("chat.postMessage", ["channel": "#on-call", "text": "x"]).status == 200)
        }
        #expect(await slack.lab.slackPace() == SlackPaceRecord())
    }

    @Test func `an incoming webhook is as slow, and says so in its own words`() async {
        let lab = LabCase.lab(clock: HandClock())
        var answers: [LabAnswer] = []
        for _ in 0..<6 {
            answers.append(
                await lab.answer(
                    LabRequest("POST", "/slack/services/T00000000/B00000000/lab", body: Array(#"{"text":"x"}"#.utf8))))
        }
        #expect(answers.map(\.status) == [200, 200, 200, 200, 200, 429])
        #expect(answers.last.map(LabCase.text) == "rate_limited")
        #expect(answers.last?.headers == [.init("Retry-After", "1")])
    }

    @Test func `edits have a pace of their own`() async {
        let slack = SlackClient(lab: LabCase.lab(clock: HandClock()))
        let first = await slack.post("looking")
        let edit: JSON = ["channel": Self.channel, "ts": .string(first), "text": "x"]
        for _ in 0..<50 { #expect(await slack.call("chat.update", edit).status == 200) }
        #expect(await slack.call("chat.update", edit).status == 429)
        #expect(await slack.call("chat.postMessage", ["channel": "#on-call", "text": "x"]).status == 200)
    }

    @Test func `the pace can be switched off`() async {
        var configuration = LabConfiguration()
        configuration.slack.limitsRate = false
        let slack = SlackClient(lab: LabCase.lab(configuration: configuration, clock: HandClock()))
        for _ in 0..<100 { _ = await slack.post("x") }
        #expect(await slack.lab.conversations().count == 100)
    }

    // MARK: Answers to people

    private func respond(_ body: String, to path: String, _ lab: Lab) async -> String {
        LabCase.text(await lab.answer(LabRequest("POST", path, body: Array(body.utf8))))
    }

    @Test func `an answer to a command is for whoever asked, or for the channel`() async {
        let lab = LabCase.lab()
        let path = await lab.openSlackResponse()
        #expect(await respond(#"{"text":"status: fine"}"#, to: path, lab) == "ok")
        #expect(await respond(#"{"text":"for all","response_type":"in_channel"}"#, to: path, lab) == "ok")
        #expect(await respond("{}", to: path, lab) == "no_text")
        let seen = await lab.conversations()
        #expect(seen.map(\.isEphemeral) == [true, false])
        #expect(seen.map(\.body) == [#"{"text":"status: fine"}"#, #"{"text":"for all"}"#])
    }

    @Test func `an answer to a button can take the place of its message`() async throws {
        let slack = SlackClient(lab: LabCase.lab())
        let first = await slack.post("node lost")
        let path = await slack.lab.openSlackResponse(message: first)
        #expect(await respond(#"{"text":"acknowledged","replace_original":true}"#, to: path, slack.lab) == "ok")
        #expect(await slack.lab.conversations().map(\.body) == [#"{"text":"acknowledged"}"#])
    }

    @Test func `a response address is good for five answers in half an hour`() async {
        let clock = HandClock()
        let lab = LabCase.lab(clock: clock)
        let used = await lab.openSlackResponse()
        for _ in 0..<5 { #expect(await respond(#"{"text":"x"}"#, to: used, lab) == "ok") }
        #expect(await respond(#"{"text":"x"}"#, to: used, lab) == "used_url")
        let late = await lab.openSlackResponse()
        clock.advance(by: .seconds(30 * 60 + 1))
        #expect(await respond(#"{"text":"x"}"#, to: late, lab) == "expired_url")
        #expect(await respond(#"{"text":"x"}"#, to: "/slack/response/R99", lab) == "no_service")
    }
}
