internal import CLibcurl

/// What libcurl says of a transfer that failed.
struct CurlFailure {
    let code: CURLcode
    /// From the transfer's error buffer; often empty.
    let detail: String

    /// libcurl's words for a person.
    ///
    /// A few of them quote a URL, as for a proxy that it cannot parse. It may hold a password, so what may be a URL is
    /// cut off with all that follows.
    var reason: String {
        // The address of a connection that is gone already: a note of libcurl's to itself that hides the failure.
        guard !detail.hasPrefix("getpeername()") else { return meaning }
        guard code == CURLE_COULDNT_RESOLVE_PROXY || detail.contains("@") || detail.contains("://") else {
            return detail.isEmpty ? meaning : Self.shortened(detail)
        }
        let parts = detail.split(separator: "'", maxSplits: 1)
        guard parts.count == 2 || !detail.contains("@") && !detail.contains("://") else { return meaning }
        return parts.count == 2 ? "\(parts[0])'<redacted>'" : detail
    }

    /// "Failed to connect to HOST port N after 12 ms: Couldn't connect to server" without its beginning: the host stands
    /// beside it anyway, and the time makes every attempt's words different.
    private static func shortened(_ words: String) -> String {
        guard words.hasPrefix("Failed to connect to "), let end = words.firstRange(of: " ms: ") else { return words }
        return String(words[end.upperBound...])
    }

    private var meaning: String { unsafe String(cString: curl_easy_strerror(code)) }

    /// libcurl counts in whole milliseconds and may give up one early.
    private static let timerPrecision = Duration.milliseconds(2)

    /// - Parameter elapsed: since the call.
    func error(for request: HTTPRequest, authority: String, elapsed: Duration) -> HTTPError {
        if code == CURLE_OPERATION_TIMEDOUT, elapsed + Self.timerPrecision >= request.deadline {
            return .deadlineExceeded(host: authority, after: request.deadline)
        }
        return .connectionFailed(host: authority, reason: reason)
    }
}
