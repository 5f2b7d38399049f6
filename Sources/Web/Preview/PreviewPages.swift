import HTML
import Hummingbird
import Languages

/// `GET /preview`: how messages look in Slack and in Teams. `?case=` chooses one of the built-in incidents, by
/// its name, `?language=` that of its readers.
struct PreviewPages: Sendable {
    private let examples: PreviewExamples
    private let policy = ContentSecurityPolicy(styles: PageShell.style, PreviewDocument.style)

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
            return PageAnswer.html(html, policy: policy)
        }
    }
}
