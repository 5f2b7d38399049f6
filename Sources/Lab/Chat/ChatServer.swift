import Scenarios

/// Slack's incoming webhook, Web API and response addresses, and a Teams workflow.
struct ChatServer: Sendable {
    let inbox: ChatInbox
    private let api: SlackAPIServer

    init(inbox: ChatInbox, slack: SlackSettings) {
        self.inbox = inbox
        api = SlackAPIServer(inbox: inbox, token: slack.token)
    }

    func answerAsSlack(_ request: LabRequest) async -> LabAnswer {
        let parts = request.path.split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case ("api", 2):
            guard request.method == "POST" else { return SlackRefusal("unsupported_method").answer }
            return await api.answer(parts[1], request)
        case ("upload", 2): return await api.upload(parts[1], request)
        case ("response", 2): return await answerResponse(parts[1], request)
        case ("services", 4) where parts[1].hasPrefix("T") && parts[2].hasPrefix("B"):
            return await answerWebhook(request)
        default: return .text(404, "no_service")
        }
    }

    /// `POST /services/T…/B…/…`: `ok` as plain text, or an error's name.
    private func answerWebhook(_ request: LabRequest) async -> LabAnswer {
        guard let (body, payload) = Self.message(in: request) else { return .text(400, "invalid_payload") }
        if let problem = SlackRules.problem(in: payload) {
            let refusal = SlackRefusal(problem)
            await inbox.refuse(body, from: .slack, "webhook: \(refusal.reason)")
            return .text(400, problem.error)
        }
        do throws(SlackRefusal) {
            try await inbox.slackQuietly { slack, now throws(SlackRefusal) in
                try slack.take(.channel, "webhook", at: now)
            }
        } catch {
            return LabAnswer(
                status: 429, contentType: LabAnswer.plainText,
                headers: [.init("Retry-After", String(error.retryAfter ?? 1))], body: Array("rate_limited".utf8))
        }
        await inbox.receive(String(decoding: body, as: UTF8.self), from: .slack)
        return .text(200, "ok")
    }

    /// `POST /response/…`: `ok` as plain text, or an error's name.
    private func answerResponse(_ id: String, _ request: LabRequest) async -> LabAnswer {
        guard let (body, payload) = Self.message(in: request) else { return .text(400, "invalid_payload") }
        do throws(SlackRefusal) {
            _ = try await inbox.slack { slack, now throws(SlackRefusal) in
                let message = try slack.respond(payload, to: id, at: now)
                let step: ChatMessage.Step = message.isEdited ? .edit(of: message.timestamp) : .post
                return (message, step, message.body)
            }
            return .text(200, "ok")
        } catch {
            await inbox.refuse(body, from: .slack, "response_url: \(error.reason)")
            return .text(["no_service", "expired_url", "used_url"].contains(error.error) ? 404 : 400, error.error)
        }
    }

    /// As JSON, or as JSON in a form's `payload`.
    private static func message(in request: LabRequest) -> (body: [UInt8], payload: JSON)? {
        guard request.method == "POST" else { return nil }
        let body = request.readingForm().parameter("payload").map { Array($0.utf8) } ?? request.body
        guard let payload = JSON(parsing: body), case .object = payload else { return nil }
        return (body, payload)
    }

    /// `POST /workflows/…`: 202 and an empty body, which means accepted and not delivered.
    ///
    /// A card that Teams cannot show is accepted as well and fails inside the flow, where its sender cannot see it: it is
    /// answered, does not arrive, and is among the refusals.
    func answerAsTeams(_ request: LabRequest) async -> LabAnswer {
        guard request.path.hasPrefix("/workflows/") else { return .unknownPath }
        guard request.method == "POST" else { return .text(405, "method not allowed") }
        guard let payload = JSON(parsing: request.body) else { return .text(400, "the request body is not JSON") }
        let size = request.body.count + CardRules.addedBytes
        guard size <= CardRules.maximumBytes else {
            let reason = "message size \(size) exceeds \(CardRules.maximumBytes) bytes"
            await inbox.refuse(request.body, from: .teams, reason)
            return .text(413, "Request Entity Too Large: \(reason)")
        }
        let problems = CardRules.problems(in: payload)
        if problems.isEmpty {
            await inbox.receive(String(decoding: request.body, as: UTF8.self), from: .teams)
        } else {
            await inbox.refuse(request.body, from: .teams, problems.joined(separator: "; "))
        }
        return LabAnswer(status: 202, contentType: nil)
    }
}
