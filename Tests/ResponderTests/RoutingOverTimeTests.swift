import Journal
import Settings
import Telemetry
import Testing

@testable import Responder

/// Who hears of an incident while it changes: gets worse, loses alerts, ends, or comes at the wrong time.
@Suite struct RoutingOverTimeTests {
    private static let start: Int64 = 1_795_361_381
    private static let mixed = ["w": "warning", "c": "critical"]

    private func routing(_ change: (inout Settings.Receiver.Routing) -> Void) -> Settings.Receiver.Routing {
        var routing = Settings.Receiver.Routing()
        change(&routing)
        return routing
    }

    /// The test's clock shows 15:31:40 UTC.
    private func quietForWarnings(_ routing: inout Settings.Receiver.Routing) {
        var quiet = Settings.Receiver.Routing.QuietTime()
        quiet.severities = ["warning"]
        quiet.hours = .init(start: 15 * 60, end: 16 * 60)
        routing.quiet = [quiet]
    }

    private func onlyCritical(_ routing: inout Settings.Receiver.Routing) {
        var condition = Settings.Receiver.Routing.Condition()
        condition.severities = ["critical"]
        routing.conditions = [condition]
        var mention = Settings.Receiver.Routing.Mention()
        mention.severities = ["critical"]
        mention.who = ["S0123456789"]
        routing.mentions = [mention]
    }

    private func warning(_ isFiring: Bool = true) -> (String, Bool, Int64) { ("w", isFiring, Self.start) }
    private func critical(_ isFiring: Bool = true) -> (String, Bool, Int64) { ("c", isFiring, Self.start + 30) }

    private func play(_ alerts: [(String, Bool, Int64)], in fixture: Fixture) async throws -> Int64 {
        try await fixture.play(Bodies.group(alerts, severities: Self.mixed)).id
    }

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `what gets worse in a quiet time is told at once and in full`(_ platform: ChatReceiver.Platform) async throws {
        let fixture = try Fixture(platform: platform, routing: routing(quietForWarnings))
        let opened = try await play([warning()], in: fixture)
        #expect(try await fixture.messages(of: opened).isEmpty)
        _ = try await play([warning(), critical()], in: fixture)
        let told = try await fixture.messages(of: opened).map(\.message)
        #expect(told.map(\.kind).first == "diagnosis" && told.first?.step == .post)
        #expect(try await fixture.journal.held(of: IncidentID(number: opened)).isEmpty)
        // And its end, which is no longer a matter for a digest.
        _ = try await play([warning(false), critical(false)], in: fixture)
        #expect(try await fixture.messages(of: opened).map(\.message.kind).last == "resolved")
    }

    @Test func `one alert that nobody may be told of now holds back none of the others`() async throws {
        let fixture = try Fixture(routing: routing(quietForWarnings))
        let opened = try await play([warning(), critical()], in: fixture)
        #expect(try await fixture.messages(of: opened).map(\.message.kind) == ["diagnosis"])
    }

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `who was told of an incident hears its end, whatever ended first`(
        _ platform: ChatReceiver.Platform
    ) async throws {
        let fixture = try Fixture(platform: platform, routing: routing(onlyCritical))
        let opened = try await play([warning(), critical()], in: fixture)
        _ = try await play([warning(), critical(false)], in: fixture)
        _ = try await play([warning(false)], in: fixture)
        let kinds = try await fixture.messages(of: opened).map(\.message.kind)
        #expect(kinds.last == "resolved" && kinds.contains("diagnosis"))
    }

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `who begins to care is told in full, and called by name`(_ platform: ChatReceiver.Platform) async throws {
        let fixture = try Fixture(platform: platform, routing: routing(onlyCritical))
        let opened = try await play([warning()], in: fixture)
        #expect(try await fixture.messages(of: opened).isEmpty)
        _ = try await play([warning(), critical()], in: fixture)
        let first = try #require(try await fixture.messages(of: opened).first?.message)
        #expect(first.step == .post && first.kind == "diagnosis")
        let text = String(decoding: first.payload, as: UTF8.self)
        #expect(text.contains("subteam^S0123456789"))
        #expect(!text.contains("1 more alert"))
    }

    @Test func `who never heard of an incident does not hear of its end`() async throws {
        let fixture = try Fixture(routing: routing(onlyCritical))
        let opened = try await play([warning()], in: fixture)
        _ = try await play([warning(false)], in: fixture)
        #expect(try await fixture.messages(of: opened).isEmpty)
    }

    @Test func `a quiet time is not broken by ends and reminders of what began before it`() async throws {
        let fixture = try Fixture(
            routing: routing { routing in
                var quiet = Settings.Receiver.Routing.QuietTime()
                quiet.hours = .init(start: 16 * 60, end: 17 * 60)
                routing.quiet = [quiet]
                routing.reminderInterval = .seconds(3600)
            })
        let opened = try await play([warning()], in: fixture)
        // 16:41 UTC: an hour has passed.
        fixture.clock.advance(by: .seconds(70 * 60))
        await fixture.followUps.round()
        _ = try await play([warning(false)], in: fixture)
        #expect(try await fixture.messages(of: opened).map(\.message.kind) == ["diagnosis"])
        fixture.clock.advance(by: .seconds(20 * 60))
        await fixture.followUps.round()
        try await fixture.sendAll()
        #expect(fixture.chat.payloads.count == 2)
        #expect(fixture.chat.payloads[1].contains("1 incident during the quiet time: all are over"))
    }

    @Test func `a digest calls whom its worst incident would have called`() async throws {
        let fixture = try Fixture(
            routing: routing { routing in
                onlyCritical(&routing)
                routing.storm?.incidents = 1
                routing.conditions = []
            })
        for (number, name) in [(1, "w"), (2, "w"), (3, "c")] {
            try await fixture.play(
                Bodies.group([(name, true, Self.start)], key: "\(number)", severities: Self.mixed))
        }
        fixture.clock.advance(by: .seconds(3600))
        await fixture.followUps.round()
        try await fixture.sendAll()
        let digest = try #require(fixture.chat.payloads.last)
        #expect(digest.contains("2 more incidents") && digest.contains("🔴"))
        #expect(digest.contains("subteam^S0123456789"))
    }
}
