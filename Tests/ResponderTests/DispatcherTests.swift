import HTTPTransport
import Journal
import Responder
import Telemetry
import TestSupport
import Testing

@Suite struct DispatcherTests {
    private func message(_ key: String, to receiver: String = "on-call") -> OutgoingMessage {
        OutgoingMessage(
            incident: nil, receiver: receiver, kind: "replay", deduplicationKey: key, payload: [UInt8]("{}".utf8),
            createdAt: Timestamp(seconds: 1_795_361_500))
    }

    @Test func `a message that is accepted is sent once`() async throws {
        let fixture = try Fixture()
        let attempt = try await fixture.dispatcher.deliver(message("a"))
        guard case .delivered = attempt.outcome else { return #expect(Bool(false), "\(attempt)") }
        #expect(fixture.chat.payloads == ["{}"])
        #expect(try await fixture.journal.counts().pendingMessages == 0)
    }

    @Test func `a passing failure is tried again until it passes`() async throws {
        let fixture = try Fixture()
        fixture.chat.answer(
            .success(HTTPResponse(status: 503)), .failure(.connectionFailed(host: "chat", reason: "refused")))
        let attempt = try await fixture.dispatcher.deliver(message("a"))
        guard case .delivered = attempt.outcome else { return #expect(Bool(false), "\(attempt)") }
        #expect(fixture.chat.payloads.count == 3)
    }

    @Test func `Retry-After is waited for`() async throws {
        let fixture = try Fixture()
        fixture.chat.answer(.success(HTTPResponse(status: 429, headers: [HTTPHeader("Retry-After", "30")])))
        let before = fixture.clock.wall.now()
        _ = try await fixture.dispatcher.deliver(message("a"))
        #expect(fixture.clock.wall.now() - before >= .seconds(30))
    }

    @Test func `what will never be accepted is parked with its reason and counted`() async throws {
        let fixture = try Fixture()
        fixture.chat.answer(.success(HTTPResponse(status: 404, body: [UInt8]("no_service".utf8))))
        let attempt = try await fixture.dispatcher.deliver(message("a"))
        #expect(attempt.outcome == .parked)
        #expect(attempt.detail.contains("no_service"))
        #expect(try await fixture.journal.counts().parkedMessages == 1)
    }

    @Test func `a receiver that is configured no more parks its messages by name`() async throws {
        let fixture = try Fixture()
        let attempt = try await fixture.dispatcher.deliver(message("a", to: "gone"))
        #expect(attempt.outcome == .parked)
        #expect(attempt.detail.contains("'gone'"))
    }
}
