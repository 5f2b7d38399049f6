internal import CLibcurl

/// What libcurl says of a transfer that failed.
struct CurlFailure {
    let code: CURLcode
    /// From the transfer's error buffer; often empty.
    let detail: String

    /// libcurl's words for a person.
    ///
    /// Its detail is left out where it quotes a URL, as it does for a proxy that it cannot parse: the URL may hold a
    /// password.
    var reason: String {
        let meaning = unsafe String(cString: curl_easy_strerror(code))
        guard !detail.isEmpty, !detail.contains("@"), !detail.contains("://"), code != CURLE_COULDNT_RESOLVE_PROXY
        else { return meaning }
        return detail
    }

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
