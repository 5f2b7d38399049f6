import Backends
import Journal
import Languages
import Responder
import Settings
import Synchronization
import Telemetry
import TestSupport
import Testing

@Suite struct NotificationHandlerTests {
    private static let start: Int64 = 1_795_361_381

    @Test func `a firing group becomes an open incident with one message`() async throws {
        let fixture = try Fixture()
        let acceptance = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let incident = try #require(try await fixture.journal.incident(IncidentID(number: acceptance.id)))
        #expect(incident.state == .open)
        #expect(incident.alertName == "A")
        #expect(!incident.diagnosis.isEmpty)
        let messages = try await fixture.messages(of: acceptance.id)
        #expect(messages.map(\.message.kind) == ["diagnosis"])
        #expect(messages.map(\.message.receiver) == ["on-call"])
    }

    @Test func `a repeat is neither stored nor investigated again`() async throws {
        let evidence = CountingEvidence()
        let fixture = try Fixture(evidence: evidence)
        let first = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let second = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(second == .repeated(id: first.id))
        #expect(evidence.requests.count == 1)
        #expect(try await fixture.messages(of: first.id).count == 1)
    }

    @Test func `the resolution goes to the same channel and closes the incident`() async throws {
        let fixture = try Fixture()
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        let incident = try #require(try await fixture.journal.incident(IncidentID(number: opened.id)))
        #expect(incident.state == .resolved)
        #expect(incident.resolvedAt == Timestamp(seconds: Self.start + 300))
        let messages = try await fixture.messages(of: opened.id)
        #expect(messages.map(\.message.kind) == ["diagnosis", "resolved"])
        #expect(String(decoding: messages[1].message.payload, as: UTF8.self).contains("Over after"))
    }

    @Test func `the end of a group that was not seen is finished without a word`() async throws {
        let fixture = try Fixture()
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        #expect(try await fixture.journal.incidents(limit: 10).isEmpty)
        #expect(try await fixture.journal.counts() == JournalCounts())
    }

