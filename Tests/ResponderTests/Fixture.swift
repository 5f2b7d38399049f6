import Alerts
import Backends
import Delivery
import HTTPTransport
import Journal
import Languages
import Logging
import Metrics
import Reporting
import RootCause
import Settings
import Synchronization
import Telemetry
import TestSupport

@testable import Responder

/// Everything that a notification needs to become a message, on a journal in memory and a clock that stands still.
struct Fixture: Sendable {
    let journal: DatabaseJournal
    let clock: ManualClock
    let doorbell = Doorbell()
    let chat = RecordingSender()
    let records: CauseRecords
    let handler: NotificationHandler
    private let receivers: [ChatReceiver]

    /// - Parameters:
    ///   - investigationsAtOnce: the others wait.
    ///   - platform: of the receiver `on-call`.
    ///   - routing: what it hears of.
    ///   - pictures: draws for it.
    ///   - sender: nil for `chat`, which takes everything.
    init(
        evidence: any EvidenceProvider = QuietEvidence(), investigationsAtOnce: Int = 4,
        playbooks: [Playbook] = Playbook.builtIn,
        platform: ChatReceiver.Platform = .slack, routing: Settings.Receiver.Routing = Settings.Receiver.Routing(),
        ownPages: String? = nil, pictures: PictureRenderer? = nil, offers: Set<Summary.Offer> = [],
        language: Language = .english,
        clock: ManualClock = ManualClock(Timestamp(seconds: 1_795_361_500)), sender: (any ChatSender)? = nil
    ) throws {
        self.clock = clock
        receivers = [
            ChatReceiver(
                name: "on-call", platform: platform, sender: sender ?? chat,
                summaries: SummaryBuilder(ownPages: ownPages, language: language),
                routing: routing, pictures: pictures, offers: offers)
        ]
        journal = try DatabaseJournal(path: ":memory:")
        records = CauseRecords(journal: journal, clock: clock.wall, logger: Self.silent)
        handler = NotificationHandler(
            journal: journal,
            investigator: Investigator(
                playbooks: playbooks, evidence: evidence, analyzer: RootCauseAnalyzer(), clock: clock.wall),
            summaries: SummaryBuilder(), receivers: receivers, records: records, doorbell: doorbell,
            investigationsAtOnce: investigationsAtOnce, clock: clock.wall, logger: Self.silent,
            metrics: NOOPMetricsHandler.instance)
    }

    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    /// Accepts a notification and has it handled, as the service would.
    @discardableResult
    func play(_ body: [UInt8]) async throws -> Acceptance {
        let intake = Intake(journal: journal, doorbell: doorbell, maximumAlerts: 100, clock: clock.wall)
        guard case .accepted(let acceptance) = await intake.accept(body: body) else {
            throw TestFailure("the body was not accepted")
        }
        while let claimed = try await journal.claimNotification(now: clock.wall.now(), lease: .seconds(60)) {
            _ = try await handler.handle(claimed)
        }
        return acceptance
    }

    var dispatcher: Dispatcher {
        Dispatcher(
            journal: journal, receivers: receivers, doorbell: doorbell, clock: clock.wall, logger: Self.silent,
            metrics: NOOPMetricsHandler.instance, jitter: { 0.5 })
    }

    var followUps: FollowUps {
        FollowUps(
            journal: journal, receivers: receivers, doorbell: doorbell, clock: clock.wall, logger: Self.silent)
    }

    var secondLooks: SecondLooks {
        SecondLooks(journal: journal, handler: handler, doorbell: doorbell, clock: clock.wall, logger: Self.silent)
    }

    /// Sends everything that waits.
    func sendAll() async throws {
        while try await dispatcher.sendNext() != nil {}
    }

    func messages(of number: Int64) async throws -> [StoredMessage] {
        try await journal.messages(of: IncidentID(number: number))
    }
}

