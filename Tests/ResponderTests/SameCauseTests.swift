import Journal
import Reporting
import Telemetry
import Testing

@testable import Responder

/// One failure that makes the alerts of several services fire.
@Suite struct SameCauseTests {
    private static let start: Int64 = 1_795_361_381

    private static func body(_ number: Int, _ service: String, fires: Bool = true) -> [UInt8] {
        Bodies.group([("f\(number)", fires, start)], key: "g\(number)", services: ["f\(number)": service])
    }

    private func payloads(_ fixture: Fixture, _ number: Int64) async throws -> [String] {
        try await fixture.messages(of: number).map { String(decoding: $0.message.payload, as: UTF8.self) }
    }

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot, .teams])
    func `later incidents name the first open one with the same cause`(_ platform: ChatReceiver.Platform) async throws {
        let fixture = try Fixture(evidence: FailingEvidence(), platform: platform)
        try await fixture.play(Self.body(1, "checkout"))
        try await fixture.play(Self.body(2, "cart"))
        try await fixture.play(Self.body(3, "shop"))
        let incidents = try await fixture.journal.openIncidents()
        #expect(Set(incidents.map(\.firstCause)).count == 1)
        #expect(try await payloads(fixture, 1).allSatisfy { !$0.contains("Same cause as") })
        for number in [Int64(2), 3] {
            #expect(try await payloads(fixture, number).contains { $0.contains("Same cause as i-1 (checkout)") })
        }
    }

    @Test func `what is over, of another cause or of none is not named`() async throws {
        let failing = try Fixture(evidence: FailingEvidence())
        try await failing.play(Self.body(1, "checkout"))
        try await failing.play(Self.body(1, "checkout", fires: false))
        try await failing.play(Self.body(2, "cart"))
        let ids = try await failing.journal.openIncidents().map(\.id.number)
        #expect(try await payloads(failing, try #require(ids.first)).allSatisfy { !$0.contains("Same cause as") })
        let quiet = try Fixture()
        try await quiet.play(Self.body(1, "checkout"))
        try await quiet.play(Self.body(2, "cart"))
        #expect(try await payloads(quiet, 2).allSatisfy { !$0.contains("Same cause as") })
    }

    /// - Parameter confidence: below 0.4 it is a lead and no cause.
    private static func incident(
        _ number: Int64, cause: String = "spot-eviction", subject: String = "aks-spot-3", confidence: Double = 0.9,
        namespaces: [String] = [], state: Incident.State = .open
    ) -> Incident {
        let list = namespaces.map { "\"\($0)\"" }.joined(separator: ",")
        let diagnosis = """
            {"window":{},"scope":{"services":["s\(number)"],"namespaces":[\(list)]},"hypotheses":[{"cause":"\(cause)",\
            "subject":{"kind":"node","name":"\(subject)"},"confidence":\(confidence)}]}
            """
        return Incident(
            id: IncidentID(number: number), groupKey: "g\(number)", receiver: "r", alertName: "A", playbook: "p",
            state: state, startsAt: Timestamp(seconds: start), openedAt: Timestamp(seconds: start),
            updatedAt: Timestamp(seconds: start), alertBody: [], diagnosis: Array(diagnosis.utf8))
    }

    @Test func `it takes the same cause of the same subject, both sure enough to be named`() {
        let one = Self.incident(5)
        #expect(SameCause.incident(like: one, among: [Self.incident(4), Self.incident(3), one])?.incident == "i-3")
        for other in [
            one, Self.incident(3, cause: "node-lost"), Self.incident(3, subject: "aks-spot-4"),
            Self.incident(3, confidence: 0.39), Self.incident(3, state: .resolved), Self.incident(3, subject: ""),
        ] {
            #expect(SameCause.incident(like: one, among: [other]) == nil)
        }
        #expect(SameCause.incident(like: Self.incident(5, confidence: 0.3), among: [Self.incident(3)]) == nil)
        let unknown = Self.incident(5, cause: "unknown")
        #expect(SameCause.incident(like: unknown, among: [Self.incident(3, cause: "unknown")]) == nil)
    }

    @Test(arguments: [
        (["shop"], ["shop", "pay"], true), (["shop"], ["pay"], false), ([], ["pay"], true), ([], [], true),
    ])
    func `the same name in another namespace is another thing`(one: [String], other: [String], isSame: Bool) {
        let found = SameCause.incident(
            like: Self.incident(5, namespaces: one), among: [Self.incident(3, namespaces: other)])
        #expect((found != nil) == isSame)
    }
}