    @Test func `a new alert is looked at, and the same finding is not told twice`() async throws {
        let evidence = CountingEvidence()
        let fixture = try Fixture(evidence: evidence)
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)]))
        #expect(evidence.requests.count == 2)
        #expect(try await fixture.journal.incidents(limit: 10).count == 1)
        #expect(try await fixture.messages(of: opened.id).map(\.message.kind) == ["diagnosis"])
    }

    @Test func `an alert about another service is told whatever the answer, and looked at in its own time`()
        async throws
    {
        let evidence = CountingEvidence()
        let fixture = try Fixture(evidence: evidence)
        fixture.clock.advance(by: .seconds(36_000))
        let late = Self.start + 35_000
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(
            Bodies.group([("a", true, Self.start), ("b", true, late)], services: ["b": "billing"]))
        #expect(try await fixture.messages(of: opened.id).map(\.message.kind) == ["diagnosis", "update"])
        let second = try #require(evidence.requests.last)
        #expect(second.scope.services == ["billing"])
        #expect(second.window.contains(Timestamp(seconds: late)))
        #expect(!second.window.contains(Timestamp(seconds: Self.start)))
    }

    @Test func `the end of an incident is counted from its own start`() async throws {
        let fixture = try Fixture()
        fixture.clock.advance(by: .seconds(36_000))
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 3000)]))
        try await fixture.play(Bodies.group([("b", true, Self.start + 3000)]))
        try await fixture.play(Bodies.group([("b", false, Self.start + 3000)]))
        let last = try #require(try await fixture.messages(of: opened.id).last)
        #expect(last.message.kind == "resolved")
        #expect(String(decoding: last.message.payload, as: UTF8.self).contains("Over after 55 min"))
    }

    @Test func `the same alert that fires again after its end is another incident`() async throws {
        // Alertmanager expires an alert while Prometheus cannot be reached; then it comes back with the same start.
        let fixture = try Fixture()
        let first = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        fixture.clock.advance(by: .seconds(600))
        let again = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(again.id != first.id)
        #expect(try await fixture.messages(of: again.id).map(\.message.kind) == ["diagnosis"])
    }

    @Test func `what ends the process even then is put aside`() async throws {
        let fixture = try Fixture()
        let intake = Intake(
            journal: fixture.journal, doorbell: fixture.doorbell, maximumAlerts: 100, clock: fixture.clock.wall)
        _ = await intake.accept(body: Bodies.group([("a", true, Self.start)]))
        for _ in 0..<6 {
            _ = try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60))
            fixture.clock.advance(by: .seconds(61))
        }
        let claimed = try #require(
            try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60)))
        _ = try await fixture.handler.handle(claimed)
        #expect(try await fixture.journal.counts().parkedNotifications == 1)
    }

    @Test func `a second look that changes the answer is told`() async throws {
        // At first Tempo does not answer, so nothing is known; then it has no trace of the service, which is a finding.
        let fixture = try Fixture(evidence: RecoveringEvidence())
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)]))
        let messages = try await fixture.messages(of: opened.id)
        #expect(messages.map(\.message.kind) == ["diagnosis", "update"])
    }

    @Test func `the same alert with another start is another incident`() async throws {
        let fixture = try Fixture()
        let first = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start + 3600)]))
        let incidents = try await fixture.journal.incidents(limit: 10)
        #expect(incidents.map(\.state) == [.open, .resolved])
        #expect(incidents.last?.id == IncidentID(number: first.id))
    }

    @Test func `a playbook without receivers tells nobody`() async throws {
        var quiet = Playbook(name: "quiet")
        quiet.receivers = []
        let fixture = try Fixture(playbooks: [quiet])
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(try await fixture.messages(of: opened.id).isEmpty)
    }

    @Test func `what ends the process each time is told without an investigation`() async throws {
        let evidence = CountingEvidence()
        let fixture = try Fixture(evidence: evidence)
        let intake = Intake(
            journal: fixture.journal, doorbell: fixture.doorbell, maximumAlerts: 100, clock: fixture.clock.wall)
        _ = await intake.accept(body: Bodies.group([("a", true, Self.start)]))
        for _ in 0..<3 {
            // Claimed and never given back: the process died.
            _ = try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60))
            fixture.clock.advance(by: .seconds(61))
        }
        let claimed = try #require(
            try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60)))
        _ = try await fixture.handler.handle(claimed)
        #expect(evidence.requests.isEmpty)
        let payload = try #require(try await fixture.messages(of: claimed.id).first).message.payload
        #expect(String(decoding: payload, as: UTF8.self).contains("broken off 3 times"))
    }

    @Test func `a stopped investigation is given back to be done again`() async throws {
        let evidence = HangingEvidence()
        let fixture = try Fixture(evidence: evidence)
        let intake = Intake(
            journal: fixture.journal, doorbell: fixture.doorbell, maximumAlerts: 100, clock: fixture.clock.wall)
        _ = await intake.accept(body: Bodies.group([("a", true, Self.start)]))
        let claimed = try #require(
            try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60)))
        // A task of its own, because it has to be cancelled from outside.
        let handling = Task { try await fixture.handler.handle(claimed) }
        await evidence.isAsked()
        handling.cancel()
        #expect(try await handling.value == .interrupted)
        #expect(try await fixture.journal.incidents(limit: 1).isEmpty)
        #expect(
            try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60)) != nil)
    }

    @Test func `the window never reaches into the future`() async throws {
        let evidence = CountingEvidence()
        let fixture = try Fixture(evidence: evidence)
        try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let request = try #require(evidence.requests.first)
        #expect(request.window.end == fixture.clock.wall.now())
        #expect(request.baseline.end == request.window.start)
        #expect(request.scope.services == ["shop"])
    }
}

/// Finds nothing, and remembers what it was asked.
final class CountingEvidence: EvidenceProvider {
    private let asked = Mutex<[CollectionRequest]>([])

    var requests: [CollectionRequest] { asked.withLock { $0 } }

    func evidence(for request: CollectionRequest) async -> Evidence {
        asked.withLock { $0.append(request) }
        return Evidence(scope: request.scope, window: request.window, baseline: request.baseline)
    }
}

/// Cannot reach anything the first time, and finds nothing the second.
final class RecoveringEvidence: EvidenceProvider {
    private let calls = Mutex(0)

    func evidence(for request: CollectionRequest) async -> Evidence {
        let isFirst = calls.withLock { calls in
            calls += 1
            return calls == 1
        }
        let sources = isFirst ? EvidenceSource.allCases : [.events, .pods, .nodes, .metrics]
        return Evidence(
            scope: request.scope, window: request.window, baseline: request.baseline,
            logs: isFirst ? [] : [LogEntry(at: request.window.start, line: "x", labels: ["service_name": "shop"])],
            gaps: sources.map { Gap($0, "it did not answer", isTotal: true) })
    }
}

/// Never finds an end by itself.
final class HangingEvidence: EvidenceProvider {
    private let doorbell = Doorbell()
    private let never = Doorbell()
    private let start: Doorbell.Ticket

    init() { start = doorbell.ticket() }

    func isAsked() async { await doorbell.wait(after: start) }

    func evidence(for request: CollectionRequest) async -> Evidence {
        doorbell.ring()
        await never.wait(after: never.ticket())
        return Evidence(scope: request.scope, window: request.window, baseline: request.baseline)
    }
}
