package import Telemetry

/// How a Slack app signs what it sends.
///
/// Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
package struct SlackSignature: Sendable {
    /// Older or newer ones may be copies.
    package static let tolerance = Duration.seconds(300)

    private let key: [UInt8]

    package init(signingSecret: String) {
        key = [UInt8](signingSecret.utf8)
    }

    /// - Parameters:
    ///   - timestamp: of `X-Slack-Request-Timestamp`.
    ///   - signature: of `X-Slack-Signature`.
    /// - Returns: why it is not admitted, for the log; nil when it is.
    package func objection(timestamp: String?, signature: String?, body: [UInt8], now: Timestamp) -> String? {
        guard let timestamp, let signature else { return "it is not signed" }
        guard timestamp.utf8.count <= 12, timestamp.utf8.allSatisfy({ (48...57).contains($0) }),
            let seconds = Int64(timestamp)
        else { return "its time cannot be read" }
        let message = [UInt8]("v0:\(timestamp):".utf8) + body
        guard let code = MessageAuthentication.code(of: message, key: key) else { return "OpenSSL has no SHA-256" }
        let expected = "v0=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard MessageAuthentication.equal([UInt8](expected.utf8), [UInt8](signature.utf8)) else {
            return "its signature is wrong: is commands.slack.signing_secret the app's?"
        }
        guard abs(now.seconds - seconds) <= Self.tolerance.components.seconds else {
            return "it is \(now.seconds - seconds) s old: is the clock right?"
        }
        return nil
    }
}