/// A clock that moves only when somebody sleeps on it or a test says so.
final class ManualClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) { time = Mutex(start) }

    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    var wall: WallClock {
        WallClock(
            now: { self.time.withLock { $0 } },
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(by: duration)
            })
    }
}

/// Nothing was found, and everything was asked.
struct QuietEvidence: EvidenceProvider {
    func evidence(for request: CollectionRequest) async -> Evidence {
        Evidence(scope: request.scope, window: request.window, baseline: request.baseline)
    }
}

/// Requests to a service, of which some began to fail in the middle of the window.
struct FailingEvidence: EvidenceProvider {
    func evidence(for request: CollectionRequest) async -> Evidence {
        let (window, baseline) = (request.window, request.baseline)
        let spans = (1...60).map { number in
            let start = baseline.start + (window.end - baseline.start) / 61 * number
            let isLate = start > window.start + window.duration / 2
            return Span(
                traceID: TraceID(high: 1, low: UInt64(number)), id: SpanID(UInt64(number)), name: "POST /pay",
                kind: .server, start: start, end: start + .milliseconds(80),
                status: isLate ? .error(message: "refused") : .unset, resource: ["service.name": .string("shop")])
        }
        return Evidence(scope: request.scope, window: window, baseline: baseline, traces: Trace.grouping(spans))
    }
}

/// Remembers what it was given and answers as it was told, then with `ok`.
final class RecordingSender: ChatSender {
    private let state = Mutex<(posts: [ChatPost], answers: [Result<HTTPResponse, HTTPError>])>(([], []))

    func answer(_ answers: Result<HTTPResponse, HTTPError>...) { state.withLock { $0.answers += answers } }

    var posts: [ChatPost] { state.withLock { $0.posts } }
    var payloads: [String] { posts.map { String(decoding: $0.payload, as: UTF8.self) } }

    func send(_ post: ChatPost) async -> DeliveryResult {
        let answer = state.withLock { state in
            state.posts.append(post)
            return state.answers.isEmpty
                ? Self.accepted(state.posts.count) : state.answers.removeFirst()
        }
        return DeliveryResult(platform: .slackWebAPI, outcome: .answered(answer))
    }

    /// As Slack's Web API names a message: the n-th one has the timestamp n.
    private static func accepted(_ number: Int) -> Result<HTTPResponse, HTTPError> {
        .success(
            HTTPResponse(status: 200, body: [UInt8](#"{"ok":true,"channel":"C1","ts":"\#(number).0"}"#.utf8)))
    }
}

/// Webhook bodies of one group.
enum Bodies {
    /// - Parameter alerts: fingerprint, whether it fires, and the second at which it began.
    /// - Parameters:
    ///   - services: by fingerprint; the others are of `shop`.
    ///   - severities: by fingerprint; the others have none.
    static func group(
        _ alerts: [(String, Bool, Int64)], key: String = "k", services: [String: String] = [:],
        severities: [String: String] = [:]
    ) -> [UInt8] {
        let list = alerts.map { fingerprint, isFiring, start in
            let severity = severities[fingerprint].map { ",\"severity\":\"\($0)\"" } ?? ""
            return """
                {"status":"\(isFiring ? "firing" : "resolved")",\
                "labels":{"alertname":"A","service":"\(services[fingerprint] ?? "shop")"\(severity)},\
                "annotations":{},"startsAt":"\(Timestamp(seconds: start))",\
                "endsAt":"\(isFiring ? "0001-01-01T00:00:00Z" : "\(Timestamp(seconds: start + 300))")",\
                "fingerprint":"\(fingerprint)"}
                """
        }
        let status = alerts.contains { $0.1 } ? "firing" : "resolved"
        return [UInt8](
            """
            {"version":"4","status":"\(status)","receiver":"r","groupKey":"\(key)",\
            "commonLabels":{"alertname":"A"},"alerts":[\(list.joined(separator: ","))]}
            """.utf8)
    }
}
