import Delivery
import HTTPTransport
import Testing

@Suite struct RetryTimeTests {
    static let ceilings: [(attempt: Int, seconds: Int64)] = [
        (-1, 2), (0, 2), (1, 2), (2, 4), (3, 8), (4, 16), (9, 512), (10, 600), (11, 600), (64, 600), (Int.max, 600),
    ]

    @Test(arguments: ceilings)
    func `waits double up to ten minutes, with full jitter`(_ row: (attempt: Int, seconds: Int64)) {
        let policy = RetryPolicy.standard
        #expect(policy.backoff(afterAttempt: row.attempt, jitter: 0) == .zero)
        #expect(policy.backoff(afterAttempt: row.attempt, jitter: 0.5) == .seconds(row.seconds) / 2)
        #expect(policy.backoff(afterAttempt: row.attempt, jitter: 0.999) < .seconds(row.seconds))
        #expect(
            DeliveryDecision.decide(
                platform: .slackWebhook, answer: .success(HTTPResponse(status: 500)), attempt: min(row.attempt, 64),
                jitter: 0.5)
                == .retry(after: .seconds(row.seconds) / 2, reason: "Slack answered 500"))
    }

    static let date = "Sun, 22 Nov 2026 15:29:41 GMT"

    /// The header's values and the wait that follows after the first attempt without jitter; nil where it is not
    /// understood and the ordinary backoff counts.
    static let retryAfters: [(value: String, date: String?, seconds: Int64?)] = [
        ("1", nil, 1), ("30", nil, 30), (" 30 ", nil, 30), ("3600", nil, 3_600), ("3601", nil, 3_600),
        ("86400", nil, 3_600), ("0", nil, 0), ("-5", nil, nil), ("soon", nil, nil), ("", nil, nil), ("nan", nil, nil),
        ("1e300", nil, nil), ("inf", nil, nil), ("0x10", nil, nil), ("9999999999", nil, nil), (".", nil, nil),
        ("Sun, 22 Nov 2026 15:30:11 GMT", date, 30), ("Mon, 23 Nov 2026 15:29:41 GMT", date, 3_600),
        ("Sun, 22 Nov 2026 15:29:11 GMT", date, 0), ("Sun, 22 Nov 2026 15:30:11 GMT", nil, nil),
        ("Sun, 22 Nov 2026 15:30:11 CET", date, nil), ("Sunday, 22-Nov-26 15:30:11 GMT", date, nil),
        ("Sun, 22 Nob 2026 15:30:11 GMT", date, nil), ("Sun, 22 Nov 2026 25:30:11 GMT", date, nil),
        ("Thu, 01 Mar 2029 00:00:30 GMT", "Wed, 28 Feb 2029 23:59:59 GMT", 31),
        ("Wed, 01 Mar 2028 00:00:30 GMT", "Mon, 28 Feb 2028 23:59:59 GMT", 3_600),
        ("Fri, 01 Jan 2027 00:00:05 GMT", "Thu, 31 Dec 2026 23:59:59 GMT", 6),
    ]

    @Test(arguments: retryAfters, [429, 503])
    func `what the platform asks for is followed, up to an hour`(
        _ row: (value: String, date: String?, seconds: Int64?), _ status: Int
    ) {
        let headers = [HTTPHeader("retry-after", row.value)] + (row.date.map { [HTTPHeader("Date", $0)] } ?? [])
        for platform in ChatPlatform.allCases {
            func wait(jitter: Double) -> Duration? {
                guard case .retry(let wait, _) = platform.decision(status, "", headers: headers, jitter: jitter)
                else { return nil }
                return wait
            }
            #expect(wait(jitter: 0) == .seconds(row.seconds ?? 0))
            let backoff = Duration.seconds(1)
            let expected = row.seconds.map { max(.seconds($0) + .milliseconds(500), backoff) } ?? backoff
            #expect(wait(jitter: 0.5) == expected, "\(row)")
        }
    }

    @Test func `a platform that always asks for at once is asked less and less often`() {
        let decision = ChatPlatform.teamsWorkflow.decision(
            429, "", headers: [HTTPHeader("Retry-After", "0")], attempt: 20, jitter: 0.5)
        #expect(decision == .retry(after: .seconds(300), reason: "Teams answered 429"))
    }

    @Test func `a message is given up after its attempts or its age, and says why`() {
        let slack = ChatPlatform.slackWebhook
        #expect(slack.decision(503, "", attempt: 299).way == .retried)
        #expect(
            slack.decision(503, "", attempt: 300)
                == .park(reason: "given up after 300 attempts; the last time: Slack answered 503"))
        #expect(slack.decision(503, "", age: .seconds(86_399)).way == .retried)
        #expect(
            slack.decision(503, "", age: .seconds(86_400))
                == .park(reason: "given up after 24 h; the last time: Slack answered 503"))
        #expect(slack.decision(200, "ok", attempt: 300, age: .seconds(90_000)) == .delivered(receipt: ""))
        #expect(slack.decision(503, "", age: .seconds(-5)).way == .retried)
    }

    @Test func `a message that had to wait for its channel comes back in that time`() {
        func decision(_ wait: Duration, attempt: Int = 1, age: Duration = .zero) -> DeliveryDecision {
            DeliveryResult(platform: .teamsWorkflow, outcome: .postponed(for: wait))
                .decision(attempt: attempt, age: age, jitter: 0.5)
        }
        let reason = "the channel has had as many messages as it takes for now"
        #expect(decision(.seconds(90)) == .retry(after: .seconds(90), reason: reason))
        #expect(decision(.seconds(9_000)) == .retry(after: .seconds(3_600), reason: reason))
        #expect(decision(.seconds(90), age: .seconds(86_400)).way == .parked)
        #expect(decision(.seconds(90), attempt: 300).way == .parked)
    }
}
