extension HTTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidRequest(let reason): "The request cannot be sent: \(reason)"
        case .connectionFailed(let host, let reason): "No answer from \(host): \(reason)"
        case .deadlineExceeded(let host, let deadline): "\(host) had not answered in full after \(deadline.inSeconds)"
        case .responseTooLarge(let host, let limit):
            "\(host) answered more than \(limit) bytes, which is the limit: ask for less, or raise it"
        case .cancelled: "The request was cancelled"
        }
    }
}

extension Duration {
    /// `30 s`, `0.25 s`: rounded to milliseconds.
    fileprivate var inSeconds: String {
        let milliseconds = components.attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(components.seconds) s" }
        var decimals = String(String(1000 + milliseconds).dropFirst())
        while decimals.last == "0" { decimals.removeLast() }
        return "\(components.seconds).\(decimals) s"
    }
}
