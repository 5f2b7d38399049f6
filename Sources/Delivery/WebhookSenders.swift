package import HTTPTransport

/// Posts Block Kit messages to a Slack incoming webhook.
package struct SlackWebhookSender: ChatSender {
    private let webhook: Webhook

    /// - Parameter pacing: of the channel; receivers that post to the same channel share one.
    package init(
        url: WebhookURL, client: any HTTPClient,
        pacing: any Pacing = Pacer(policy: .slack, clock: ContinuousClock()),
        deadline: Duration = WebhookDeadline.standard
    ) {
        webhook = Webhook(platform: .slackWebhook, url: url, client: client, pacing: pacing, deadline: deadline)
    }

    package func send(_ post: ChatPost) async -> DeliveryResult {
        await webhook.post(post.payload)
    }
}

/// Posts Adaptive Cards to a Workflows (Power Automate) URL of Microsoft Teams.
package struct TeamsWorkflowSender: ChatSender {
    private let webhook: Webhook

    /// - Parameter pacing: of the channel; receivers that post to the same channel share one.
    package init(
        url: WebhookURL, client: any HTTPClient,
        pacing: any Pacing = Pacer(policy: .teams, clock: ContinuousClock()),
        deadline: Duration = WebhookDeadline.standard
    ) {
        webhook = Webhook(platform: .teamsWorkflow, url: url, client: client, pacing: pacing, deadline: deadline)
    }

    package func send(_ post: ChatPost) async -> DeliveryResult {
        await webhook.post(post.payload)
    }
}

package enum WebhookDeadline {
    /// Slack answers within a second, a sleeping flow within ten; beyond this nothing comes any more.
    package static let standard = Duration.seconds(20)
}

/// One POST to a webhook.
private struct Webhook: Sendable {
    let platform: ChatPlatform
    let url: WebhookURL
    let client: any HTTPClient
    let pacing: any Pacing
    let deadline: Duration

    /// In bytes: the answers have a few hundred, a proxy's error page a few thousand.
    private static let maximumResponseSize = 64 << 10
    /// The headers that a decision reads; the others, `Location` above all, could carry the address on.
    private static let readHeaders: Set<String> = ["date", "retry-after", "x-ms-workflow-run-id"]

    func post(_ payload: [UInt8]) async -> DeliveryResult {
        switch await pacing.turn() {
        case .later(let wait): return DeliveryResult(platform: platform, outcome: .postponed(for: wait))
        case .cancelled: return DeliveryResult(platform: platform, outcome: .answered(.failure(.cancelled)))
        case .now: break
        }
        let request = HTTPRequest(
            method: "POST", url: url.secret, headers: [HTTPHeader("Content-Type", "application/json")], body: payload,
            deadline: deadline, maximumResponseSize: Self.maximumResponseSize)
        do throws(HTTPError) {
            let response = try await client.send(request)
            return DeliveryResult(platform: platform, outcome: .answered(.success(redacting(response))))
        } catch {
            return DeliveryResult(platform: platform, outcome: .answered(.failure(redacting(error))))
        }
    }

    private func redacting(_ response: HTTPResponse) -> HTTPResponse {
        HTTPResponse(
            status: response.status,
            headers: response.headers.filter { Self.readHeaders.contains($0.name.lowercased()) }
                .map { HTTPHeader($0.name, url.redacting($0.value)) },
            body: Array(url.redacting(response.text).utf8))
    }

    private func redacting(_ error: HTTPError) -> HTTPError {
        switch error {
        case .invalidRequest(let reason): .invalidRequest(url.redacting(reason))
        case .connectionFailed(let host, let reason): .connectionFailed(host: host, reason: url.redacting(reason))
        case .deadlineExceeded, .responseTooLarge, .cancelled: error
        }
    }
}
