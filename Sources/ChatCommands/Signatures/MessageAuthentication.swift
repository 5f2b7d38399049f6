import CLibcrypto

/// HMAC with SHA-256, by libcrypto (RFC 2104).
enum MessageAuthentication {
    private static let length = 32

    /// - Returns: nil when OpenSSL has no SHA-256, because its configuration restricts it; then nothing is admitted.
    static func code(of message: [UInt8], key: [UInt8]) -> [UInt8]? {
        var code = [UInt8](repeating: 0, count: length)
        var written: UInt32 = 0
        let made = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &code, &written)
        guard unsafe made != nil, Int(written) == length else { return nil }
        return code
    }

    /// In a time that does not depend on where the two differ.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
            }
        }
    }
}
