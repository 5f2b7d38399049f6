import FoundationEssentials
import HTTPTransport

extension Verdict {
    /// Success is 200 with the text `ok`. Every 4xx but 429 is permanent, whatever its body says; a 5xx is Slack's own
    /// trouble (`rollup_error` is "likely not your fault").
    ///
    /// A redirect is not followed and not tried again: the address is the secret, and where it leads may not see it.
    /// A 200 with another text came from something that is not Slack (a proxy's login page, a wrong address); trying
    /// again would post twice where such a thing did accept the message.
    ///
    /// Source: https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
    static func slackWebhook(_ response: HTTPResponse) -> Verdict {
        let answer = SlackAnswer(response)
        switch response.status {
        case 200 where response.text.trimmingSpaces == "ok": return .accepted(receipt: "")
        case 200..<300:
            return .permanent(reason: "\(answer.told), not its \"ok\": is the address a Slack webhook's?")
        case let status: return slackFailure(status, answer)
        }
    }

    /// 200 carries success and failure; which of the two it is, and which failures pass, is in the body.
    static func slackWebAPI(_ response: HTTPResponse) -> Verdict {
        let answer = SlackAnswer(response)
        switch (response.status, answer.body?.ok) {
        case (200, true?):
            let receipt = [answer.body?.channel, answer.body?.ts].compactMap { $0 }.joined(separator: " ")
            return .accepted(receipt: receipt)
        case (200, false?):
            return passingErrors.contains(answer.word ?? "")
                ? .transient(reason: answer.told, asked: RetryAfter.wait(asked: answer.response))
                : .permanent(reason: answer.explained)
        case (200..<300, _):
            return .permanent(reason: "\(answer.told), not its JSON: is the address one of Slack's?")
        case (let status, _): return slackFailure(status, answer)
        }
    }

    private static func slackFailure(_ status: Int, _ answer: SlackAnswer) -> Verdict {
        switch status {
        case 300..<400: .redirected(answer.told)
        case 429: .transient(reason: answer.told, asked: RetryAfter.wait(asked: answer.response))
        case 400..<500: .permanent(reason: answer.explained)
        default: .transient(reason: answer.told, asked: RetryAfter.wait(asked: answer.response))
        }
    }

    static func redirected(_ told: String) -> Verdict {
        .permanent(
            reason: "\(told): a redirect, which is not followed because the address is secret; "
                + "put the final address into the configuration")
    }

    /// Source: the errors common to Slack's Web API methods, https://docs.slack.dev/reference/methods/chat.postMessage
    private static let passingErrors: Set<String> = [
        "rate_limited", "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
    ]
}

/// An answer of Slack's, and what it says in words.
struct SlackAnswer {
    struct Body: Decodable {
        let ok: Bool?
        let error: String?
        let channel: String?
        let ts: String?
    }

    let response: HTTPResponse
    let body: Body?

    init(_ response: HTTPResponse) {
        self.response = response
        body = try? JSONDecoder().decode(Body.self, from: Data(response.body))
    }

    /// Slack's own word for what went wrong: `no_service`.
    var word: String? {
        let word = body?.error ?? response.text.trimmingSpaces
        let isWord = word.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
        return isWord && !word.isEmpty && word.utf8.count <= Self.longestWord ? word : nil
    }

    /// Longer than any of Slack's, shorter than a sentence without spaces that a proxy might write.
    private static let longestWord = 60

    var told: String {
        let text = word ?? AnswerExcerpt.line(of: response)
        return "Slack answered \(response.status)" + (text.isEmpty ? "" : " \(text)")
    }

    /// With what a person can do about it.
    var explained: String {
        let advice = word.flatMap { Self.advice[$0] } ?? "the message will not be accepted as it is"
        return "\(told): \(advice)"
    }

    private static let advice = [
        "action_prohibited": "the workspace does not allow this post; ask its administrator",
        "cant_update_message": "the message belongs to another app",
        "channel_is_archived": "the channel is archived; give the receiver another one",
        "channel_not_found": "the channel is gone, or the app is not in it",
        "invalid_auth": "the token is not accepted; put a new one into the configuration",
        "invalid_blocks": "Slack does not accept the blocks of the message; please report it with the incident's id",
        "invalid_payload": "Slack cannot read the message; please report it with the incident's id",
        "invalid_arguments": "Slack cannot read the message; please report it with the incident's id",
        "invalid_token": "the webhook's address is wrong or was revoked; put a new one into the configuration",
        "is_archived": "the channel is archived; give the receiver another one",
        "missing_scope": "the app's token lacks a permission: chat:write, and files:write for pictures",
        "msg_blocks_too_long": "the message is too long; please report it with the incident's id",
        "msg_too_long": "the message is too long; please report it with the incident's id",
        "no_service": "the webhook was removed or disabled; put a new one into the configuration",
        "no_text": "Slack sees no text in the message; please report it with the incident's id",
        "not_authed": "no token arrived; put the app's bot token (xoxb-…) into the configuration",
        "not_in_channel": "invite the app to the channel",
        "token_revoked": "the token was revoked; put a new one into the configuration",
        "user_not_found": "the user of the webhook is gone; put a new one into the configuration",
    ]
}
