import Delivery
import HTTPTransport
import Testing

/// The senders over a real client and a real socket.
@Suite struct RealConnectionTests {
    /// On a busy machine an answer from next door takes its time.
    private static let patience = Duration.seconds(300)

    private func decision(
        _ response: String, sender make: (WebhookURL, CurlClient) -> any ChatSender
    ) async throws -> (DeliveryDecision, request: String) {
        let server = try OneConnectionServer()
        let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let url = try WebhookURL("http://127.0.0.1:\(server.port)/services/T024BE7LD?sig=rTnAvC1sPZkq")
        let sender = make(url, client)
        async let request = server.answer(response)
        let result = await sender.send(Array("{\"text\":\"ñ\"}".utf8))
        server.stop()
        let received = try await request
        await client.shutdown()
        return (result.decision(attempt: 1, age: .zero, jitter: 0), received)
    }

    @Test func `Slack's ok is a delivery, and the request is what a webhook expects`() async throws {
        let (decision, request) = try await decision("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") {
            SlackWebhookSender(url: $0, client: $1, deadline: Self.patience)
        }
        #expect(decision == .delivered(receipt: ""))
        #expect(request.hasPrefix("POST /services/T024BE7LD?sig=rTnAvC1sPZkq HTTP/1.1\r\n"), "\(request)")
        #expect(request.lowercased().contains("\r\ncontent-type: application/json\r\n"), "\(request)")
        #expect(request.hasSuffix("\r\n\r\n{\"text\":\"ñ\"}"), "\(request)")
    }

    @Test func `Teams' refusal carries its waiting time`() async throws {
        let (decision, _) = try await decision(
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n"
        ) { TeamsWorkflowSender(url: $0, client: $1, deadline: Self.patience) }
        #expect(decision == .retry(after: .seconds(17), reason: "Teams answered 429"))
    }

    @Test func `a redirect is not followed`() async throws {
        let (decision, _) = try await decision(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/elsewhere\r\nContent-Length: 0\r\n\r\n"
        ) { TeamsWorkflowSender(url: $0, client: $1, deadline: Self.patience) }
        #expect(decision.way == .parked)
        #expect(decision.detail.contains("Teams answered 307: a redirect"), "\(decision.detail)")
    }

    @Test func `a refused connection is tried again and told without the address`() async throws {
        let server = try OneConnectionServer()
        server.stop()
        let client = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let url = try WebhookURL("http://127.0.0.1:\(server.port)/services/T024BE7LD/rTnAvC1sPZkq")
        let result = await SlackWebhookSender(url: url, client: client).send([])
        await client.shutdown()
        let decision = result.decision(attempt: 1, age: .zero, jitter: 0)
        #expect(decision.way == .retried)
        #expect(decision.detail.contains("127.0.0.1") && !decision.detail.contains("T024BE7LD"), "\(decision.detail)")
    }
}
