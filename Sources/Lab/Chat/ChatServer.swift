import Scenarios

/// Slack's incoming webhook and a Teams workflow.
struct ChatServer: Sendable {
    let inbox: ChatInbox

    /// What Teams takes after it has added its own properties; a body of 24,453 bytes was seen to fail as 28,897.
    static let maximumTeamsBytes = 28_672
    /// The envelope that Teams adds, by that one sighting: 28,897 − 24,453.
    static let teamsEnvelopeBytes = 4444

    /// `POST /services/T…/B…/…`: `ok` as plain text, or an error's name.
    func answerAsSlack(_ request: LabRequest) async -> LabAnswer {
        let parts = request.path.split(separator: "/")
        guard parts.count == 4, parts[0] == "services", parts[1].hasPrefix("T"), parts[2].hasPrefix("B") else {
            return .text(404, "no_service")
        }
        guard request.method == "POST" else { return .text(400, "invalid_payload") }
        let form = request.readingForm().parameter("payload").map { Array($0.utf8) }
        guard let payload = JSON(parsing: form ?? request.body), case .object = payload else {
            return .text(400, "invalid_payload")
        }
        if let error = SlackRules.error(in: payload) { return .text(400, error) }
        await inbox.receive(form ?? request.body, from: .slack)
        return .text(200, "ok")
    }

    /// `POST /workflows/…`: 202 and an empty body, which means accepted and not delivered.
    ///
    /// A body without `attachments` is accepted as well and fails inside the flow, where its sender cannot see it: it is
    /// answered and does not arrive.
    func answerAsTeams(_ request: LabRequest) async -> LabAnswer {
        guard request.path.hasPrefix("/workflows/") else { return .unknownPath }
        guard request.method == "POST" else { return .text(405, "method not allowed") }
        guard let payload = JSON(parsing: request.body) else { return .text(400, "the request body is not JSON") }
        let size = request.body.count + Self.teamsEnvelopeBytes
        guard size <= Self.maximumTeamsBytes else {
            return .text(413, "Request Entity Too Large: message size \(size) exceeds \(Self.maximumTeamsBytes) bytes")
        }
        if payload["attachments"]?.elements?.isEmpty == false { await inbox.receive(request.body, from: .teams) }
        return LabAnswer(status: 202, contentType: nil)
    }
}
