import Lab
import Scenarios

/// Calls the lab's Slack without a socket.
struct SlackClient {
    let lab: Lab
    var token: String? = SlackSettings.standardToken

    struct Answer {
        let status: Int
        let body: JSON
        let retryAfter: String?

        var error: String { body["error"]?.text ?? "" }
        var timestamp: String { body["ts"]?.text ?? "" }
    }

    func call(_ method: String, _ arguments: JSON) async -> Answer {
        await send(method, "application/json; charset=utf-8", Array(arguments.compact.utf8))
    }

    func form(_ method: String, _ arguments: KeyValuePairs<String, String>) async -> Answer {
        let body = arguments.map { "\($0.key)=\(LabCase.encoded($0.value))" }.joined(separator: "&")
        return await send(method, "application/x-www-form-urlencoded", Array(body.utf8))
    }

    func send(_ method: String, _ type: String?, _ body: [UInt8]) async -> Answer {
        var headers = ["host": "127.0.0.1:1"]
        headers["content-type"] = type
        headers["authorization"] = token.map { "Bearer \($0)" }
        let answer = await lab.answer(LabRequest("POST", "/slack/api/\(method)", headers: headers, body: body))
        return Answer(
            status: answer.status, body: LabCase.json(answer) ?? .null,
            retryAfter: answer.headers.first { $0.name == "Retry-After" }?.value)
    }

    /// Posts to the channel, and gives back the message's timestamp.
    func post(_ text: String, thread: String? = nil) async -> String {
        var members: [JSON.Member] = [
            .init(name: "channel", value: "#on-call"), .init(name: "text", value: .string(text)),
        ]
        if let thread { members.append(.init(name: "thread_ts", value: .string(thread))) }
        return await call("chat.postMessage", .object(members)).timestamp
    }
}
