package import HTTPTransport

/// What follows from one try to send a message.
package enum DeliveryDecision: Hashable, Sendable {
    /// - Parameter receipt: what the platform gave back to find the message again; empty when it gave nothing.
    case delivered(receipt: String)
    /// The next try can succeed with the same message.
    case retry(after: Duration, reason: String)
    /// It will never be accepted, or was tried for too long; people have to look.
    case park(reason: String)

    /// One line for the record of the attempt. It never holds the webhook's address.
    package var detail: String {
        switch self {
        case .delivered: "accepted"
        case .retry(_, let reason), .park(let reason): reason
        }
    }

    /// The one place where it is decided whether a message is sent again.
    ///
    /// - Parameters:
    ///   - attempt: how many tries were made with this one, from 1.
    ///   - age: from the message's creation to this try.
    ///   - jitter: from 0 up to but not including 1.
    package static func decide(
        platform: ChatPlatform, answer: Result<HTTPResponse, HTTPError>, attempt: Int, age: Duration = .zero,
        jitter: Double, policy: RetryPolicy = .standard
    ) -> DeliveryDecision {
        let verdict =
            switch answer {
            case .success(let response): Verdict(platform: platform, response: response)
            case .failure(let error): Verdict(platform: platform, error: error)
            }
        switch verdict {
        case .accepted(let receipt): return .delivered(receipt: receipt)
        case .permanent(let reason): return .park(reason: reason)
        case .transient(let reason, let asked):
            if let limit = policy.exceeded(byAttempt: attempt, age: age) {
                return .park(reason: "given up after \(limit); the last time: \(reason)")
            }
            return .retry(after: policy.wait(asked: asked, afterAttempt: attempt, jitter: jitter), reason: reason)
        }
    }

    /// A try that was not made, because the channel has had as many messages as it takes for now.
    static func postponed(for wait: Duration, attempt: Int, age: Duration, policy: RetryPolicy) -> DeliveryDecision {
        let reason = "the channel has had as many messages as it takes for now"
        if let limit = policy.exceeded(byAttempt: attempt, age: age) {
            return .park(reason: "given up after \(limit); the last time: \(reason)")
        }
        return .retry(after: min(wait, policy.longestRetryAfter), reason: reason)
    }
}

/// What an answer means, before waiting times and limits are considered.
enum Verdict: Hashable {
    case accepted(receipt: String)
    /// - Parameter asked: how long the platform asks to wait.
    case transient(reason: String, asked: Duration?)
    case permanent(reason: String)

    init(platform: ChatPlatform, response: HTTPResponse) {
        switch platform {
        case .slackWebhook: self = .slackWebhook(response)
        case .slackWebAPI: self = .slackWebAPI(response)
        case .teamsWorkflow: self = .teamsWorkflow(response)
        }
    }

    /// No answer: the message may even have arrived. To send it twice is better than not at all.
    init(platform: ChatPlatform, error: HTTPError) {
        switch error {
        case .connectionFailed, .deadlineExceeded, .cancelled:
            self = .transient(reason: "\(error)", asked: nil)
        case .responseTooLarge:
            self = .permanent(
                reason: "\(error); \(platform.name) answers in a few hundred: is the address a webhook's?")
        case .invalidRequest:
            self = .permanent(reason: "\(error); look at the address in the configuration")
        }
    }
}

extension RetryPolicy {
    /// The limit that is reached, in words; nil while the message may be tried again.
    func exceeded(byAttempt attempt: Int, age: Duration) -> String? {
        if attempt >= maximumAttempts { return "\(attempt) attempts" }
        if age >= maximumAge { return "\(age.components.seconds / 3_600) h" }
        return nil
    }

    /// Never before the time that the platform asked for, a little later, so that several do not come at once; and
    /// slower and slower also when it always asks for "at once".
    func wait(asked: Duration?, afterAttempt attempt: Int, jitter: Double) -> Duration {
        let backoff = backoff(afterAttempt: attempt, jitter: jitter)
        guard let asked else { return backoff }
        return max(min(asked, longestRetryAfter) + Self.spreadAfterRetryAfter * jitter, backoff)
    }

    /// About the time in which a channel takes the next message.
    private static let spreadAfterRetryAfter = Duration.seconds(1)
}
