/// How long to wait before the next try, and when to give up.
package struct RetryPolicy: Hashable, Sendable {
    /// The ceiling of the first wait; it doubles with each try.
    package var firstWait: Duration
    package var longestWait: Duration
    /// The longest that a platform's own Retry-After is followed.
    package var longestRetryAfter: Duration
    package var maximumAttempts: Int
    /// From the message's creation to the attempt.
    package var maximumAge: Duration

    package init(
        firstWait: Duration = .seconds(2), longestWait: Duration = .seconds(600),
        longestRetryAfter: Duration = .seconds(3_600), maximumAttempts: Int = 300,
        maximumAge: Duration = .seconds(86_400)
    ) {
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.longestRetryAfter = longestRetryAfter
        self.maximumAttempts = maximumAttempts
        self.maximumAge = maximumAge
    }

    /// The service's own limits, unless configured otherwise.
    ///
    /// 2 s doubling to 10 min: a hiccup costs seconds, and the end of an outage is noticed within minutes. A day: an
    /// incident that nobody heard of for longer is found in the journal. 300 attempts with a mean of 5 min are that
    /// day as well; the number bounds what a platform that always says "in one second" can cause. 1 h of Retry-After:
    /// longer is nowhere seen, and a mistaken header must not silence a channel for a day.
    package static let standard = RetryPolicy()

    /// Exponential backoff with full jitter: anything from nothing to the ceiling, so that messages that failed together
    /// do not come back together.
    ///
    /// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    /// - Parameters:
    ///   - attempt: how many were made, from 1.
    ///   - jitter: from 0 up to but not including 1.
    package func backoff(afterAttempt attempt: Int, jitter: Double) -> Duration {
        // Beyond this many doublings every wait is the longest one; shifting further would overflow.
        let doublings = min(max(attempt - 1, 0), Self.maximumDoublings)
        return min(firstWait * (1 << doublings), longestWait) * jitter
    }

    private static let maximumDoublings = 30
}
