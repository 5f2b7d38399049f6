import Backends
import Journal
import Languages
import Synchronization
import Telemetry
import Testing

@testable import Responder

/// What could not be seen at first is asked for once more.
@Suite struct SecondLookTests {
    private static let start: Int64 = 1_795_361_381

    @Test(arguments: [ChatReceiver.Platform.slack, .slackBot])
    func `evidence that comes late changes the diagnosis, and people hear of it once`(
        _ platform: ChatReceiver.Platform
    ) async throws {
        let fixture = try Fixture(evidence: LateEvidence(), platform: platform)
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let before = try await fixture.messages(of: opened.id).count
        await fixture.secondLooks.round()
        #expect(try await fixture.messages(of: opened.id).count == before, "it is too early")
        for _ in 1...3 {
            fixture.clock.advance(by: NotificationHandler.secondLookDelay)
            await fixture.secondLooks.round()
        }
        let added = try await fixture.messages(of: opened.id).dropFirst(before).map(\.message)
        #expect(added.map(\.kind) == (platform == .slack ? ["update"] : ["update", "update"]))
        let incident = try #require(try await fixture.journal.incident(IncidentID(number: opened.id)))
        #expect(incident.namedCause?.cause == "dependency-failure" && incident.lookAgainAt == nil)
    }

    @Test func `an alert that joins during a second look has the last word, and nobody is told twice`() async throws {
        let evidence = LateEvidence()
        let fixture = try Fixture(evidence: evidence)
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        let id = IncidentID(number: opened.id)
        evidence.onSecondQuestion {
            // Taken already: a process that ends here would not look again and again.
            let now = fixture.clock.wall.now() + .seconds(3600)
            #expect((try? await fixture.journal.incidentToLookAtAgain(dueAt: now)) == .some(.none))
            fixture.clock.advance(by: .seconds(1))
            _ = try? await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)]))
        }
        fixture.clock.advance(by: NotificationHandler.secondLookDelay)
        await fixture.secondLooks.round()
        #expect(try await fixture.messages(of: opened.id).map(\.message.kind) == ["diagnosis", "update"])
        let incident = try #require(try await fixture.journal.incident(id))
        #expect(incident.alertBody == incident.investigatedBody, "the newest notification's")
    }

    @Test func `what is over is not looked at again`() async throws {
        let fixture = try Fixture(evidence: LateEvidence())
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", false, Self.start)]))
        fixture.clock.advance(by: NotificationHandler.secondLookDelay)
        await fixture.secondLooks.round()
        #expect(try await fixture.messages(of: opened.id).map(\.message.kind) == ["diagnosis", "resolved"])
    }

    @Test func `a diagnosis that lacks nothing is not made twice`() async throws {
        let fixture = try Fixture(evidence: FailingEvidence())
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        #expect(try await fixture.journal.incident(IncidentID(number: opened.id))?.lookAgainAt == nil)
    }

    @Test func `people hear that somebody looks although others are looked at first`() async throws {
        let evidence = WaitingEvidence()
        let fixture = try Fixture(evidence: evidence, investigationsAtOnce: 1, platform: .slackBot)
        let intake = Intake(
            journal: fixture.journal, doorbell: fixture.doorbell, maximumAlerts: 100, clock: fixture.clock.wall)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                _ = await intake.accept(body: Bodies.group([("f\(number)", true, Self.start)], key: "\(number)"))
                let claimed = try #require(
                    try await fixture.journal.claimNotification(now: fixture.clock.wall.now(), lease: .seconds(60)))
                group.addTask { _ = try await fixture.handler.handle(claimed) }
            }
            // Nothing answers until all eight were begun.
            while try await fixture.journal.counts().pendingMessages < 8 { await Task.yield() }
            #expect(evidence.mostAtOnce <= 1)
            evidence.open()
            try await group.waitForAll()
        }
        #expect(evidence.mostAtOnce == 1)
        #expect(try await fixture.journal.counts().pendingMessages == 24)
    }
}

/// Nothing answers at first, and everything a while later.
private final class LateEvidence: EvidenceProvider {
    private let asked = Mutex(0)
    private let interruption = Mutex<(@Sendable () async -> Void)?>(nil)

    func onSecondQuestion(_ interruption: @escaping @Sendable () async -> Void) {
        self.interruption.withLock { $0 = interruption }
    }

    func evidence(for request: CollectionRequest) async -> Evidence {
        let number = asked.withLock { asked in
            asked += 1
            return asked
        }
        if number == 2, let interruption = interruption.withLock({ $0 }) { await interruption() }
        guard number == 1 else { return await FailingEvidence().evidence(for: request) }
        return Evidence(
            scope: request.scope, window: request.window, baseline: request.baseline,
            gaps: [Gap(.traces, "Tempo did not answer within 8 s", isTotal: true)])
    }
}

/// Answers when the test says so.
private final class WaitingEvidence: EvidenceProvider {
    private struct State {
        var isOpen = false
        var now = 0
        var most = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var mostAtOnce: Int { state.withLock { $0.most } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume() }
    }

    func evidence(for request: CollectionRequest) async -> Evidence {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
        state.withLock { $0.now -= 1 }
        return await QuietEvidence().evidence(for: request)
    }
}
