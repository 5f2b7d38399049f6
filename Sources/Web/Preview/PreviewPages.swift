import Hummingbird
import Runbooks

/// `GET /preview`: how messages look in Slack and in Teams. `?case=` chooses one of the built-in incidents, by its name.
struct PreviewPages: Sendable {
    private let examples: PreviewExamples
    private let policy = ContentSecurityPolicy(styles: RunbookDocument.style, PreviewDocument.style)

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
            let html = PreviewDocument(
                examples: examples.incidents, shown: shown, messages: await examples.messages(shown)
            ).html
            return PageAnswer.html(html, policy: policy)
        }
    }
}
