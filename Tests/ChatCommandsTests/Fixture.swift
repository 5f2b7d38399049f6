import Alerts
import Backends
import Delivery
import HTTPTransport
import Journal
import Languages
import Logging
import Reporting
import Responder
import RootCause
import Settings
import Synchronization
import Telemetry
import TestSupport

@testable import ChatCommands

/// A journal with an incident that was told in Slack, and somebody who answers commands about it.
struct Fixture: Sendable {
    static let now = Timestamp(seconds: 1_795_361_500)
    static let secret = "a signing secret for tests"
    static let channel = "C0123ABCD"
    static let thread = "1795361381.000100"
    static let id = IncidentID(number: 42)
    static let person = Person(id: "U0123ABCD", name: "on-call-1")

    let journal: DatabaseJournal
    let handler: CommandHandler
    let records: CauseRecords
    let queue = CommandQueue()
    let posts = Posts()
    let evidence: GatedEvidence

    init(
        silences: Silences? = nil, isDiagnosed: Bool = true, isTold: Bool = true, evidence: GatedEvidence = .open(),
        language: Language = .english
    ) async throws {
        journal = try DatabaseJournal(path: ":memory:")
        self.evidence = evidence
        let clock = WallClock(
            now: { Self.now },
            // No time passes by itself: a wait ends by what it waits for.
            sleep: { try await Task.sleep(for: $0 == .zero ? .zero : .seconds(3600)) })
        records = CauseRecords(journal: journal, clock: clock, logger: Self.silent)
        handler = CommandHandler(
            journal: journal,
            investigator: Investigator(
                playbooks: Playbook.builtIn, evidence: evidence, analyzer: RootCauseAnalyzer(), clock: clock),
            summaries: SummaryBuilder(language: language),
            receivers: [
                ChatReceiver(
                    name: "on-call", platform: .slackBot, sender: Nobody(),
                    summaries: SummaryBuilder(language: language))
            ],
            silences: silences, records: records, doorbell: Doorbell(), clock: clock, logger: Self.silent)
        let incident = try Self.incident(Self.id, isDiagnosed: isDiagnosed)
        try await journal.save(incident, messages: isTold ? [Self.message] : [])
        if isTold, let claimed = try await journal.claimMessage(now: Self.now, lease: .seconds(60)) {
            try await journal.recordAttempt(
                claimed.id,
                DeliveryAttempt(
                    at: Self.now, outcome: .delivered(receipt: "\(Self.channel) \(Self.thread)"), detail: ""))
        }
    }

    static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    static func incident(
        _ id: IncidentID, isDiagnosed: Bool = true, service: String = "shop", key: String = "k"
    ) throws -> Incident {
        let body = """
            {"version":"4","status":"firing","receiver":"r","groupKey":"\(key)",\
            "groupLabels":{"alertname":"HighTraceErrorRate"},\
            "commonLabels":{"alertname":"HighTraceErrorRate","service_name":"\(service)"},\
            "externalURL":"http://alertmanager.example.com","alerts":[{"status":"firing",\
            "labels":{"alertname":"HighTraceErrorRate","service_name":"\(service)"},"annotations":{},\
            "startsAt":"2026-11-22T15:29:41Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"a"}]}
            """
        return Incident(
            id: id, groupKey: key, receiver: "r", alertName: "HighTraceErrorRate", playbook: "default", state: .open,
            startsAt: Timestamp(seconds: 1_795_361_381), openedAt: Timestamp(seconds: 1_795_361_382),
            updatedAt: Timestamp(seconds: 1_795_361_383), alertBody: [UInt8](body.utf8),
            headline: isDiagnosed ? "spot node aks-spot-3 was preempted" : "",
            diagnosis: isDiagnosed
                ? try Repository.bytes("Tests/Fixtures/Golden/Scenarios/spot-eviction/diagnosis.json") : [])
    }

    private static var message: OutgoingMessage {
        OutgoingMessage(
            incident: id, receiver: "on-call", kind: "begun", deduplicationKey: "begun",
            payload: SlackRenderer().body(Summary(headline: "it began", context: "shop")), createdAt: now)
    }

    func slack(_ client: any HTTPClient = ScriptedClient(), names: SlackNames.Lookup? = nil) -> SlackDoor {
        SlackDoor(
            signature: SlackSignature(signingSecret: Self.secret),
            responseHosts: ["hooks.slack.com"], client: client,
            post: { message, channel, thread in
                posts.add("\(channel) \(thread) " + String(decoding: message, as: UTF8.self))
                return nil
            }, names: SlackNames(lookup: names, logger: Self.silent), handler: handler, queue: queue,
            logger: Self.silent)
    }

    /// An incident that was told in a channel of Slack's.
    func tell(_ number: Int64, in channel: String) async throws {
        let id = IncidentID(number: number)
        let message = OutgoingMessage(
            incident: id, receiver: "on-call", kind: "begun", deduplicationKey: "begun \(id)",
            payload: SlackRenderer().body(Summary(headline: "\(id) began", context: "shop")), createdAt: Self.now)
        try await journal.save(Self.incident(id, key: "\(id)"), messages: [message])
        while let claimed = try await journal.claimMessage(now: Self.now, lease: .seconds(60)) {
            try await journal.recordAttempt(
                claimed.id,
                DeliveryAttempt(
                    at: Self.now, outcome: .delivered(receipt: "\(channel) 1795361400.\(number)"), detail: ""))
        }
    }

