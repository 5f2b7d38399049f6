internal import CLibcurl
internal import CurlShims

extension EasyHandle {
    /// How long a CA file of ours may be used before it is read again: one that was replaced is soon believed, and a
    /// burst of connections does not parse it once each.
    private static let caFileLifetime = 60

    /// Whom we trust and which way we go.
    func apply(_ configuration: HTTPClientConfiguration) throws(Refusal) {
        try set(CURLOPT_NOSIGNAL, true)
        // Without this, letting go of a transfer whose name is being resolved waits for the resolver, and everything
        // else on this thread with it: for half a minute when the name servers are gone.
        try set(CURLOPT_QUICK_EXIT, true)
        try keepSocketFromChildren()
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, false)
        try set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        // Every encoding that libcurl was built with.
        try set(CURLOPT_ACCEPT_ENCODING, "")
        try apply(configuration.proxy)
        try applyTLS(configuration)
    }

    private func applyTLS(_ configuration: HTTPClientConfiguration) throws(Refusal) {
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let caText = configuration.caText {
            try set(CURLOPT_CAINFO_BLOB, caText.bytes)
            try set(CURLOPT_CAPATH, nil)
        } else if let caFile = configuration.caFile {
            try set(CURLOPT_CAINFO, caFile)
            // The folder of the system's authorities would be trusted beside the file.
            try set(CURLOPT_CAPATH, nil)
            try set(CURLOPT_CA_CACHE_TIMEOUT, Self.caFileLifetime)
        }
        if let certificate = configuration.clientCertificateText {
            try set(CURLOPT_SSLCERT_BLOB, certificate.bytes)
        } else {
            try set(CURLOPT_SSLCERT, configuration.clientCertificateFile)
        }
        if let key = configuration.clientKeyText ?? configuration.clientCertificateText,
            configuration.clientKeyFile == nil
        {
            try set(CURLOPT_SSLKEY_BLOB, key.bytes)
        } else {
            try set(CURLOPT_SSLKEY, configuration.clientKeyFile ?? configuration.clientCertificateFile)
        }
        // An encrypted key then fails; without this OpenSSL would ask the terminal for its passphrase and wait.
        try set(CURLOPT_KEYPASSWD, "")
    }

    private func apply(_ proxy: HTTPProxy) throws(Refusal) {
        // A proxy's answer to CONNECT is none of the backend's.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        switch proxy {
        case .environment: break
        case .direct: try set(CURLOPT_PROXY, "")
        case .url(let url, let bypass):
            try set(CURLOPT_PROXY, url)
            // Set even when empty: the environment's list is for the environment's proxy. libcurl knows `*` only alone.
            try set(CURLOPT_NOPROXY, bypass.contains("*") ? "*" : bypass.joined(separator: ","))
        }
    }

    func apply(_ credentials: Credentials) throws(Refusal) {
        switch credentials {
        case .none: break
        case .basic(let username, let password):
            try set(CURLOPT_HTTPAUTH, curl_shim_auth_basic())
            try set(CURLOPT_USERNAME, username)
            try set(CURLOPT_PASSWORD, password)
        case .bearer(let token):
            try set(CURLOPT_HTTPAUTH, curl_shim_auth_bearer())
            try set(CURLOPT_XOAUTH2_BEARER, token)
        }
    }

    /// - Parameter remaining: what is left of the request's deadline.
    func apply(_ request: HTTPRequest, to target: RequestTarget, headers: RequestHeaders, remaining: Duration)
        throws(Refusal)
    {
        try set(CURLOPT_URL, request.url)
        // The URL as it is: by default libcurl would resolve `..` in its path.
        try set(CURLOPT_PATH_AS_IS, true)
        try set(CURLOPT_TIMEOUT_MS, remaining)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        // Waits for a connection that is being opened and may carry this transfer too, instead of opening another.
        if target.isEncrypted { try set(CURLOPT_PIPEWAIT, true) }
        try setHeaders(headers.lines)
        if request.method == "HEAD" { return try set(CURLOPT_NOBODY, true) }
        if let body = request.body {
            try setBody(body)
        } else if ["POST", "PUT", "PATCH"].contains(request.method) {
            // So that "Content-Length: 0" is sent, which some servers insist on.
            try setBody([])
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
    }
}
