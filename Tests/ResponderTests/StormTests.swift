import Journal
import Lab
import Settings
import Telemetry
import Testing

@testable import Responder

/// Two thousand alerts in ten minutes, each a group of its own.
@Suite struct StormTests {
    private static let start: Int64 = 1_795_361_381
    private static let alerts = 2000
    private static let length = Duration.seconds(600)

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `in a storm a channel gets as many messages as configured, and every incident is told of`(
        _ platform: ChatReceiver.Platform
    ) async throws {
        var routing = Settings.Receiver.Routing()
        routing.storm?.incidents = 20
        routing.storm?.within = .seconds(600)
        routing.storm?.digestInterval = .seconds(120)
        let channel = LabChannel(platform)
        let fixture = try Fixture(
            platform: platform, routing: routing, clock: channel.clock, sender: try channel.sender())
        let began = fixture.clock.wall.now()
        for number in 1...Self.alerts {
            try await fixture.play(Bodies.group([("f\(number)", true, Self.start)], key: "g\(number)"))
            fixture.clock.advance(by: Self.length / Self.alerts)
            await fixture.followUps.round()
            try await fixture.sendAll()
        }
        // Every eighth of what was announced ends while the storm goes on; so does some of what was not.
        for number in stride(from: 1, through: Self.alerts, by: Self.alerts / 8) {
            try await fixture.play(Bodies.group([("f\(number)", false, Self.start)], key: "g\(number)"))
        }
        // The last digest is due one interval after the storm, and what Slack wants apart is sent apart.
        for _ in 1...300 {
            fixture.clock.advance(by: .seconds(1))
            await fixture.followUps.round()
            try await fixture.sendAll()
        }
        let lasted = fixture.clock.wall.now() - began
        let left = try await fixture.journal.counts()
        #expect(left.pendingMessages == 0 && left.parkedMessages == 0)
        #expect(await channel.lab.refusals().isEmpty, "nothing was too long, malformed, or too fast")

        // Nothing is lost: what was not told by itself is held, and no digest is due any more.
        let incidents = try await fixture.journal.incidents(limit: Self.alerts * 2)
        #expect(incidents.count == Self.alerts)
        var held = 0
        for incident in incidents {
            let told = try await fixture.journal.messages(of: incident.id)
            let digests = try await fixture.journal.held(of: incident.id)
            #expect(told.isEmpty != digests.isEmpty, "\(incident.id) is told in one way")
            #expect(digests.allSatisfy { $0.dueAt == nil })
            held += digests.count
        }
        #expect(held == Self.alerts - 20)

        // What people see in the channel: the single ones, and a digest an interval.
        let received = await channel.lab.receivedMessages()
        let digests = Int(lasted / .seconds(120)) + 1
        let ends = platform == .slack ? 1 : 0
        #expect(received.count { $0.step == .post } <= 20 + ends + digests)
        let counts = received.compactMap { Self.numberOfIncidents(in: $0.body) }
        #expect(counts.reduce(0, +) == held, "the digests stand for all of them: \(counts)")
    }

    /// "1,980 more incidents beside those told one by one"
    private static func numberOfIncidents(in payload: String) -> Int? {
        guard let end = payload.firstRange(of: " more incident") else { return nil }
        let digits = payload[..<end.lowerBound].reversed().prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
        return Int(String(digits.reversed()))
    }
}
