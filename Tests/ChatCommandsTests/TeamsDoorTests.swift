import FoundationEssentials
import Journal
import Telemetry
import Testing

@testable import ChatCommands

@Suite struct TeamsDoorTests {
    private static let key = [UInt8](0..<32)

    private func door(_ fixture: Fixture, receiver: String? = nil) -> TeamsDoor {
        TeamsDoor(
            signature: TeamsSignature(securityToken: Data(Self.key).base64EncodedString()),
            receiver: receiver,
            handler: fixture.handler, queue: fixture.queue, logger: Fixture.silent)
    }

    private func request(
        _ text: String, age: Int64 = 0, contentType: String = "application/json; charset=utf-8"
    ) -> ChatRequest {
        let body = [UInt8](
            """
            {"type":"message","timestamp":"\(Timestamp(seconds: Fixture.now.seconds - age))","text":"\(text)",\
            "from":{"id":"29:1","name":"On call","aadObjectId":"00000000-0000-0000-0000-000000000001"}}
            """.utf8)
        let code = Data(MessageAuthentication.code(of: body, key: Self.key) ?? []).base64EncodedString()
        return ChatRequest(
            contentType: contentType, header: { $0 == "Authorization" ? "HMAC \(code)" : nil }, body: body)
    }

    @Test func `a message to the webhook is a command, whatever dress it has`() async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            let response = await door(fixture).message(request("<p><at>Sabueso</at>&nbsp;ack i-42</p>\\n"))
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(
                text == #"{"type":"message","text":"On call takes care of i-42: spot node aks-spot-3 was preempted."}"#)
        }
        #expect(try await fixture.journal.remarks(on: Fixture.id).first?.author == "On call")
    }

    @Test func `a hostile text comes back harmless`() async throws {
        let fixture = try await Fixture()
        let response = await door(fixture).message(request("<at>S</at> [x](http://y)*_&lt;b&gt;"))
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains(#"\\[x\\](http://y)\\*\\_\\<b\\>"#), "\(text)")
    }

    @Test func `late, copied, unsigned and other requests are refused`() async throws {
        let fixture = try await Fixture()
        let door = door(fixture)
        try await fixture.working {
            let once = request("help")
            #expect(await door.message(once).status == 200)
            #expect(await door.message(once).status == 401)
            #expect(await door.message(request("help", age: 301)).status == 401)
            #expect(await door.message(request("help", age: -301)).status == 401)
            #expect(await door.message(request("help", contentType: "text/plain")).status == 415)
            let unsigned = ChatRequest(contentType: "application/json", header: { _ in nil }, body: once.body)
            let refused = await door.message(unsigned)
            #expect(refused.status == 401 && refused.body.isEmpty)
        }
    }

    @Test func `what comes too late goes to the receiver`() async throws {
        let fixture = try await Fixture()
        // Nobody works on it in time.
        let queue = CommandQueue()
        let clockless = TeamsDoor(
            signature: TeamsSignature(securityToken: Data(Self.key).base64EncodedString()),
            receiver: "platform-team",
            handler: fixture.hurried, queue: queue, logger: Fixture.silent)
        let response = await clockless.message(request("status"))
        #expect(String(decoding: response.body, as: UTF8.self).contains("follows as a message of its own"))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await queue.run() }
            while (try? await fixture.journal.counts().pendingMessages) == 0 { await Task.yield() }
            group.cancelAll()
        }
        let message = try #require(try await fixture.journal.claimMessage(now: Fixture.now, lease: .seconds(60)))
        #expect(message.message.receiver == "platform-team" && message.message.kind == "answer")
        #expect(String(decoding: message.message.payload, as: UTF8.self).contains("AdaptiveCard"))
    }
}
