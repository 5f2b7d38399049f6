package import HTTPTransport

/// Sends rendered messages to one channel.
package protocol ChatSender: Sendable {
    /// Tries once, after the channel's turn has come. What follows is for `DeliveryResult.decision` to say.
    ///
    /// A platform that can neither edit nor thread puts everything into the channel.
    func send(_ post: ChatPost) async -> DeliveryResult
}

extension ChatSender {
    /// A message of its own in the channel.
    package func send(_ payload: [UInt8]) async -> DeliveryResult {
        await send(ChatPost(payload: payload))
    }
}

/// What came of one try to send.
package struct DeliveryResult: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// The answer's body and error's words are without the webhook's address.
        case answered(Result<HTTPResponse, HTTPError>)
        /// Nothing was sent: the channel's next turn is too far away to wait for.
        case postponed(for: Duration)
        /// It cannot be sent, and would not be later.
        case impossible(reason: String)
    }

    package let platform: ChatPlatform
    package let outcome: Outcome

    package init(platform: ChatPlatform, outcome: Outcome) {
        self.platform = platform
        self.outcome = outcome
    }

    /// - Parameters:
    ///   - attempt: how many tries were recorded for the message, this one included.
    ///   - age: from the message's creation to this try.
    ///   - jitter: from 0 up to but not including 1.
    package func decision(
        attempt: Int, age: Duration, jitter: Double, policy: RetryPolicy = .standard
    ) -> DeliveryDecision {
        switch outcome {
        case .answered(let answer):
            .decide(platform: platform, answer: answer, attempt: attempt, age: age, jitter: jitter, policy: policy)
        case .postponed(let wait):
            .postponed(for: wait, attempt: attempt, age: age, policy: policy)
        case .impossible(let reason):
            .park(reason: reason)
        }
    }
}
