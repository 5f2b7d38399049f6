import CLibcrypto
import FoundationEssentials

/// What Alertmanager has to send in its `Authorization` header: `http_config.basic_auth` or `http_config.authorization`.
package struct WebhookCredentials: Sendable, CustomStringConvertible {
    private let expected: [UInt8]

    package static func bearer(_ token: String) -> WebhookCredentials {
        WebhookCredentials(expected: [UInt8]("Bearer \(token)".utf8))
    }

    /// RFC 7617: the name and the password with a colon between them, in base64.
    package static func basic(username: String, password: String) -> WebhookCredentials {
        let encoded = Data("\(username):\(password)".utf8).base64EncodedString()
        return WebhookCredentials(expected: [UInt8]("Basic \(encoded)".utf8))
    }

    /// Compares in a time that does not depend on where the two differ, only on the length of what was sent.
    func admits(authorization header: String?) -> Bool {
        guard let header else { return false }
        let given = [UInt8](header.utf8)
        guard given.count == expected.count else { return false }
        return unsafe given.withUnsafeBytes { given in
            unsafe expected.withUnsafeBytes { expected in
                unsafe CRYPTO_memcmp(given.baseAddress, expected.baseAddress, expected.count) == 0
            }
        }
    }

    package var description: String { "<redacted>" }
}
