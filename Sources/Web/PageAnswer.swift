import CLibcrypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// A whole HTML page as it is answered: not kept by anybody, and allowed to do nothing but what its policy names.
enum PageAnswer {
    static func html(
        _ html: String, status: HTTPResponse.Status = .ok, policy: ContentSecurityPolicy
    ) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy.text,
                .xContentTypeOptions: "nosniff", .cacheControl: "no-store", referrerPolicy: "no-referrer",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// The address of a page names an incident: other sites need not know it.
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .referer
}

/// What a browser may do with a page: show it, with its own style and its own script, and nothing else.
struct ContentSecurityPolicy: Sendable {
    let text: String

    /// - Parameters:
    ///   - styles: the texts of its style elements.
    ///   - script: nil where a page has none.
    ///   - hasForm: whether the page may ask the service itself.
    init(styles: String..., script: String? = nil, hasForm: Bool = false) {
        text = [
            "default-src 'none'", "style-src \(styles.map(Self.source).joined(separator: " "))",
            "script-src \(script.map(Self.source) ?? "'none'")", "base-uri 'none'",
            "form-action \(hasForm ? "'self'" : "'none'")", "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    /// Allows an inline text by its SHA-256; without OpenSSL's nothing is allowed, and the page is shown plain.
    private static func source(of text: String) -> String {
        let input = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_Digest(input, input.count, &digest, nil, EVP_sha256(), nil) == 1 else { return "'none'" }
        return "'sha256-\(Data(digest).base64EncodedString())'"
    }
}
