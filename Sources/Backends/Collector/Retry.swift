/// Whether a question is asked a second time.
enum Retry {
    /// When the server names no time. Long enough for a queue of Tempo's or Loki's to move, short beside any deadline.
    static let pause = Duration.milliseconds(250)

    /// How long to wait before asking again; nil when asking again is no use or there is no time for it.
    ///
    /// - Parameter remaining: of the time of the whole collection; at most half of it is spent waiting.
    static func pause(after error: BackendError, remaining: Duration) -> Duration? {
        guard error.isTransient else { return nil }
        let pause = max(error.retryAfter ?? Self.pause, Self.pause)
        return pause <= remaining / 2 ? pause : nil
    }
}
