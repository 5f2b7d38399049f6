import Delivery
import HTTPTransport
import Testing

@Suite struct ChatSenderTests {
    private func sender(
        _ platform: ChatPlatform, _ client: ScriptedClient,
        pacing: any Pacing = Pacer(policy: .unlimited, clock: JumpingClock())
    ) throws -> any ChatSender {
        switch platform {
        case .teamsWorkflow:
            TeamsWorkflowSender(url: try WebhookURL(WebhookURLTests.teams), client: client, pacing: pacing)
        case .slackWebhook, .slackWebAPI:
            SlackWebhookSender(url: try WebhookURL(WebhookURLTests.slack), client: client, pacing: pacing)
        }
    }

    static let webhooks: [(ChatPlatform, String, HTTPResponse)] = [
        (.slackWebhook, WebhookURLTests.slack, HTTPResponse(status: 200, body: Array("ok".utf8))),
        (.teamsWorkflow, WebhookURLTests.teams, HTTPResponse(status: 202)),
    ]

    @Test(arguments: webhooks)
    func `a message is posted as it is, once, with a deadline`(
        _ row: (platform: ChatPlatform, url: String, success: HTTPResponse)
    ) async throws {
        let client = ScriptedClient(.success(row.success))
        let payload = Array("{\"text\":\"ñ \\u003c\"}".utf8)
        let result = try await sender(row.platform, client).send(payload)
        #expect(result.decision(attempt: 1, age: .zero, jitter: 0) == .delivered(receipt: ""))
        #expect(
            client.requests == [
                HTTPRequest(
                    method: "POST", url: row.url, headers: [HTTPHeader("Content-Type", "application/json")],
                    body: payload, deadline: .seconds(20), maximumResponseSize: 65_536)
            ])
    }

    @Test(arguments: webhooks)
    func `whatever comes back, the address does not come out`(
        _ row: (platform: ChatPlatform, url: String, success: HTTPResponse)
    ) async throws {
        let path = String(row.url.dropFirst("https://".count).drop { $0 != "/" })
        let secrets = ["rTnAvC1sPZkq7dYw9LmN3xQe", "T024BE7LD", "0f1e2d3c4b5a6978", "Zb3nQ7xY"]
        let quoting: [ScriptedClient.Answer] =
            [200, 302, 400, 404, 429, 500].flatMap { status in
                [
                    row.url, "Cannot POST \(path)", "{\"error\":{\"code\":\"X\",\"message\":\"\(path)\"}}",
                    "{\"error\":\"\(path)\"}",
                ]
                .map { body in
                    .success(
                        HTTPResponse(
                            status: status,
                            headers: [
                                HTTPHeader("Location", row.url), HTTPHeader("x-ms-workflow-run-id", row.url),
                            ], body: Array(body.utf8)))
                }
            } + [
                .failure(.invalidRequest("not a URL: \(row.url)")),
                .failure(.connectionFailed(host: "proxy", reason: "CONNECT \(row.url) refused")),
            ]
        for answer in quoting {
            let result = try await sender(row.platform, ScriptedClient(answer)).send([])
            let decision = result.decision(attempt: 1, age: .zero, jitter: 0)
            for shown in ["\(result)", "\(decision)", decision.detail] {
                for secret in secrets { #expect(!shown.contains(secret), "\(shown)") }
            }
        }
        let printed = try sender(row.platform, ScriptedClient())
        var dumped = ""
        dump(printed, to: &dumped)
        #expect(!secrets.contains { "\(printed)".contains($0) || dumped.contains($0) })
    }

    @Test func `nothing is sent before the channel's turn`() async throws {
        let clock = JumpingClock()
        let ok = HTTPResponse(status: 200, body: Array("ok".utf8))
        let client = ScriptedClient(.success(ok), .success(ok))
        let pacer = Pacer(
            policy: PacingPolicy(windows: [PacingPolicy.Window(count: 1, length: .seconds(30))]), clock: clock,
            longestWait: .seconds(10))
        let sender = try sender(.slackWebhook, client, pacing: pacer)
        #expect(await sender.send([]).decision(attempt: 1, age: .zero, jitter: 0) == .delivered(receipt: ""))
        let postponed = await sender.send([])
        #expect(postponed == DeliveryResult(platform: .slackWebhook, outcome: .postponed(for: .seconds(30))))
        #expect(client.unused == 1)
        clock.advance(by: .seconds(25))
        #expect(await sender.send([]).decision(attempt: 1, age: .zero, jitter: 0) == .delivered(receipt: ""))
        #expect(clock.now.offset == .seconds(30))
    }

    @Test func `a service that stops does not send, and the message comes back`() async throws {
        let client = ScriptedClient()
        let pacer = Pacer(policy: .slack, clock: JumpingClock())
        for _ in 0..<4 { _ = await pacer.turn() }
        let sender = try sender(.slackWebhook, client, pacing: pacer)
        await withTaskGroup(of: DeliveryResult.self) { group in
            group.cancelAll()
            group.addTask { await sender.send([]) }
            let result = await group.next()
            #expect(result?.outcome == .answered(.failure(.cancelled)))
            #expect(result?.decision(attempt: 1, age: .zero, jitter: 0).way == .retried)
        }
        #expect(client.requests.isEmpty)
    }
}
