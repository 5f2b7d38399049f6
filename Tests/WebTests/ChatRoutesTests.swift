import CLibcrypto
import ChatCommands
import HTTPTransport
import Testing
import Web

/// Commands over real sockets: what the platforms' requests meet before anybody reads them.
@Suite struct ChatRoutesTests {
    private static let secret = "a signing secret for tests"
    /// The time of `RunningServer`'s clock.
    private static let now: Int64 = 1_795_361_500

    /// Computed here and not by the room: HMAC-SHA256 over `v0:<time>:<body>`.
    private static func signature(_ body: String, time: Int64 = now) -> String {
        let message = [UInt8]("v0:\(time):\(body)".utf8)
        let key = [UInt8](secret.utf8)
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        _ = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
        return "v0=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func post(
        _ server: RunningServer, _ body: String, to path: String = "/slack/commands",
        contentType: String = "application/x-www-form-urlencoded", signature: String? = nil
    ) async throws -> HTTPResponse {
        try await server.http.send(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(server.port)\(path)",
                headers: [
                    HTTPHeader("Content-Type", contentType), HTTPHeader("X-Slack-Request-Timestamp", "\(now)"),
                    HTTPHeader("X-Slack-Signature", signature ?? Self.signature(body)),
                ], body: [UInt8](body.utf8)))
    }

    @Test func `a signed command is answered, and a copy of it refused without a word`() async throws {
        try await RunningServer.run(slackSecret: Self.secret) { server in
            let body = "text=status&user_id=U0123ABCD"
            let answer = try await Self.post(server, body)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(answer.text.contains("Nothing is open."))
            let copy = try await Self.post(server, body)
            #expect(copy.status == 401 && copy.text == "unauthorized\n")
            #expect(server.log.lines.contains("warning chat request refused"))
        }
    }

    @Test func `a stranger learns nothing`() async throws {
        try await RunningServer.run(slackSecret: Self.secret) { server in
            for path in ["/slack/commands", "/slack/interactions", "/slack/events"] {
                let answer = try await Self.post(server, "text=help&user_id=U1", to: path, signature: "v0=00")
                #expect(answer.status == 401 && answer.text == "unauthorized\n")
            }
        }
    }

    @Test func `a body that is too large is refused before its signature`() async throws {
        try await RunningServer.run(slackSecret: Self.secret) { server in
            let answer = try await Self.post(server, String(repeating: "a", count: 600_000))
            #expect(answer.status == 413)
            let wrong = try await Self.post(server, "{}", contentType: "application/json")
            #expect(wrong.status == 415)
        }
    }

    @Test func `the challenge of an event's address comes back`() async throws {
        try await RunningServer.run(slackSecret: Self.secret) { server in
            let answer = try await Self.post(
                server, #"{"type":"url_verification","challenge":"abc"}"#, to: "/slack/events",
                contentType: "application/json")
            #expect(answer.status == 200 && answer.text == #"{"challenge":"abc"}"#)
        }
    }

    @Test(arguments: ["/slack/commands", "/slack/interactions", "/slack/events", "/teams/messages"])
    func `without a configuration there is no door`(path: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("POST", path, body: [])
            #expect(answer.status == 404)
        }
    }
}
