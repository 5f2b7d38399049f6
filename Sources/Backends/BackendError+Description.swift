import HTTPTransport

extension BackendError: CustomStringConvertible {
    /// One or two sentences for a log or a message's list of what is missing.
    ///
    /// "Loki answered 429 to the query `{app="x"}`: too many outstanding requests. Try again later."
    package var description: String {
        switch self {
        case .noAnswer(let attempt, let error): "\(attempt.backend) gave no answer to \(attempt): \(Self.words(error))"
        case .refused(let attempt, let status, let reason, _):
            "\(attempt.backend) answered \(status) to \(attempt)"
                + (reason.isEmpty ? "." : ": \(reason)" + (reason.hasSuffix(".") ? "" : "."))
                + (Self.advice(status, attempt.backend).map { " \($0)" } ?? "")
        case .unreadable(let attempt, let reason):
            "\(attempt.backend)'s answer to \(attempt) cannot be read: \(reason). "
                + "Is the address that of \(attempt.backend)?"
        case .invalidQuestion(let attempt, let reason): "\(attempt.backend) was not asked for \(attempt): \(reason)."
        case .malformed(let format, let reason): "This is not \(format): \(reason)."
        case .file(let path, let reason): "\(path) cannot be read: \(reason)."
        case .cancelled(let attempt): "\(attempt.backend)'s answer to \(attempt) was not waited for."
        }
    }

    private static func words(_ error: HTTPError) -> String {
        switch error {
        case .invalidRequest(let reason): "the request is invalid (\(reason)). Check the configured address."
        case .connectionFailed(let host, let reason): "\(host): \(reason). Is it running and reachable from here?"
        case .deadlineExceeded(let host, let limit):
            "\(host) did not answer within \(limit.inWords). A shorter window or a narrower query is quicker."
        case .responseTooLarge(let host, let limit):
            "\(host) sent more than the limit of \(limit >> 20) MiB. Narrow the query or raise the limit."
        case .cancelled: "it was not waited for."
        }
    }

    private static func advice(_ status: Int, _ backend: String) -> String? {
        switch status {
        case 300..<400: "It redirects: configure the address that it redirects to."
        case 400: nil
        // Kubernetes' refusals end with what to do.
        case 401, 403: backend == "Kubernetes" ? nil : "Check the configured credentials and tenant."
        case 404: "Check the configured address and its path."
        // What it cannot evaluate: duplicate series on one side, too many samples.
        case 422 where backend == "Prometheus": "Check the expression; narrow it if it is over a limit."
        case 413, 422: "It is over a limit of the server; narrow what is asked for."
        case 429: "Try again later."
        case 504: "Try a shorter window or a narrower query."
        case 500...: "Try again later."
        default: nil
        }
    }
}

extension BackendError.Attempt: CustomStringConvertible {
    /// ``the query `{app="x"}` ``
    package var description: String { subject.isEmpty ? "the \(action)" : "the \(action) `\(subject)`" }
}

extension Duration {
    /// `5 s`, `250 ms`.
    fileprivate var inWords: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return seconds > 0 && milliseconds == 0 ? "\(seconds) s" : "\(seconds * 1000 + milliseconds) ms"
    }
}
