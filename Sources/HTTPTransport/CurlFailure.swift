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
            return detail.isEmpty ? meaning : Self.withoutTiming(detail)
        }
        let parts = detail.split(separator: "'", maxSplits: 1)
        guard parts.count == 2 || !detail.contains("@") && !detail.contains("://") else { return meaning }
        return parts.count == 2 ? "\(parts[0])'<redacted>'" : detail
    }

    /// "Failed to connect … after 12 ms: refused" without the time, which makes every attempt's words different.
    private static func withoutTiming(_ words: String) -> String {
        guard let start = words.firstRange(of: " after "), let end = words[start.upperBound...].firstRange(of: " ms"),
            words[start.upperBound..<end.lowerBound].allSatisfy(\.isNumber)
        else { return words }
        return String(words[..<start.lowerBound] + words[end.upperBound...])
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
