import Backends
import Delivery
import HTTPTransport
import Journal
import Reporting
import Settings
import Synchronization
import Telemetry
import Testing

@testable import Responder

/// What a receiver hears of an incident from its beginning to its end, and in which place.
@Suite struct ConversationTests {
    private static let start: Int64 = 1_795_361_381

    private func routing(_ change: (inout Settings.Receiver.Routing) -> Void) -> Settings.Receiver.Routing {
        var routing = Settings.Receiver.Routing()
        change(&routing)
        return routing
    }

    @Test func `an app holds one conversation: begun, diagnosed, joined, ended`() async throws {
        let fixture = try Fixture(platform: .slackBot)
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)]))
        try await fixture.play(Bodies.group([("a", false, Self.start), ("b", false, Self.start + 60)]))
        try await fixture.sendAll()
        let first = "C1 1.0"
        #expect(
            fixture.chat.posts.map(\.place) == [
                .channel, .insteadOf(first), .below(first), .below(first), .insteadOf(first), .below(first),
            ])
        let kinds = try await fixture.messages(of: opened.id).map(\.message.kind)
        #expect(kinds == ["begun", "diagnosis", "diagnosis", "joined", "resolved", "resolved"])
        let texts = fixture.chat.payloads
        #expect(texts[0].contains("looking for the cause"))
        #expect(texts[3].contains("1 more alert, the same cause"))
        #expect(texts[4].contains("✅ Over after"))
    }

    @Test func `a picture comes after all that is told in words, and its failure holds nothing back`() async throws {
        let fixture = try Fixture(
            evidence: FailingEvidence(), platform: .slackBot, pictures: PictureRenderer())
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        for _ in 1...3 { _ = try await fixture.dispatcher.sendNext() }
        fixture.chat.answer(.success(HTTPResponse(status: 400, body: [])))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        try await fixture.sendAll()
        let first = "C1 1.0"
        #expect(
            fixture.chat.posts.map(\.place) == [
                .channel, .insteadOf(first), .below(first), .picture(below: first), .insteadOf(first), .below(first),
            ])
        #expect(fixture.chat.payloads[3].hasPrefix("<svg"))
        #expect(try await fixture.messages(of: opened.id).map(\.message.step).contains(.picture))
    }

    @Test func `another first cause has a picture of its own, once, and what else is news has none`() async throws {
        let fixture = try Fixture(evidence: LateEvidence(), platform: .slackBot, pictures: PictureRenderer())
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let second = Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)])
        try await fixture.play(second)
        try await fixture.play(second)
        // About another service: told whatever the answer.
        try await fixture.play(
            Bodies.group(
                [("a", true, Self.start), ("b", true, Self.start + 60), ("c", true, Self.start + 90)],
                services: ["c": "billing"]))
        let messages = try await fixture.messages(of: opened.id).map(\.message)
        #expect(messages.map(\.kind) == ["begun", "diagnosis", "diagnosis"] + Array(repeating: "update", count: 5))
        #expect(messages.map(\.step) == [.post, .edit, .reply, .edit, .reply, .picture, .edit, .reply])
        // A picture that is never taken does not keep what follows from being told.
        for _ in 1...5 { _ = try await fixture.dispatcher.sendNext() }
        fixture.chat.answer(.success(HTTPResponse(status: 400, body: [])))
        try await fixture.sendAll()
        #expect(fixture.chat.posts.map(\.place).suffix(2) == [.insteadOf("C1 1.0"), .below("C1 1.0")])
    }

    @Test func `a receiver without pictures gets none`() async throws {
        let fixture = try Fixture(evidence: FailingEvidence(), platform: .slackBot)
        try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.sendAll()
        #expect(fixture.chat.posts.count == 3)
    }

    @Test func `who took an incident stays in its first message, whatever that becomes`() async throws {
        let fixture = try Fixture(platform: .slackBot, offers: [.acknowledge])
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let id = IncidentID(number: opened.id)
        try await fixture.journal.add(
            Remark(incident: id, at: fixture.clock.wall.now(), author: "on-call-1", kind: .acknowledged, text: ""))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        let messages = try await fixture.messages(of: opened.id).map(\.message)
        let texts = messages.map { String(decoding: $0.payload, as: UTF8.self) }
        #expect(messages.map(\.step) == [.post, .edit, .reply, .edit, .reply])
        #expect(texts[3].contains("✅ Over after") && texts[3].contains("Taken by on-call-1 at 15:31:40 UTC"))
        #expect(!texts[4].contains("Taken by"), "only the first message, which everybody looks at")
        // Buttons stand there as well, until it is over.
        #expect(texts.map { $0.contains("\"value\":\"ack \(id)\"") } == [true, true, false, false, false])
    }

    @Test func `the first message is in the outbox before anything was looked at`() async throws {
        let evidence = NoticingEvidence()
        let fixture = try Fixture(evidence: evidence, platform: .slackBot)
        evidence.notice { try? await fixture.journal.counts().pendingMessages }
        try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(evidence.noticed == 1)
    }

    @Test func `an investigation that is done again after a crash begins no second conversation`() async throws {
        let fixture = try Fixture(platform: .slackBot)
        let intake = Intake(
            journal: fixture.journal, doorbell: fixture.doorbell, maximumAlerts: 100, clock: fixture.clock.wall)
        _ = await intake.accept(body: Bodies.group([("a", true, Self.start)]))
        let now = fixture.clock.wall.now()
        let claimed = try #require(try await fixture.journal.claimNotification(now: now, lease: .seconds(1)))
        // Cancelled in the middle: begun, and given back.
        let task = Task { _ = try await fixture.handler.handle(claimed) }
        task.cancel()
        try await task.value
        fixture.clock.advance(by: .seconds(5))
        let again = try #require(
            try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(1)))
        #expect(try await fixture.handler.handle(again) == .finished)
        let kinds = try await fixture.messages(of: claimed.id).map(\.message.kind)
        #expect(kinds == ["begun", "diagnosis", "diagnosis"])
        #expect(try await fixture.journal.incidents(limit: 10).count == 1)
    }

    @Test func `when the first message was refused, the diagnosis is posted and begins the conversation`() async throws
    {
        let fixture = try Fixture(platform: .slackBot)
        fixture.chat.answer(
            .success(HTTPResponse(status: 200, body: [UInt8](#"{"ok":false,"error":"invalid_blocks"}"#.utf8))))
        try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.sendAll()
        #expect(fixture.chat.posts.map(\.place) == [.channel, .channel, .below("C1 2.0")])
    }

    @Test func `a receiver hears only of what it wants to`() async throws {
        let fixture = try Fixture(
            routing: routing { routing in
                var condition = Settings.Receiver.Routing.Condition()
                condition.labels = ["service": ["billing"]]
                routing.conditions = [condition]
            })
        let other = try await fixture.play(Bodies.group([("a", true, Self.start)], key: "1"))
        let own = try await fixture.play(
            Bodies.group([("b", true, Self.start)], key: "2", services: ["b": "billing"]))
        #expect(try await fixture.messages(of: other.id).isEmpty)
        #expect(try await fixture.messages(of: own.id).count == 1)
    }

    @Test func `people are called by name in the first message and in no other`() async throws {
        let fixture = try Fixture(
            routing: routing { routing in
                var mention = Settings.Receiver.Routing.Mention()
                mention.who = ["S0123456789"]
                routing.mentions = [mention]
            })
        try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        try await fixture.sendAll()
        #expect(fixture.chat.payloads.map { $0.contains("subteam^S0123456789") } == [true, false])
    }

    // MARK: - Digests

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `in a storm one digest stands for what is not told one by one, and tells of its end`(
        _ platform: ChatReceiver.Platform
    ) async throws {
        let storm = routing { routing in
            routing.storm?.incidents = 3
            routing.storm?.digestInterval = .seconds(60)
        }
        let fixture = try Fixture(platform: platform, routing: storm)
        for number in 1...10 {
            try await fixture.play(Bodies.group([("f\(number)", true, Self.start)], key: "\(number)"))
        }
        try await fixture.sendAll()
        await fixture.followUps.round()
        let single = fixture.chat.posts.count
        #expect(fixture.chat.posts.count { $0.place == .channel } == 3)
        fixture.clock.advance(by: .seconds(61))
        await fixture.followUps.round()
        await fixture.followUps.round()
        try await fixture.sendAll()
        #expect(fixture.chat.posts.count == single + 1)
        #expect(fixture.chat.payloads.last?.contains("7 more incidents") == true)
        // One of them ends: the next digest says so, and nothing else does.
        try await fixture.play(Bodies.group([("f9", false, Self.start)], key: "9"))
        fixture.clock.advance(by: .seconds(61))
        await fixture.followUps.round()
        try await fixture.sendAll()
        #expect(fixture.chat.posts.count == single + 2)
        #expect(fixture.chat.payloads.last?.contains("1 incident of this storm of alerts is over") == true)
    }

    @Test func `what comes in a quiet time is told at its end`() async throws {
        let fixture = try Fixture(
            routing: routing { routing in
                // The test's clock shows 2026-11-22, a Sunday, 15:31:40 UTC.
                var quiet = Settings.Receiver.Routing.QuietTime()
                quiet.hours = .init(start: 15 * 60, end: 16 * 60)
                routing.quiet = [quiet]
            })
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(try await fixture.messages(of: opened.id).isEmpty)
        await fixture.followUps.round()
        #expect(try await fixture.journal.counts().pendingMessages == 0)
        fixture.clock.advance(by: .seconds(1800))
        await fixture.followUps.round()
        try await fixture.sendAll()
        #expect(fixture.chat.payloads.count == 1)
        #expect(fixture.chat.payloads[0].contains("1 incident during the quiet time"))
    }

    // MARK: - Reminders

    @Test func `what still fires is called to mind at most every interval, until somebody takes it`() async throws {
        let fixture = try Fixture(routing: routing { $0.reminderInterval = .seconds(3600) })
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        for minutes in [0, 30, 31, 30, 31] {
            fixture.clock.advance(by: .seconds(minutes * 60))
            await fixture.followUps.round()
        }
        try await fixture.sendAll()
        #expect(fixture.chat.payloads.count == 3)
        #expect(fixture.chat.payloads[1].contains("Still firing after"))
        try await fixture.journal.add(
            Remark(
                incident: IncidentID(number: opened.id), at: fixture.clock.wall.now(), author: "on-call",
                kind: .acknowledged, text: ""))
        fixture.clock.advance(by: .seconds(7200))
        await fixture.followUps.round()
        #expect(try await fixture.journal.counts().pendingMessages == 0)
    }
}

/// At the first look there is nothing yet.
private final class LateEvidence: EvidenceProvider {
    private let looks = Mutex(0)

    func evidence(for request: CollectionRequest) async -> Evidence {
        let look = looks.withLock { looks in
            looks += 1
            return looks
        }
        return await look == 1
            ? QuietEvidence().evidence(for: request) : FailingEvidence().evidence(for: request)
    }
}

/// Remembers a number as it was when evidence was asked for.
private final class NoticingEvidence: EvidenceProvider {
    private let look = Mutex<(@Sendable () async -> Int?)?>(nil)
    private let number = Mutex<Int?>(nil)

    func notice(_ look: @escaping @Sendable () async -> Int?) { self.look.withLock { $0 = look } }

    var noticed: Int? { number.withLock { $0 } }

    func evidence(for request: CollectionRequest) async -> Evidence {
        let look = look.withLock { $0 }
        let found = await look?()
        number.withLock { $0 = found ?? nil }
        return await QuietEvidence().evidence(for: request)
    }
}
