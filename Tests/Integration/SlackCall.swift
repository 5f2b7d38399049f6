import CLibcrypto
import HTTPTransport
import Telemetry
import TestSupport

/// A request that Slack sends to an app, signed as Slack's documentation says: not by the service's own code.
///
/// Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
struct SlackCall: Sendable {
    var body: String
    var headers: [HTTPHeader]

    /// - Parameters:
    ///   - secret: the app's signing secret.
    ///   - instant: when it is said to have been sent.
    init(
        _ body: String, contentType: String = "application/x-www-form-urlencoded",
        secret: String = ServeProcess.signingSecret, at instant: Timestamp = .now
    ) throws {
        self.body = body
        let timestamp = "\(instant.seconds)"
        headers = [
            HTTPHeader("Content-Type", contentType), HTTPHeader("X-Slack-Request-Timestamp", timestamp),
            HTTPHeader("X-Slack-Signature", "v0=\(try Self.code(of: "v0:\(timestamp):\(body)", secret))"),
        ]
    }

    init(form fields: [(name: String, value: String)]) throws {
        try self.init(FormParameters.text(fields))
    }

    private static func code(of text: String, _ secret: String) throws -> String {
        let (message, key) = ([UInt8](text.utf8), [UInt8](secret.utf8))
        var code = [UInt8](repeating: 0, count: 32)
        var written: UInt32 = 0
        let made = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &written)
        guard unsafe made != nil, written == 32 else { throw TestFailure("OpenSSL has no SHA-256") }
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
