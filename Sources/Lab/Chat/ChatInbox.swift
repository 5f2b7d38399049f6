import Scenarios
import Telemetry

/// Keeps what was accepted and what was refused, and hands the messages to whoever listens.
actor ChatInbox {
    private var workspace: SlackWorkspace
    private let now: @Sendable () -> Timestamp
    private(set) var messages: [ChatMessage] = []
    private(set) var refusals: [ChatRefusal] = []
    private var listeners: [Int: AsyncStream<ChatMessage>.Continuation] = [:]
    private var nextListener = 0

    init(slack: SlackSettings, now: @escaping @Sendable () -> Timestamp) {
        workspace = SlackWorkspace(slack)
        self.now = now
    }

    /// Changes the workspace at this instant, and tells of the message that it led to.
    func slack<Value: Sendable>(
        _ change: @Sendable (inout SlackWorkspace, Timestamp) throws(SlackRefusal) -> (Value, ChatMessage.Step, String)
    ) throws(SlackRefusal) -> Value {
        let (value, step, body) = try change(&workspace, now())
        receive(body, from: .slack, step)
        return value
    }

    /// Changes the workspace without a message.
    func slackQuietly<Value: Sendable>(
        _ change: @Sendable (inout SlackWorkspace, Timestamp) throws(SlackRefusal) -> Value
    ) throws(SlackRefusal) -> Value {
        try change(&workspace, now())
    }

    func receive(_ body: String, from platform: ChatMessage.Platform, _ step: ChatMessage.Step = .post) {
        let message = ChatMessage(number: messages.count + 1, platform: platform, step: step, body: body)
        messages.append(message)
        for listener in listeners.values { listener.yield(message) }
    }

    func refuse(_ body: [UInt8], from platform: ChatMessage.Platform, _ reason: String) {
        refusals.append(
            ChatRefusal(platform: platform, reason: reason, body: String(decoding: body, as: UTF8.self)))
    }

    func stream() -> AsyncStream<ChatMessage> {
        let (stream, continuation) = AsyncStream<ChatMessage>.makeStream()
        for message in messages { continuation.yield(message) }
        let listener = nextListener
        nextListener += 1
        listeners[listener] = continuation
        continuation.onTermination = { [weak self] _ in
            // A termination handler is synchronous, and forgetting a listener can wait.
            Task { await self?.forget(listener) }
        }
        return stream
    }

    private func forget(_ listener: Int) { listeners[listener] = nil }
}
