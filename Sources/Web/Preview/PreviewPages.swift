import CLibcrypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Languages
import NIOCore
import Reporting
import Runbooks

/// `GET /preview`: how messages look in Slack and in Teams. `?case=` chooses one of the built-in incidents, by
/// its name, `?language=` that of its readers.
struct PreviewPages: Sendable {
    private let examples: PreviewExamples
    private let policy = PreviewPolicy.text

    init(examples: PreviewExamples) {
        self.examples = examples
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/preview") { request, _ in
            let name = request.uri.queryParameters["case"].map(String.init)
            guard let shown = examples.incidents.first(where: { name == nil || $0.name == name }) else {
                let names = examples.incidents.map(\.name).joined(separator: ", ")
                return plain(.notFound, "there is no example of this name; there are: \(names)")
            }
            let code = request.uri.queryParameters["language"].map(String.init) ?? Language.english.code
            guard let language = Language(rawValue: code) else {
                let codes = Language.allCases.map(\.code).joined(separator: ", ")
                return plain(.notFound, "there are no messages in this language; there are: \(codes)")
            }
            let html = PreviewDocument(
                examples: examples.incidents, shown: shown, language: language,
                messages: await examples.messages(shown, language)
            ).html
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy,
                    .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
        }
    }
}

/// What a browser may do with the page: show it with its own styles, and nothing else; it has no script.
private enum PreviewPolicy {
    static var text: String {
        let styles = [RunbookDocument.style, PreviewDocument.style].map(source).joined(separator: " ")
        return "default-src 'none'; style-src \(styles); base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    /// Allows an inline text by its SHA-256; without OpenSSL's nothing is allowed, and the page is shown plain.
    private static func source(of text: String) -> String {
        let input = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        guard unsafe EVP_Digest(input, input.count, &digest, nil, EVP_sha256(), nil) == 1 else { return "'none'" }
        return "'sha256-\(Data(digest).base64EncodedString())'"
    }
}
