import FoundationEssentials
package import HTTPTransport

/// The methods of Slack's Web API that are called, with an app's bot token.
///
/// Every one of them is a POST that answers 200 with `{"ok": …}`, or 429 with `Retry-After`.
package struct SlackAPI: Sendable {
    /// Where Slack itself answers.
    package static let standardAddress = "https://slack.com/api"

    private let address: String
    private let token: String
    private let client: any HTTPClient
    private let deadline: Duration

    /// In bytes: an answer to `chat.postMessage` repeats the message.
    private static let maximumResponseSize = 256 << 10
    private static let readHeaders: Set<String> = ["retry-after"]

    /// - Parameters:
    ///   - address: without the method; another one than Slack's is for tests and for GovSlack.
    ///   - token: `xoxb-…`; it is never printed.
    package init(
        address: String = standardAddress, token: String, client: any HTTPClient,
        deadline: Duration = WebhookDeadline.standard
    ) {
        self.address = address.hasSuffix("/") ? String(address.dropLast()) : address
        self.token = token
        self.client = client
        self.deadline = deadline
    }

    /// Calls a method with a message's JSON object, to which the other arguments are added.
    func call(
        _ method: String, _ arguments: [(String, String)], message: [UInt8]
    ) async -> Result<HTTPResponse, HTTPError> {
        await send(method, "application/json; charset=utf-8", Self.object(message, adding: arguments))
    }

    /// Posts a message below another one.
    ///
    /// - Parameters:
    ///   - channel: its id.
    ///   - thread: the timestamp by which Slack knows the message above.
    /// - Returns: why it was not posted; nil when it was.
    package func post(_ message: [UInt8], to channel: String, below thread: String) async -> String? {
        // Both come back to us from Slack's own requests; in a JSON text they must be words.
        guard [channel, thread].allSatisfy(Self.isWord) else { return "the thread's name is none of Slack's" }
        let answer = await call("chat.postMessage", [("channel", channel), ("thread_ts", thread)], message: message)
        switch answer {
        case .failure(let error): return "\(error)"
        case .success(let response):
            let told = SlackAnswer(response)
            return told.body?.ok == true ? nil : told.explained
        }
    }

    /// The ids of a user group's members. The token needs the scope `usergroups:read`.
    ///
    /// Source: https://docs.slack.dev/reference/methods/usergroups.users.list
    package func members(ofGroup group: String) async -> Result<[String], SlackRefusal> {
        do throws(PictureError) {
            let answer = try await form("usergroups.users.list", [("usergroup", group)], as: GroupMembers.self)
            return .success(answer.users)
        } catch {
            return .failure(SlackRefusal(description: error.description))
        }
    }

    /// The name of a person, as slash commands tell it. The token needs the scope `users:read`.
    ///
    /// Source: https://docs.slack.dev/reference/methods/users.info
    package func name(ofUser user: String) async -> Result<String, SlackRefusal> {
        do throws(PictureError) {
            return .success(try await form("users.info", [("user", user)], as: UserInfo.self).user.name)
        } catch {
            return .failure(SlackRefusal(description: error.description))
        }
    }

    private struct UserInfo: Decodable {
        struct User: Decodable {
            let name: String
        }

        let user: User
    }

    private struct GroupMembers: Decodable {
        let users: [String]
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || $0 == 46 }
    }

    /// Uploads a PNG and shares it.
    ///
    /// Three requests: Slack names an address for so many bytes, takes them there, and shares what it got.
    ///
    /// Source: https://docs.slack.dev/messaging/working-with-files#uploading_files
    func upload(
        _ png: [UInt8], to channel: String, below thread: String?
    ) async throws(PictureError) -> Result<HTTPResponse, HTTPError> {
        let place = try await form(
            "files.getUploadURLExternal", [("filename", Self.pictureName), ("length", String(png.count))],
            as: UploadPlace.self)
        let request = HTTPRequest(
            method: "POST", url: place.upload_url, headers: [HTTPHeader("Content-Type", "image/png")], body: png,
            deadline: deadline, maximumResponseSize: Self.maximumResponseSize)
        // Whoever knows that address can upload to it: what went wrong is told without it.
        guard let response = try? await client.send(request), response.status == 200 else {
            throw PictureError("Slack did not take its bytes")
        }
        let files = #"[{"id":"\#(place.file_id)","title":"\#(Self.pictureTitle)"}]"#
        let thread = thread.map { [("thread_ts", $0)] } ?? []
        _ = try await form(
            "files.completeUploadExternal", [("files", files), ("channel_id", channel)] + thread, as: Completed.self)
        return .success(HTTPResponse(status: 200, body: [UInt8](#"{"ok":true}"#.utf8)))
    }

    private static let pictureName = "incident.png"
    private static let pictureTitle = "What happened"

    private struct UploadPlace: Decodable {
        // Slack's own names.
        let upload_url: String
        let file_id: String
    }

    private struct Completed: Decodable {
        let ok: Bool
    }

    private func form<Answer: Decodable>(
        _ method: String, _ arguments: [(String, String)], as type: Answer.Type
    ) async throws(PictureError) -> Answer {
        let body = [UInt8](FormParameters.text(arguments.map { (name: $0.0, value: $0.1) }).utf8)
        switch await send(method, "application/x-www-form-urlencoded", body) {
        case .failure(let error): throw PictureError("\(method): \(error)")
        case .success(let response):
            let answer = SlackAnswer(response)
            guard answer.body?.ok == true,
                let decoded = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
            else { throw PictureError("\(method): \(answer.explained)") }
            return decoded
        }
    }

    private func send(
        _ method: String, _ contentType: String, _ body: [UInt8]
    ) async -> Result<HTTPResponse, HTTPError> {
        let request = HTTPRequest(
            method: "POST", url: "\(address)/\(method)",
            headers: [HTTPHeader("Content-Type", contentType), HTTPHeader("Authorization", "Bearer \(token)")],
            body: body, deadline: deadline, maximumResponseSize: Self.maximumResponseSize)
        do throws(HTTPError) {
            let response = try await client.send(request)
            return .success(
                HTTPResponse(
                    status: response.status,
                    headers: response.headers.filter { Self.readHeaders.contains($0.name.lowercased()) },
                    body: [UInt8](response.text.replacing(token, with: "<redacted>").utf8)))
        } catch {
            return .failure(error)
        }
    }

    /// The message's fields behind the arguments, which are words of ours or of Slack's and need no escapes.
    static func object(_ message: [UInt8], adding arguments: [(String, String)]) -> [UInt8] {
        let added = arguments.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",")
        guard message.first == UInt8(ascii: "{"), message.dropFirst().first != UInt8(ascii: "}") else {
            return [UInt8]("{\(added)}".utf8)
        }
        return [UInt8]("{\(added),".utf8) + message.dropFirst()
    }
}
