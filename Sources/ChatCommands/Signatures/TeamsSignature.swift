import FoundationEssentials

/// How an outgoing webhook of Teams signs what it sends.
///
/// Source: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook
package struct TeamsSignature: Sendable {
    private static let scheme = "HMAC "

    private let key: [UInt8]

    /// - Parameter securityToken: in base64, as Teams shows it; nothing is admitted by one that is not.
    package init(securityToken: String) {
        key = Data(base64Encoded: securityToken).map { [UInt8]($0) } ?? []
    }

    /// - Returns: why it is not admitted, for the log; nil when it is.
    package func objection(authorization: String?, body: [UInt8]) -> String? {
        guard let authorization else { return "it is not signed" }
        guard !key.isEmpty, let code = MessageAuthentication.code(of: body, key: key) else {
            return "there is no key to check its signature with"
        }
        let expected = Self.scheme + Data(code).base64EncodedString()
        return MessageAuthentication.equal([UInt8](expected.utf8), [UInt8](authorization.utf8))
            ? nil : "its signature is wrong: is commands.teams.security_token the webhook's?"
    }
}
