import HTTPTransport
import Lab
import Scenarios
import Telemetry
import TestSupport
import Testing

/// The whole service, and a person who asks, presses and writes in Slack.
@Suite struct SlackCommandTests {
    private static func command(_ text: String) throws -> SlackCall {
        try SlackCall(form: [
            ("command", "/sabueso"), ("text", text), ("user_id", SlackSettings.standardUser),
            ("user_name", "on-call-1"), ("channel_id", SlackSettings.standardChannel),
            ("response_url", "https://hooks.slack.com/commands/T1/2/3"),
        ])
    }

    /// The first button of a message, as Slack says that it was pressed.
    private static func press(_ value: String, on message: SlackMessage) throws -> SlackCall {
        let payload = """
            {"type":"block_actions","user":{"id":"\(SlackSettings.standardUser)","username":"on-call-1"},\
            "container":{"channel_id":"\(message.channel)","message_ts":"\(message.timestamp)"},\
            "response_url":"https://hooks.slack.com/actions/T1/2/3",\
            "actions":[{"action_id":"acknowledge","value":"\(value)"}]}
            """
        return try SlackCall(form: [("payload", payload)])
    }

    private static func mention(_ text: String, in thread: SlackMessage) throws -> SlackCall {
        try SlackCall(
            """
            {"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention",\
            "user":"\(SlackSettings.standardUser)","text":"<@U0BOT> \(text)","ts":"1.2",\
            "channel":"\(thread.channel)","thread_ts":"\(thread.timestamp)"}}
            """, contentType: "application/json")
    }

    /// Starts the service, has it told of an incident, and waits until its cause is told.
    private static func run(
        _ test: @escaping @Sendable (Stage, ServeProcess, SlackMessage, String) async throws -> Void
    ) async throws {
        let scenario = try #require(Scenario.named("spot-eviction"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address, slack: .bot)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)
            let diagnosed = try await stage.conversation("the diagnosis and its evidence") {
                $0.first { $0.isEdited && !$0.replies.isEmpty }
            }
            let id = try #require(diagnosed.body.firstMatch(of: /"value":"ack (i-[0-9]+)"/), "a button to press").1
            try await test(stage, serve, diagnosed, String(id))
            #expect(await stage.lab.conversations().count == 1, "all of it is one conversation")
        }
    }

    @Test func `a slash command is answered, and a pressed button shows who takes care of it`() async throws {
        try await Self.run { stage, serve, diagnosed, id in
            let answer = try await serve.send(Self.command("incident \(id)"), to: "/slack/commands", stage.http)
            #expect(answer.status == 200)
            #expect(answer.text.contains("Cause: spot-eviction") && answer.text.contains("ephemeral"), "\(answer.text)")

            let pressed = try await serve.send(
                Self.press("ack \(id)", on: diagnosed), to: "/slack/interactions", stage.http)
            #expect(pressed.status == 200)
            let taken = try await stage.conversation("who takes care of it") {
                $0.first { $0.text.contains("Taken by on-call-1 at") && $0.replies.count == 2 }
            }
            #expect(taken.timestamp == diagnosed.timestamp && taken.text.contains("preempted"))
            #expect(try #require(taken.replies.last).text.contains("on-call-1 takes care of \(id)"))

            // It is the only open incident of the channel, and the thread is where all see what was done.
            let noted = try await serve.send(Self.command("note it is the pool"), to: "/slack/commands", stage.http)
            #expect(noted.text.contains("Noted on \(id) by on-call-1: it is the pool"), "\(noted.text)")
            _ = try await stage.conversation("the note") {
                $0.first { $0.replies.last?.text.contains("Noted on \(id)") == true }
            }
            // Of a mention Slack tells the person's id; the name is asked for.
            #expect(
                try await serve.send(Self.mention("note it was", in: diagnosed), to: "/slack/events", stage.http).status
                    == 200)
            let mentioned = try await stage.conversation("the answer to a mention") {
                $0.first { $0.replies.count == 4 }
            }
            #expect(try #require(mentioned.replies.last).text.contains("Noted on \(id) by on-call-1: it was"))
        }
    }

    @Test func `what is copied, old, changed or signed by another is refused, and does nothing`() async throws {
        try await Self.run { stage, serve, diagnosed, id in
            let once = try Self.command("status")
            #expect(try await serve.send(once, to: "/slack/commands", stage.http).status == 200)
            let press = try Self.press("ack \(id)", on: diagnosed)
            var changed = press
            changed.body += "&x=1"
            var unsigned = press
            unsigned.headers.removeAll { $0.name == "X-Slack-Signature" }
            let refused = [
                (once, "/slack/commands"), (changed, "/slack/interactions"), (unsigned, "/slack/interactions"),
                (try SlackCall(press.body, secret: "another"), "/slack/interactions"),
                (try SlackCall(press.body, at: .now - .seconds(600)), "/slack/interactions"),
                (try SlackCall(press.body, at: .now + .seconds(600)), "/slack/interactions"),
            ]
            for (call, path) in refused {
                let answer = try await serve.send(call, to: path, stage.http)
                #expect(answer.status == 401 && !answer.text.contains("i-"), "\(answer.text)")
            }
            let told = try await serve.send(Self.command("incident \(id)"), to: "/slack/commands", stage.http)
            #expect(told.text.contains("Cause: spot-eviction") && !told.text.contains("taken by"), "\(told.text)")
        }
    }
}
