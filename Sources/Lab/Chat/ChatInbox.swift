/// A message that a chat endpoint of the lab accepted.
package struct ChatMessage: Hashable, Sendable {
    package enum Platform: String, Hashable, Sendable { case slack, teams }

    /// From 1, in the order of arrival over both platforms.
    package let number: Int
    package let platform: Platform
    /// The body as it was sent.
    package let body: String
}

/// Keeps the accepted messages and hands them to whoever listens.
actor ChatInbox {
    private var messages: [ChatMessage] = []
    private var listeners: [Int: AsyncStream<ChatMessage>.Continuation] = [:]
    private var nextListener = 0

    func receive(_ body: [UInt8], from platform: ChatMessage.Platform) {
        let message = ChatMessage(
            number: messages.count + 1, platform: platform, body: String(decoding: body, as: UTF8.self))
        messages.append(message)
        for listener in listeners.values { listener.yield(message) }
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
