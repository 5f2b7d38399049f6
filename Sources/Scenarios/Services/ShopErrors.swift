import Telemetry

/// How the shop's languages word what goes wrong between two hosts.
extension ShopError {
    /// The name is not known, or nobody answers the question.
    static func lookup(of host: String, in language: ShopMap.Language, isTemporary: Bool) -> ShopError {
        switch language {
        case .go:
            ShopError(
                type: "*net.DNSError",
                message: "dial tcp: lookup \(host) on 10.0.0.10:53: "
                    + (isTemporary ? "server misbehaving" : "no such host"),
                status: 502)
        case .java:
            ShopError(
                type: "java.net.UnknownHostException",
                message: "\(host): "
                    + (isTemporary ? "Temporary failure in name resolution" : "Name or service not known"),
                status: 502)
        case .node:
            ShopError(
                type: "Error", message: "getaddrinfo \(isTemporary ? "EAI_AGAIN" : "ENOTFOUND") \(host)", status: 502)
        case .python:
            ShopError(
                type: "requests.exceptions.ConnectionError",
                message: "HTTPSConnectionPool(host='\(host)', port=443): Max retries exceeded with url: /v2/rates "
                    + "(Caused by NameResolutionError(\"Failed to resolve '\(host)' "
                    + (isTemporary
                        ? "([Errno -3] Temporary failure in name resolution)\"))"
                        : "([Errno -2] Name or service not known)\"))"),
                status: 502)
        }
    }

    static func refused(by host: String, _ port: Int, in language: ShopMap.Language) -> ShopError {
        switch language {
        case .go:
            ShopError(
                type: "*net.OpError", message: "dial tcp \(address(of: host)):\(port): connect: connection refused",
                status: 503)
        case .java:
            ShopError(
                type: "java.net.ConnectException",
                message: "Connection to \(host):\(port) refused. Check that the hostname and port are correct and that "
                    + "the postmaster is accepting TCP/IP connections.", status: 503)
        case .node:
            ShopError(type: "Error", message: "connect ECONNREFUSED \(address(of: host)):\(port)", status: 503)
        case .python:
            ShopError(
                type: "redis.exceptions.ConnectionError",
                message: "Error 111 connecting to \(host):\(port). Connection refused.", status: 503)
        }
    }

    static func timeout(of host: String, _ port: Int, in language: ShopMap.Language, isConnecting: Bool) -> ShopError {
        switch language {
        case .go:
            ShopError(
                type: isConnecting ? "*net.OpError" : "context.deadlineExceededError",
                message: isConnecting
                    ? "dial tcp \(address(of: host)):\(port): i/o timeout" : "context deadline exceeded",
                status: 504)
        case .java:
            ShopError(
                type: isConnecting ? "java.net.http.HttpConnectTimeoutException" : "java.net.http.HttpTimeoutException",
                message: isConnecting ? "HTTP connect timed out" : "request timed out", status: 504)
        case .node:
            ShopError(
                type: "AxiosError",
                message: isConnecting
                    ? "connect ETIMEDOUT \(address(of: host)):\(port)" : "timeout of 10000ms exceeded",
                status: 504)
        case .python:
            ShopError(
                type: "requests.exceptions.ReadTimeout",
                message: "HTTPConnectionPool(host='\(host)', port=\(port)): Read timed out. (read timeout=3)",
                status: 504)
        }
    }

    /// Go says when the certificate was looked at: `{now}` is filled in for each request.
    static func expired(_ host: String, since: Timestamp, in language: ShopMap.Language) -> ShopError {
        let end = Timestamp(seconds: since.seconds)
        return switch language {
        case .go:
            ShopError(
                type: "*tls.CertificateVerificationError",
                message: "Get \"https://\(host)/v2/rates\": tls: failed to verify certificate: x509: certificate has "
                    + "expired or is not yet valid: current time {now} is after \(end)", status: 502)
        case .java:
            ShopError(
                type: "javax.net.ssl.SSLHandshakeException",
                message: "I/O error on POST request for \"https://\(host)/v1/charges\": PKIX path validation failed: "
                    + "java.security.cert.CertPathValidatorException: validity check failed (caused by "
                    + "java.security.cert.CertificateExpiredException: NotAfter: \(javaDate(end)))", status: 502)
        case .node:
            ShopError(type: "Error", message: "certificate has expired (CERT_HAS_EXPIRED) for \(host)", status: 502)
        case .python:
            ShopError(
                type: "requests.exceptions.SSLError",
                message:
                    "HTTPSConnectionPool(host='\(host)', port=443): Max retries exceeded with url: /v2/rates (Caused "
                    + "by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify "
                    + "failed: certificate has expired (_ssl.c:1006)')))", status: 502)
        }
    }

    /// The host was reached and does not want to.
    static func answered(_ code: Int, by host: String, in language: ShopMap.Language) -> ShopError {
        switch language {
        case .java:
            ShopError(
                type: "org.springframework.web.client.HttpServerErrorException",
                message: "\(code) on POST request for \"https://\(host)/v1/charges\": [no body]", status: 502,
                answer: code)
        default:
            ShopError(
                type: "*errors.errorString", message: "GET https://\(host)/v2/rates: unexpected status \(code)",
                status: 502, answer: code)
        }
    }

    /// Behind a name, always the same.
    private static func address(of host: String) -> String {
        let hash = host.utf8.reduce(7) { ($0 * 37 + Int($1)) % 65_000 }
        let isInside = !host.contains(".")
        return isInside ? "10.0.\(hash / 250 % 250).\(hash % 250 + 1)" : "203.0.113.\(hash % 250 + 1)"
    }

    /// As Java prints a date: `Thu Nov 19 09:30:00 UTC 2026`.
    private static func javaDate(_ instant: Timestamp) -> String {
        let date = CalendarDate(secondsSinceEpoch: instant.seconds)
        let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][
            CalendarDate.weekday(ofDay: instant.seconds / 86_400)]
        let month = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][date.month - 1]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(weekday) \(month) \(two(date.day)) \(two(date.hour)):\(two(date.minute)):\(two(date.second)) UTC "
            + "\(date.year)"
    }
}
