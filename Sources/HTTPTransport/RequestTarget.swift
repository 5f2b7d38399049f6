internal import CLibcurl

/// The URL of a request, taken apart as far as errors and options need it.
struct RequestTarget {
    let isEncrypted: Bool
    /// `host:port`, the only part of a URL that errors name.
    let authority: String

    /// - Throws: `HTTPError.invalidRequest` for what is not an absolute http or https URL, and for one that carries a
    ///   user or password: they would reach logs; they belong in `HTTPAuthorization`.
    init(_ url: String) throws(HTTPError) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw .invalidRequest("the URL holds a space or a control character: percent-encode it")
        }
        guard let parsed = unsafe curl_url() else { throw .invalidRequest("no memory to parse the URL") }
        defer { unsafe curl_url_cleanup(parsed) }
        let outcome = unsafe curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER))
        guard outcome != CURLUE_USER_NOT_ALLOWED else {
            throw .invalidRequest("the URL carries a user or password: give them as the client's authorization")
        }
        guard outcome == CURLUE_OK,
            let scheme = unsafe Self.part(CURLUPART_SCHEME, of: parsed),
            let host = unsafe Self.part(CURLUPART_HOST, of: parsed)
        else {
            throw .invalidRequest(
                "the URL cannot be parsed: it has to be absolute, such as http://tempo:3200/api/search")
        }
        guard scheme == "http" || scheme == "https" else {
            throw .invalidRequest("the URL's scheme is \(scheme): only http and https are allowed")
        }
        isEncrypted = scheme == "https"
        authority = "\(host):\(unsafe Self.part(CURLUPART_PORT, of: parsed) ?? "")"
    }

    private static func part(_ part: CURLUPart, of parsed: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(parsed, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text = unsafe text
        else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
