import CLibcrypto

/// SHA-256 by libcrypto.
enum SHA256 {
    /// In bytes.
    static let digestLength = 32

    static func digest(of text: String) throws(JournalError) -> [UInt8] {
        let input = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: digestLength)
        guard unsafe EVP_Digest(input, input.count, &digest, nil, EVP_sha256(), nil) == 1 else {
            throw .unavailable(
                "cannot identify a notification: OpenSSL has no SHA-256; is it restricted by its configuration?")
        }
        return digest
    }
}
