import Scenarios

/// The methods of Slack's Web API that an app posts, edits, answers and uploads with, and knows people by.
///
/// Source: https://docs.slack.dev/reference/methods
struct SlackAPIServer: Sendable {
    let inbox: ChatInbox
    let token: String

    /// `POST /api/…`: always 200 with `ok`, but for 429.
    func answer(_ method: String, _ request: LabRequest) async -> LabAnswer {
        do throws(SlackRefusal) {
            let arguments = try SlackArguments(request)
            try authorize(request, arguments)
            return .json(try await call(method, arguments, request))
        } catch {
            await inbox.refuse(request.body, from: .slack, "\(method): \(error.reason)")
            return error.answer
        }
    }

    /// A token in the header, or in a form.
    private func authorize(_ request: LabRequest, _ arguments: SlackArguments) throws(SlackRefusal) {
        let header = request.headers["authorization"]
        guard let given = header ?? (arguments.isForm ? arguments.text("token").map { "Bearer \($0)" } : nil) else {
            throw SlackRefusal("not_authed")
        }
        guard given == "Bearer \(token)" else { throw SlackRefusal("invalid_auth") }
    }

    private func call(
        _ method: String, _ arguments: SlackArguments, _ request: LabRequest
    ) async throws(SlackRefusal) -> JSON {
        switch method {
        case "auth.test": return ["ok": true, "team": "Lab", "user": "sabueso", "bot_id": "B0000000LAB"]
        case "users.info": return try await describe(arguments)
        case "chat.postMessage": return try await post(arguments)
        case "chat.update": return try await update(arguments)
        case "files.getUploadURLExternal": return try await reserve(arguments, host: request.headers["host"] ?? "")
        case "files.completeUploadExternal": return try await share(arguments)
        default: throw SlackRefusal("unknown_method")
        }
    }

    /// Slack does not read this method's arguments from JSON.
    private func describe(_ arguments: SlackArguments) async throws(SlackRefusal) -> JSON {
        guard arguments.isForm else { throw SlackRefusal("invalid_arguments") }
        let id = arguments.text("user") ?? ""
        let name = try await inbox.slackQuietly { slack, _ in slack.settings.users[id] }
        guard let name else { throw SlackRefusal("user_not_found") }
        return ["ok": true, "user": ["id": .string(id), "name": .string(name)]]
    }

    // MARK: Messages

    private func post(_ arguments: SlackArguments) async throws(SlackRefusal) -> JSON {
        guard let channel = arguments.text("channel") else { throw SlackRefusal("channel_not_found") }
        let message = arguments.message
        let thread = arguments.text("thread_ts")
        let posted = try await inbox.slack { slack, now throws(SlackRefusal) in
            let posted = try slack.post(message, to: channel, thread: thread, at: now)
            return (posted, thread.map { ChatMessage.Step.reply(to: $0) } ?? .post, posted.body)
        }
        return Self.answer(to: posted)
    }

    private func update(_ arguments: SlackArguments) async throws(SlackRefusal) -> JSON {
        guard let channel = arguments.text("channel") else { throw SlackRefusal("channel_not_found") }
        guard let timestamp = arguments.text("ts") else { throw SlackRefusal("message_not_found") }
        let message = arguments.message
        let edited = try await inbox.slack { slack, now throws(SlackRefusal) in
            let edited = try slack.update(message, at: timestamp, in: channel, at: now)
            return (edited, ChatMessage.Step.edit(of: timestamp), edited.body)
        }
        return Self.answer(to: edited)
    }

    private static func answer(to message: SlackMessage) -> JSON {
        [
            "ok": true, "channel": .string(message.channel), "ts": .string(message.timestamp),
            "message": JSON(parsing: message.body.utf8) ?? .null,
        ]
    }

    // MARK: Files

    /// Slack does not read this method's arguments from JSON.
    private func reserve(_ arguments: SlackArguments, host: String) async throws(SlackRefusal) -> JSON {
        guard arguments.isForm else { throw SlackRefusal("invalid_arguments") }
        guard let name = arguments.text("filename"), let length = arguments.text("length").flatMap({ Int($0) }),
            length > 0
        else { throw SlackRefusal("missing_argument") }
        let id = try await inbox.slackQuietly { slack, now throws(SlackRefusal) in
            try slack.reserve(name, length: length, at: now)
        }
        return ["ok": true, "upload_url": .string("http://\(host)/slack/upload/\(id)"), "file_id": .string(id)]
    }

    /// `POST /upload/…`: 200 with the number of bytes; anything else says that it failed.
    func upload(_ id: String, _ request: LabRequest) async -> LabAnswer {
        guard request.method == "POST" else { return .unknownPath }
        let body = request.body
        let problem = try? await inbox.slackQuietly { slack, _ throws(SlackRefusal) in slack.receive(body, for: id) }
        guard let reason = problem ?? nil else { return .text(200, "OK - \(request.body.count)") }
        await inbox.refuse([], from: .slack, "upload: \(reason)")
        return .text(500, reason)
    }

    private func share(_ arguments: SlackArguments) async throws(SlackRefusal) -> JSON {
        let files = (arguments.values["files"]?.elements ?? []).compactMap { file in
            file["id"]?.text.map { (id: $0, title: file["title"]?.text) }
        }
        guard !files.isEmpty else { throw SlackRefusal("invalid_arguments") }
        guard let channel = arguments.text("channel_id") else { throw SlackRefusal("channel_not_found") }
        let thread = arguments.text("thread_ts")
        let shared = try await inbox.slack { slack, now throws(SlackRefusal) in
            let shared = try slack.share(files, in: channel, thread: thread, at: now)
            let titles = shared.map(\.title).joined(separator: ", ")
            return (shared, ChatMessage.Step.file(below: thread), titles)
        }
        return [
            "ok": true,
            "files": .array(shared.map { ["id": .string($0.id), "title": .string($0.title)] }),
        ]
    }
}
