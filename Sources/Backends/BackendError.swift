package import HTTPTransport

/// Why a backend did not give what it was asked for: what was attempted, on what, what came back, what to do.
///
/// No case carries a header or a URL: they may hold secrets.
package enum BackendError: Error, Hashable, Sendable {
    /// What was attempted, in the reader's words: `Tempo`, `search`, `{status=error}`.
    package struct Attempt: Hashable, Sendable {
        /// `Tempo`, `Loki`, `Kubernetes`, `Prometheus`.
        package let backend: String
        /// `search`, `trace`, `query`, `events`…
        package let action: String
        /// The query, the trace id, the namespace; empty when there is none.
        package let subject: String

        package init(_ backend: String, _ action: String, on subject: String = "") {
            self.backend = backend
            self.action = action
            self.subject = subject
        }
    }

    /// No answer came: refused, reset, too slow, too large.
    case noAnswer(Attempt, HTTPError)
    /// An answer came and it is an error. `reason` is the server's own text, shortened.
    case refused(Attempt, status: Int, reason: String, retryAfter: Duration?)
    /// An answer came, or a file was read, and it does not have the expected form.
    case unreadable(Attempt, reason: String)
    /// The question itself makes no sense, so it was not sent: an empty window, one in the future, a limit of zero.
    case invalidQuestion(Attempt, reason: String)
    /// Bytes do not have the format that they should have. `reason` says where.
    case malformed(format: String, reason: String)
    /// A file or folder of a case could not be read.
    case file(path: String, reason: String)
    /// The investigation was given up, by a deadline of its own or a shutdown.
    case cancelled(Attempt)
}

extension BackendError {
    /// What an `HTTPClient` threw, as an error of this module.
    package init(_ attempt: Attempt, _ error: HTTPError) {
        self = error == .cancelled ? .cancelled(attempt) : .noAnswer(attempt, error)
    }

    /// Whether the same question may be answered in a while, without anybody having changed anything.
    package var isTransient: Bool {
        switch self {
        case .noAnswer(_, .connectionFailed), .noAnswer(_, .deadlineExceeded): true
        case .noAnswer: false
        // Tempo answers 500 while it stops (`queue is stopped`); 501 and 505 are about the request.
        case .refused(_, let status, _, _):
            status == 408 || status == 425 || status == 429
                || (500...599).contains(status) && status != 501
                    && status != 505
        case .unreadable, .invalidQuestion, .malformed, .file, .cancelled: false
        }
    }

    /// How long the server asked us to wait; neither Tempo nor Loki does, a gateway before them may.
    package var retryAfter: Duration? {
        if case .refused(_, _, _, let delay) = self { delay } else { nil }
    }
}
