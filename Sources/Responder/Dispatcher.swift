import Delivery
package import Journal
package import Logging
package import Metrics
import ServiceLifecycle
import Telemetry

/// Works through the outbox: sends what is due, and records every attempt with what came back.
package struct Dispatcher: Service {
    /// While a message is being sent nobody else may send it: pacing and the request take half of this at most.
    private static let lease = Duration.seconds(90)
    /// More would not help: the messages of one receiver go out one after the other.
    private static let maximumWorkers = 8

    private let journal: any Journal
    private let receivers: [ChatReceiver]
    private let doorbell: Doorbell
    private let clock: WallClock
    private let logger: Logger
    private let metrics: any MetricsFactory
    private let jitter: @Sendable () -> Double

    /// - Parameter jitter: from 0 up to but not including 1; spreads retries.
    package init(
        journal: any Journal, receivers: [ChatReceiver], doorbell: Doorbell, clock: WallClock, logger: Logger,
        metrics: any MetricsFactory, jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.journal = journal
        self.receivers = receivers
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
        self.metrics = metrics
        self.jitter = jitter
    }

    package func run() async {
        await WorkLoop(journal: journal, doorbell: doorbell, clock: clock, logger: logger)
            .run(workers: min(receivers.count, Self.maximumWorkers), drain: true) { () async throws(JournalError) in
                try await sendNext() == nil ? .idle : .worked
            }
    }

    /// Sends one message and waits for its end, retries included: for a journal that holds nothing else.
    ///
    /// - Returns: the last attempt: delivered or parked.
    package func deliver(_ message: OutgoingMessage) async throws(JournalError) -> DeliveryAttempt {
        try await journal.enqueue([message])
        while true {
            if let attempt = try await sendNext() {
                if case .retry = attempt.outcome { continue }
                return attempt
            }
            guard let due = try await journal.nextDue(),
                (try? await clock.sleep(max(.milliseconds(10), due - clock.now()))) != nil
            else { return DeliveryAttempt(at: clock.now(), outcome: .parked, detail: "cancelled before it was sent") }
        }
    }

    /// Claims the next message that is due, tries once, and records the attempt; nil when nothing is due.
    func sendNext() async throws(JournalError) -> DeliveryAttempt? {
        guard let stored = try await journal.claimMessage(now: clock.now(), lease: Self.lease) else { return nil }
        let attempt = await attempt(stored, in: try await conversation(of: stored))
        try await record(attempt, of: stored)
        doorbell.ring()
        report(attempt, of: stored)
        return attempt
    }

    /// What a platform has taken must not be forgotten, or it would be sent again: tried until it is recorded, or until the
    /// service ends.
    private func record(_ attempt: DeliveryAttempt, of stored: StoredMessage) async throws(JournalError) {
        while true {
            do throws(JournalError) {
                return try await journal.recordAttempt(stored.id, attempt)
            } catch {
                guard case .unavailable = error else { throw error }
                logger.error(
                    "an attempt could not be recorded; it is tried again",
                    metadata: ["message": "\(stored.id)", "reason": "\(error)"])
                guard (try? await clock.sleep(WorkLoop.pauseAfterFailure)) != nil else { throw error }
            }
        }
    }

    /// The receipt of the first message of the conversation that this one belongs to.
    private func conversation(of stored: StoredMessage) async throws(JournalError) -> String? {
        guard stored.message.step != .post, let incident = stored.message.incident else { return nil }
        return try await journal.conversation(of: incident, receiver: stored.message.receiver)
    }

    private func attempt(_ stored: StoredMessage, in conversation: String?) async -> DeliveryAttempt {
        guard let receiver = receivers.first(where: { $0.name == stored.message.receiver }) else {
            return DeliveryAttempt(
                at: clock.now(), outcome: .parked,
                detail: "there is no receiver '\(stored.message.receiver)' in the configuration any more")
        }
        let result = await receiver.sender.send(
            ChatPost(payload: stored.message.payload, place: stored.message.step.place(in: conversation)))
        let now = clock.now()
        let decision = result.decision(
            attempt: stored.attempts.count + 1, age: now - stored.message.createdAt, jitter: jitter())
        let outcome: DeliveryAttempt.Outcome =
            switch decision {
            case .delivered(let receipt): .delivered(receipt: receipt)
            case .retry(let wait, _): .retry(at: now + wait)
            case .park: .parked
            }
        return DeliveryAttempt(at: now, outcome: outcome, detail: decision.detail)
    }

    private func report(_ attempt: DeliveryAttempt, of stored: StoredMessage) {
        let (level, word): (Logger.Level, String) =
            switch attempt.outcome {
            case .delivered: (.info, "delivered")
            case .retry: (.warning, "retry")
            case .parked: (.error, "parked")
            }
        logger.log(
            level: level, "message \(word)",
            metadata: [
                "incident": "\(stored.message.incident.map(\.description) ?? "none")", "message": "\(stored.id)",
                "receiver": "\(stored.message.receiver)", "kind": "\(stored.message.kind)",
                "attempt": "\(stored.attempts.count + 1)", "detail": "\(attempt.detail)",
            ])
        Counter(
            label: "sabueso_deliveries_total",
            dimensions: [("outcome", word), ("receiver", stored.message.receiver)], factory: metrics
        ).increment()
    }
}

extension OutgoingMessage.Step {
    /// Without a first message to refer to, everything goes into the channel.
    fileprivate func place(in conversation: String?) -> ChatPost.Place {
        switch self {
        case .post: .channel
        case .edit: conversation.map(ChatPost.Place.insteadOf) ?? .channel
        case .reply: conversation.map(ChatPost.Place.below) ?? .channel
        case .picture: .picture(below: conversation)
        }
    }
}