    /// What was told below the conversation's first message.
    func replies(to id: IncidentID = id) async throws -> [String] {
        try await journal.messages(of: id).filter { $0.message.step == .reply }
            .map { String(decoding: $0.message.payload, as: UTF8.self) }
    }

    /// The same with a clock on which every wait is over at once.
    var hurried: CommandHandler {
        CommandHandler(
            journal: journal, investigator: handler.investigator, summaries: handler.summaries,
            receivers: handler.receivers, silences: handler.silences, records: records, doorbell: handler.doorbell,
            clock: WallClock(now: { Self.now }, sleep: { _ in }), logger: Self.silent)
    }

    /// Runs a test with somebody who works through the queue.
    func working<Value: Sendable>(_ test: @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await queue.run() }
            defer { group.cancelAll() }
            return try await test()
        }
    }

    func answer(_ text: String, in thread: IncidentID? = nil, by person: Person = person) async throws -> String {
        let command = try CommandParser(thread: thread).parse(text)
        return String(
            decoding: await handler.answer(command, by: person).slackMessage(in: handler.language), as: UTF8.self)
    }

    /// What the conversation's first message says by now.
    func firstMessage() async throws -> String {
        let edits = try await journal.messages(of: Self.id).filter { [.post, .edit].contains($0.message.step) }
        return String(decoding: edits.last?.message.payload ?? [], as: UTF8.self)
    }
}

/// Signs as Slack does, by the room's own code: that it is Slack's way is tested with Slack's example.
enum Signed {
    static func request(
        _ body: String, contentType: String = "application/x-www-form-urlencoded", age: Int64 = 0,
        secret: String = Fixture.secret
    ) -> ChatRequest {
        let timestamp = "\(Fixture.now.seconds - age)"
        let code = MessageAuthentication.code(of: [UInt8]("v0:\(timestamp):\(body)".utf8), key: [UInt8](secret.utf8))
        let hex = (code ?? []).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let headers = ["X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": "v0=\(hex)"]
        return ChatRequest(contentType: contentType, header: { headers[$0] }, body: [UInt8](body.utf8))
    }

    static func form(_ text: String, _ more: String = "") -> ChatRequest {
        request("text=\(encoded(text))&user_id=U0123ABCD&user_name=on-call-1" + more)
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isLetter = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            return isLetter ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

/// What was posted into threads, each waited for.
final class Posts: Sendable {
    private let stream: AsyncStream<String>
    private let entrance: AsyncStream<String>.Continuation

    init() { (stream, entrance) = AsyncStream.makeStream() }

    func add(_ post: String) { entrance.yield(post) }

    func next() async throws -> String {
        guard let post = await stream.first(where: { _ in true }) else { throw TestFailure("nothing was posted") }
        return post
    }
}

/// Nothing was found, once the gate is open.
struct GatedEvidence: EvidenceProvider {
    private let gate: AsyncStream<Void>
    let unlock: @Sendable () -> Void
    let requests: Requests

    static func open() -> GatedEvidence {
        let gated = closed()
        gated.unlock()
        return gated
    }

    static func closed() -> GatedEvidence {
        let (gate, entrance) = AsyncStream<Void>.makeStream()
        return GatedEvidence(gate: gate, unlock: { entrance.finish() }, requests: Requests())
    }

    func evidence(for request: CollectionRequest) async -> Evidence {
        requests.kept.withLock { $0.append(request) }
        for await _ in gate {}
        return Evidence(scope: request.scope, window: request.window, baseline: request.baseline)
    }

    final class Requests: Sendable {
        let kept = Mutex<[CollectionRequest]>([])
        var all: [CollectionRequest] { kept.withLock { $0 } }
    }
}

/// Answers from a script and remembers what it was asked.
final class ScriptedClient: HTTPClient {
    private let state: Mutex<(script: [HTTPTransport.HTTPResponse], requests: [HTTPRequest])>
    private let asked: AsyncStream<HTTPRequest>
    private let entrance: AsyncStream<HTTPRequest>.Continuation

    init(_ script: HTTPTransport.HTTPResponse...) {
        state = Mutex((script, []))
        (asked, entrance) = AsyncStream.makeStream()
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func next() async throws -> HTTPRequest {
        guard let request = await asked.first(where: { _ in true }) else { throw TestFailure("nothing was sent") }
        return request
    }

    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPTransport.HTTPResponse {
        let answer = state.withLock { state -> HTTPTransport.HTTPResponse? in
            state.requests.append(request)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        entrance.yield(request)
        guard let answer else { throw .invalidRequest("not in the script") }
        return answer
    }
}

extension HTTPTransport.HTTPResponse {
    static func ok(_ text: String) -> HTTPTransport.HTTPResponse { .init(status: 200, body: [UInt8](text.utf8)) }
}

struct Nobody: ChatSender {
    func send(_ post: ChatPost) async -> DeliveryResult {
        DeliveryResult(platform: .slackWebAPI, outcome: .impossible(reason: "nobody sends in this test"))
    }
}
