import Delivery
import HTTPTransport
import Lab
import Testing

/// The service's own sender against the stand-in for Slack, over a socket.
struct SlackBotSocketTests {
    private static let looking = [UInt8](#"{"text":"looking"}"#.utf8)
    private static let found = [UInt8](#"{"text":"node lost"}"#.utf8)

    private func withSlack(
        token: String = SlackSettings.standardToken, channel: String = "#on-call",
        change: (inout SlackSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (Lab, SlackBotSender) async throws -> Void
    ) async throws {
        var configuration = LabConfiguration()
        change(&configuration.slack)
        // Its time stands still, so that the sixth message is too early however slow the machine is.
        let lab = LabCase.lab(configuration: configuration, clock: HandClock())
        try await lab.whileRunning { address in
            let client = CurlClient()
            let sender = SlackBotSender(
                api: SlackAPI(address: address.slackAPI, token: token, client: client), channel: channel,
                pacing: Pacer(policy: .unlimited, clock: ContinuousClock()), pictures: ThreeBytes())
            do {
                try await body(lab, sender)
            } catch {
                await client.shutdown()
                throw error
            }
            await client.shutdown()
        }
    }

    private static func decision(_ result: DeliveryResult) -> DeliveryDecision {
        result.decision(attempt: 1, age: .zero, jitter: 0.5)
    }

    private static func receipt(_ result: DeliveryResult) throws -> String {
        guard case .delivered(let receipt) = decision(result) else {
            throw NotDelivered(description: "\(decision(result))")
        }
        return receipt
    }

    private struct NotDelivered: Error { let description: String }

    @Test func `a conversation is posted, edited, answered and illustrated`() async throws {
        try await withSlack { lab, sender in
            let first = try Self.receipt(await sender.send(Self.looking))
            let edit = try Self.receipt(await sender.send(ChatPost(payload: Self.found, place: .insteadOf(first))))
            #expect(edit == first)
            let reply = try Self.receipt(await sender.send(ChatPost(payload: Self.looking, place: .below(first))))
            #expect(reply != first)
            _ = try Self.receipt(await sender.send(ChatPost(payload: [], place: .picture(below: first))))
            let seen = try #require(await lab.conversations().first)
            #expect(seen.versions.count == 2)
            #expect(seen.body == #"{"text":"node lost"}"#)
            #expect(seen.replies.map(\.body) == [#"{"text":"looking"}"#])
            #expect(seen.files.map(\.bytes) == [[1, 2, 3]])
            #expect(await lab.refusals() == [])
        }
    }

    @Test func `a person's name is told where the person is known`() async throws {
        let lab = LabCase.lab(configuration: LabConfiguration(), clock: HandClock())
        let (known, unknown) = try await lab.whileRunning { address in
            let client = CurlClient()
            let api = SlackAPI(address: address.slackAPI, token: SlackSettings.standardToken, client: client)
            let known = await api.name(ofUser: SlackSettings.standardUser)
            let unknown = await api.name(ofUser: "U0STRANGER")
            await client.shutdown()
            return (known, unknown)
        }
        #expect(known == .success("on-call-1"))
        let refusal = #expect(throws: SlackRefusal.self) { try unknown.get() }
        #expect(refusal?.description.contains("user_not_found") == true)
    }

    @Test(arguments: ["message_not_found", "cant_update_message", "edit_window_closed"])
    func `what can no longer be edited is told in its thread`(_ error: String) async throws {
        try await withSlack { lab, sender in
            let first = try Self.receipt(await sender.send(Self.looking))
            lab.fail(.slackAPI, with: .slackError(error), times: 1)
            _ = try Self.receipt(await sender.send(ChatPost(payload: Self.found, place: .insteadOf(first))))
            let seen = try #require(await lab.conversations().first)
            #expect(!seen.isEdited)
            #expect(seen.replies.map(\.body) == [#"{"text":"node lost"}"#])
        }
    }

    @Test func `an edit and an answer below what is gone are told all the same`() async throws {
        try await withSlack { lab, sender in
            let gone = "\(SlackSettings.standardChannel) 1.000001"
            _ = try Self.receipt(await sender.send(ChatPost(payload: Self.looking, place: .insteadOf(gone))))
            _ = try Self.receipt(await sender.send(ChatPost(payload: Self.found, place: .below(gone))))
            #expect(await lab.conversations().map(\.body) == [#"{"text":"looking"}"#, #"{"text":"node lost"}"#])
        }
    }

    @Test func `Slack's wait is told to whoever tries again`() async throws {
        try await withSlack { lab, sender in
            var waits: [DeliveryDecision] = []
            for _ in 0..<6 { waits.append(Self.decision(await sender.send(Self.looking))) }
            guard case .retry(let wait, _) = try #require(waits.last) else {
                Issue.record("\(waits)")
                return
            }
            #expect(wait >= .seconds(1))
            #expect(await lab.slackPace()?.refused == 1)
        }
    }

    @Test(arguments: [
        ("xoxb-other", "#on-call", "invalid_auth"), (SlackSettings.standardToken, "#nowhere", "channel_not_found"),
        (SlackSettings.standardToken, "#closed", "is_archived"),
        (SlackSettings.standardToken, "#private", "not_in_channel"),
    ])
    func `a refusal is told with what to do, and nothing is tried again`(
        _ token: String, _ channel: String, _ error: String
    ) async throws {
        try await withSlack(token: token, channel: channel) {
            $0.channels += [
                SlackChannel(id: "C2", name: "closed", state: .archived),
                SlackChannel(id: "C3", name: "private", state: .notInvited),
            ]
        } _: { lab, sender in
            guard case .park(let reason) = Self.decision(await sender.send(Self.looking)) else {
                Issue.record("it was not put aside")
                return
            }
            #expect(reason.hasPrefix("Slack answered 200 \(error): "))
            #expect(await lab.conversations().isEmpty)
        }
    }

    @Test(arguments: [
        #"{"text":""}"#,
        #"{"text":"x","blocks":[{"type":"nonsense"}]}"#,
    ])
    func `a message that Slack cannot take is put aside`(_ body: String) async throws {
        try await withSlack { lab, sender in
            guard case .park = Self.decision(await sender.send([UInt8](body.utf8))) else {
                Issue.record("it was not put aside")
                return
            }
            #expect(await lab.refusals().count == 1)
        }
    }

    @Test func `a picture that Slack does not take is left out`() async throws {
        try await withSlack { lab, sender in
            let first = try Self.receipt(await sender.send(Self.looking))
            lab.fail(.slackUpload, with: .status(500, "no"), times: 1)
            guard
                case .park(let reason) = Self.decision(
                    await sender.send(ChatPost(payload: [], place: .picture(below: first))))
            else {
                Issue.record("it was not put aside")
                return
            }
            #expect(reason.contains("the picture was left out"))
            #expect(await lab.conversations().first?.files == [])
        }
    }
}

/// Stands for a picture; what Slack counts is its bytes.
private struct ThreeBytes: PictureRendering {
    func png(of svg: [UInt8]) async throws(PictureError) -> [UInt8] { [1, 2, 3] }
}
