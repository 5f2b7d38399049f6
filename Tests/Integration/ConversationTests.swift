import HTTPTransport
import Lab
import Scenarios
import TestSupport
import Testing

/// One incident, one conversation, as the people in the channel see it.
@Suite struct ConversationTests {
    @Test func `people hear at once, then why in the same message, then that it is over`() async throws {
        let scenario = try #require(Scenario.named("spot-eviction"))
        try await Stage.run(scenario.evidence) { stage in
            // Traces do not come before the first message was seen.
            stage.lab.fail(.tempoSearch, with: .held)
            let folder = try TemporaryFolder()
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address, slack: .bot)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)

            let begun = try await stage.conversation("the first message") { $0.first }
            let first = begun.text
            #expect(first.hasPrefix("🔎") && first.contains("looking for the cause"), "\(first)")
            #expect(begun.replies.isEmpty && !begun.isEdited)
            #expect(await stage.lab.receivedMessages().map(\.platform) == [.slack])
            stage.lab.heal(.tempoSearch)

            let diagnosed = try await stage.conversation("the diagnosis and its evidence") {
                $0.first { $0.isEdited && !$0.replies.isEmpty }
            }
            #expect(diagnosed.timestamp == begun.timestamp)
            #expect(diagnosed.text.contains("preempted"), "\(diagnosed.text)")
            #expect(diagnosed.replies.count == 1)

            // A repeat is told to nobody.
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)
            #expect(try await serve.post(scenario.resolvedWebhookBody, stage.http).status == 200)
            let over = try await stage.conversation("the end") {
                $0.first { $0.versions.count == 3 && $0.replies.count == 2 }
            }
            #expect(over.text.hasPrefix("✅"), "\(over.text)")
            #expect(try #require(over.replies.last).text.contains("Over after"))
            #expect(await stage.lab.conversations().count == 1)
            let cards = try await eventually("Teams has heard of the cause and the end") {
                let cards = await stage.lab.receivedMessages().filter { $0.platform == .teams }
                return cards.count >= 2 ? cards : nil
            }
            #expect(cards.count == 2)
            #expect(await stage.lab.slackPace() == SlackPaceRecord())
        }
    }

    @Test func `Slack's waits and troubles neither lose nor double a message`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            // Once 429, once trouble of Slack's own: neither loses a message, neither doubles one.
            stage.lab.fail(.slackAPI, with: .slackRateLimited(retryAfter: 1), times: 1)
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address, slack: .bot)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)
            let diagnosed = try await stage.conversation("the diagnosis and its evidence") {
                $0.first { $0.isEdited && $0.replies.count == 1 }
            }
            #expect(diagnosed.text.contains("payments-gateway"))

            stage.lab.fail(.slackAPI, with: .slackError("internal_error"), times: 1)
            #expect(try await serve.post(scenario.resolvedWebhookBody, stage.http).status == 200)
            let over = try await stage.conversation("the end") {
                $0.first { $0.versions.count == 3 && $0.replies.count == 2 }
            }
            #expect(over.text.hasPrefix("✅"), "\(over.text)")
            #expect(await stage.lab.conversations().count == 1)
        }
    }
}
