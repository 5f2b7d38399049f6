/// Something that goes wrong at an endpoint instead of its answer, or on the way to it.
package enum Fault: Hashable, Sendable {
    /// Another answer.
    case answer(LabAnswer)
    /// No answer until the client gives up.
    case hang
    /// The true answer, but not before the fault is switched off.
    case held
    /// The connection is reset before a byte of an answer.
    case reset
    /// The true answer, but late.
    case slow(Duration)
    /// The true answer's head and this part of its body; then the connection ends, short of the `Content-Length`.
    case truncated(fraction: Double)

    /// An answer of plain text.
    package static func status(_ status: Int, _ body: String = "", retryAfter: String? = nil) -> Fault {
        .answer(
            LabAnswer(
                status: status, contentType: LabAnswer.plainText,
                headers: retryAfter.map { [.init("Retry-After", $0)] } ?? [], body: Array(body.utf8)))
    }

    /// Tempo's full queue: without a Retry-After.
    package static let tempoBusy = status(429, "job queue full")
    package static let tempoTimeout = status(503, "unable to process request in the configured timeout")
    /// Loki's full queue: without a Retry-After.
    package static let lokiBusy = status(429, "too many outstanding requests")
    package static let lokiTimeout = status(
        504,
        "request timed out, decrease the duration of the request or add more label matchers "
            + "(prefer exact match over regex match) to reduce the amount of data processed")
    /// A query that ran into Prometheus' own limit of time.
    package static let prometheusTimeout = answer(
        PrometheusRefusal(503, "timeout", "query timed out in expression evaluation").answer)
    /// What Loki's and Tempo's `/ready` say in the first half minute.
    package static let starting = status(503, "Some services are not Running:\nStarting: 4\nRunning: 15\n")
    /// A failure of Slack's Web API, which answers 200 as it does to success.
    package static func slackError(_ error: String) -> Fault { answer(SlackRefusal(error).answer) }
    /// Slack's answer to more than about one message a second.
    package static func slackRateLimited(retryAfter seconds: Int) -> Fault {
        status(429, "rate_limited", retryAfter: String(seconds))
    }
}
