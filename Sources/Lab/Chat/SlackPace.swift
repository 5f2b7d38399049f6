import Telemetry

/// How many calls Slack takes in which time: a bucket that fills at a steady rate.
///
/// Source: https://docs.slack.dev/apis/web-api/rate-limits
struct SlackPace: Sendable {
    /// Calls that can come at once.
    private let burst: Double
    /// Calls a second in the long run.
    private let rate: Double
    private var level: Double
    private var filledAt: Timestamp?
    /// Until when the sender was told to wait.
    private var closedUntil: Timestamp?

    private init(burst: Int, perMinute: Int) {
        self.burst = Double(burst)
        rate = Double(perMinute) / 60
        level = self.burst
    }

    /// "About 1 message a second per channel, short bursts allowed". How short is not documented.
    static let channel = SlackPace(burst: 5, perMinute: 60)
    /// Tier 3, of `chat.update`: more than 50 a minute.
    static let tier3 = SlackPace(burst: 50, perMinute: 50)
    /// Tier 4, of the file methods: more than 100 a minute.
    static let tier4 = SlackPace(burst: 100, perMinute: 100)

    enum Turn: Hashable, Sendable {
        case granted
        /// - Parameters:
        ///   - retryAfter: in whole seconds.
        ///   - wasTold: whether an earlier answer had asked to wait until later than now.
        case refused(retryAfter: Int, wasTold: Bool)
    }

    mutating func turn(at now: Timestamp) -> Turn {
        let passed = filledAt.map { max(.zero, now - $0).inSeconds } ?? 0
        level = min(burst, level + passed * rate)
        filledAt = now
        guard level < 1 else {
            level -= 1
            closedUntil = nil
            return .granted
        }
        let wasTold = closedUntil.map { now < $0 } ?? false
        let wait = Int(((1 - level) / rate).rounded(.up))
        closedUntil = now + .seconds(max(1, wait))
        return .refused(retryAfter: max(1, wait), wasTold: wasTold)
    }
}
