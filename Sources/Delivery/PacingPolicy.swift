/// How many messages a channel takes in which time.
package struct PacingPolicy: Hashable, Sendable {
    /// At most `count` messages in any stretch of time of this `length`.
    package struct Window: Hashable, Sendable {
        package let count: Int
        package let length: Duration

        /// A count below 1 is taken as 1: a channel that takes nothing is no receiver.
        package init(count: Int, length: Duration) {
            self.count = max(1, count)
            self.length = length
        }
    }

    package let windows: [Window]

    package init(windows: [Window]) {
        self.windows = windows
    }

    /// "About 1 message a second per channel, short bursts allowed": four at once, then one a second on average.
    ///
    /// Source: https://docs.slack.dev/apis/web-api/rate-limits
    package static let slack = PacingPolicy(windows: [Window(count: 4, length: .seconds(4))])

    /// What was measured on the older connectors; Workflows publish no numbers.
    ///
    /// Source: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
    package static let teams = PacingPolicy(windows: [
        Window(count: 4, length: .seconds(1)), Window(count: 60, length: .seconds(30)),
        Window(count: 100, length: .seconds(3_600)), Window(count: 1_800, length: .seconds(86_400)),
    ])

    package static let unlimited = PacingPolicy(windows: [])

    /// How many past messages have to be remembered.
    var memory: Int { windows.map(\.count).max() ?? 0 }

    /// When the next message may be sent.
    ///
    /// - Parameter sent: the instants of the messages before it, in order; planned ones lie in the future.
    package func next<Instant: InstantProtocol<Duration>>(after sent: [Instant], now: Instant) -> Instant {
        windows.reduce(now) { earliest, window in
            guard sent.count >= window.count else { return earliest }
            return max(earliest, sent[sent.count - window.count].advanced(by: window.length))
        }
    }
}
