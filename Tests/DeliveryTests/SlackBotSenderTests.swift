import Delivery
import HTTPTransport
import Testing

@Suite struct SlackBotSenderTests {
    private static let message = [UInt8](#"{"text":"hello"}"#.utf8)
    private static let svg = [UInt8]("<svg/>".utf8)

    private func sender(
        _ client: ScriptedClient, pictures: (any PictureRendering)? = nil
    ) -> SlackBotSender {
        SlackBotSender(
            api: SlackAPI(token: "xoxb-secret", client: client), channel: "#on-call",
            pacing: Pacer(policy: .unlimited, clock: JumpingClock()), pictures: pictures)
    }

    private static func ok(_ fields: String = #""channel":"C1","ts":"100.1""#) -> ScriptedClient.Answer {
        .success(HTTPResponse(status: 200, body: [UInt8](#"{"ok":true,\#(fields)}"#.utf8)))
    }

    private static func error(_ word: String) -> ScriptedClient.Answer {
        .success(HTTPResponse(status: 200, body: [UInt8](#"{"ok":false,"error":"\#(word)"}"#.utf8)))
    }

    private func decision(_ result: DeliveryResult) -> DeliveryDecision {
        result.decision(attempt: 1, age: .zero, jitter: 0)
    }

    @Test func `the first message goes to the channel, and its receipt names both channel and message`() async {
        let client = ScriptedClient(Self.ok())
        let result = await sender(client).send(Self.message)
        #expect(decision(result) == .delivered(receipt: "C1 100.1"))
        #expect(client.requests.map(\.url) == ["https://slack.com/api/chat.postMessage"])
        #expect(client.requests[0].headers.contains(HTTPHeader("Authorization", "Bearer xoxb-secret")))
        #expect(Self.text(client.requests[0]) == ##"{"channel":"#on-call","text":"hello"}"##)
    }

    @Test func `an edit and an answer find the conversation by its receipt`() async {
        let client = ScriptedClient(Self.ok(), Self.ok())
        let sender = sender(client)
        _ = await sender.send(ChatPost(payload: Self.message, place: .insteadOf("C1 100.1")))
        _ = await sender.send(ChatPost(payload: Self.message, place: .below("C1 100.1")))
        #expect(client.requests.map(\.url.lastName) == ["chat.update", "chat.postMessage"])
        #expect(
            client.requests.map(Self.text) == [
                #"{"channel":"C1","ts":"100.1","text":"hello"}"#,
                #"{"channel":"C1","thread_ts":"100.1","text":"hello"}"#,
            ])
    }

    @Test(arguments: ["message_not_found", "cant_update_message", "edit_window_closed"])
    func `what can no longer be edited is told in its thread`(_ word: String) async {
        let client = ScriptedClient(Self.error(word), Self.ok(#""channel":"C1","ts":"100.2""#))
        let result = await sender(client).send(ChatPost(payload: Self.message, place: .insteadOf("C1 100.1")))
        #expect(decision(result) == .delivered(receipt: "C1 100.2"))
        #expect(Self.text(client.requests[1]).contains(#""thread_ts":"100.1""#))
    }

    @Test func `an answer to a thread that is gone goes to the channel`() async {
        let client = ScriptedClient(Self.error("thread_not_found"), Self.ok())
        let result = await sender(client).send(ChatPost(payload: Self.message, place: .below("C1 100.1")))
        #expect(decision(result) == .delivered(receipt: "C1 100.1"))
        #expect(!Self.text(client.requests[1]).contains("thread_ts"))
    }

    @Test func `a refusal is told with what to do, and one that passes is tried again`() async {
        let refused = await sender(ScriptedClient(Self.error("not_in_channel"))).send(Self.message)
        #expect(decision(refused) == .park(reason: "Slack answered 200 not_in_channel: invite the app to the channel"))
        let passing = await sender(ScriptedClient(Self.error("rate_limited"))).send(Self.message)
        guard case .retry = decision(passing) else { return #expect(Bool(false), "\(decision(passing))") }
    }

    @Test func `a picture is uploaded in three steps and shared below its message`() async {
        let client = ScriptedClient(
            Self.ok(#""upload_url":"https://files.slack.com/up/1","file_id":"F1""#),
            .success(HTTPResponse(status: 200)),
            Self.ok(#""files":[{"id":"F1"}]"#))
        let result = await sender(client, pictures: FixedPicture(.success([1, 2, 3])))
            .send(ChatPost(payload: Self.svg, place: .picture(below: "C1 100.1")))
        guard case .delivered = decision(result) else { return #expect(Bool(false), "\(decision(result))") }
        #expect(
            client.requests.map(\.url.lastName) == ["files.getUploadURLExternal", "1", "files.completeUploadExternal"])
        #expect(Self.text(client.requests[0]) == "filename=incident.png&length=3")
        #expect(client.requests[1].body == [1, 2, 3])
        #expect(!client.requests[1].headers.contains { $0.name == "Authorization" })
        #expect(Self.text(client.requests[2]).hasSuffix("&channel_id=C1&thread_ts=100.1"))
    }

    @Test func `a picture that fails is never tried again, whatever the reason`() async {
        let noRenderer = await sender(ScriptedClient()).send(ChatPost(payload: Self.svg, place: .picture(below: nil)))
        let broken = await sender(ScriptedClient(), pictures: FixedPicture(.failure(PictureError("no rsvg-convert"))))
            .send(ChatPost(payload: Self.svg, place: .picture(below: nil)))
        let limited = await sender(
            ScriptedClient(.success(HTTPResponse(status: 429))), pictures: FixedPicture(.success([1]))
        ).send(ChatPost(payload: Self.svg, place: .picture(below: nil)))
        for result in [noRenderer, broken, limited] {
            guard case .park = decision(result) else { return #expect(Bool(false), "\(decision(result))") }
        }
    }

    @Test func `the token never comes back, whatever is answered`() async {
        let answer = ScriptedClient.Answer.success(
            HTTPResponse(status: 502, body: [UInt8]("proxy: Bearer xoxb-secret refused".utf8)))
        let result = await sender(ScriptedClient(answer)).send(Self.message)
        #expect(!"\(result)".contains("xoxb-secret"))
        #expect(!decision(result).detail.contains("xoxb-secret"))
    }

    private static func text(_ request: HTTPRequest) -> String { String(decoding: request.body ?? [], as: UTF8.self) }
}

private struct FixedPicture: PictureRendering {
    let outcome: Result<[UInt8], PictureError>

    init(_ outcome: Result<[UInt8], PictureError>) { self.outcome = outcome }

    func png(of svg: [UInt8]) async throws(PictureError) -> [UInt8] { try outcome.get() }
}

extension String {
    fileprivate var lastName: String { split(separator: "/").last.map(String.init) ?? "" }
}
