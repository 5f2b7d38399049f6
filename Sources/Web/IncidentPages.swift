import Feedback
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Journal
import Logging
import NIOCore
import Pages
import Responder

/// `GET /incidents`: the list, `?q=` filters and `&page=` turns it. `GET /incidents/i-42`: everything about one, and
/// `/incidents/i-42.json` its stored diagnosis. `GET /feedback`: what people said of the causes. `/` leads to the list.
struct IncidentPages: Sendable {
    /// Longer questions are nobody's.
    private static let longestQuestion = 200
    /// Of what there is, so many are named to somebody who asked for what there is not.
    private static let shownInstead = 10

    private let journal: any Journal
    private let clock: WallClock
    private let logger: Logger
    private let policy = ContentSecurityPolicy(styles: PageStyle.text, hasForm: true)

    init(journal: any Journal, clock: WallClock, logger: Logger) {
        self.journal = journal
        self.clock = clock
        self.logger = logger
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/") { _, _ in
            // Relative: the service may be reached below a path.
            plain(.seeOther, "the incidents are at /incidents", headers: [.location: "incidents"])
        }
        router.get("/incidents") { request, _ in
            await answer { () async throws(JournalError) in
                try await list(
                    question: Self.question(in: request.uri.query ?? ""),
                    page: request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1)
            }
        }
        router.get("/incidents/:id") { _, context in
            await answer { () async throws(JournalError) in
                try await incident(asked: context.parameters.get("id") ?? "")
            }
        }
        router.get("/feedback") { _, _ in
            await answer { () async throws(JournalError) in
                html(FeedbackPage(FeedbackReport(votes: try await journal.votes())).html)
            }
        }
    }

    private func list(question: String, page: Int) async throws(JournalError) -> Response {
        let question = String(question.prefix(Self.longestQuestion))
        let length = IncidentListPage.length
        // A page far beyond the last is an empty one, not an overflow.
        let number = min(max(1, page), Int(Int32.max))
        let listing = try await journal.outlines(matching: question, offset: (number - 1) * length, limit: length)
        return html(IncidentListPage(listing, question: question, number: number, now: clock.now()).html)
    }

    private func incident(asked: String) async throws(JournalError) -> Response {
        let wantsJSON = asked.hasSuffix(Self.jsonType)
        let id = IncidentID(wantsJSON ? asked.dropLast(Self.jsonType.count) : asked[...])
        guard let id, let incident = try await journal.incident(id) else { return try await missing(asked) }
        if wantsJSON {
            guard !incident.diagnosis.isEmpty else {
                return plain(.notFound, "\(id) was not diagnosed; /incidents/\(id) says what is known of it")
            }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/json; charset=utf-8", .cacheControl: "no-store",
                    .xContentTypeOptions: "nosniff",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: incident.diagnosis)))
        }
        let story = IncidentPage.Story(
            messages: try await journal.messages(of: id), remarks: try await journal.remarks(on: id),
            votes: try await journal.votes().filter { $0.incident == id })
        return html(IncidentPage(incident, story: story, now: clock.now()).html)
    }

    private func missing(_ asked: String) async throws(JournalError) -> Response {
        let listing = try await journal.outlines(matching: "", offset: 0, limit: Self.shownInstead)
        return html(MissingIncidentPage(asked: asked, listing: listing).html, .notFound)
    }

    /// A browser's form writes a space as `+`, which the framework leaves as it is.
    private static func question(in query: String) -> String {
        URI("/?\(query.replacing("+", with: "%20"))").queryParameters["q"].map(String.init) ?? ""
    }

    private static let jsonType = ".json"

    private func html(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        PageAnswer.html(text, status: status, policy: policy)
    }

    private func answer(_ page: () async throws(JournalError) -> Response) async -> Response {
        do {
            return try await page()
        } catch {
            logger.error("a page could not be made", metadata: ["reason": "\(error)"])
            return plain(.serviceUnavailable, "the journal cannot be read at the moment; try again")
        }
    }
}
