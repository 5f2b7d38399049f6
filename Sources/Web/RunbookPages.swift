import HTML
import Hummingbird
import Journal
import Logging
import Runbooks
import Telemetry

/// `GET /runbooks`: the list. `GET /runbooks/<cause>`: a page. `?incident=i-42` fills in what is known of an incident.
///
/// A person at night needs the page whatever else is broken: without the incident, or without the journal, it comes with
/// its placeholders and says why.
struct RunbookPages: Sendable {
    private let journal: any Journal
    private let logger: Logger
    private let library = RunbookLibrary.shipped
    private let policy = ContentSecurityPolicy(styles: PageShell.style, script: RunbookDocument.script)

    init(journal: any Journal, logger: Logger) {
        self.journal = journal
        self.logger = logger
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/runbooks") { request, _ in
            await page(library.index, isIndex: true, incident: request.uri.queryParameters["incident"])
        }
        router.get("/runbooks/:cause") { request, context in
            guard let runbook = context.parameters.get("cause").flatMap({ library.page($0) }) else {
                return plain(.notFound, "there is no runbook of this name; /runbooks lists them")
            }
            return await page(runbook, isIndex: false, incident: request.uri.queryParameters["incident"])
        }
    }

    private func page(_ runbook: Runbook, isIndex: Bool, incident id: Substring?) async -> Response {
        var incident: RunbookDocument.Incident?
        var notice: String?
        if let id {
            switch await look(up: id) {
            case .success(let found): incident = found.map { RunbookDocument.Incident($0, on: runbook) }
            case .failure(let error):
                logger.error("incident could not be read for its runbook", metadata: ["reason": "\(error)"])
                notice = "The incident cannot be read at the moment; the page is shown without its values."
            }
            if incident == nil, notice == nil {
                notice = "There is no such incident, or it is no longer kept; the page is shown without its values."
            }
        }
        let html = RunbookDocument(runbook, isIndex: isIndex, incident: incident, notice: notice).html
        return PageAnswer.html(html, policy: policy)
    }

    private func look(up id: Substring) async -> Result<Incident?, JournalError> {
        guard let id = IncidentID(id) else { return .success(nil) }
        do {
            return .success(try await journal.incident(id))
        } catch {
            return .failure(error)
        }
    }
}

extension RunbookDocument.Incident {
    fileprivate init(_ incident: Incident, on runbook: Runbook) {
        let state =
            switch incident.state {
            case .open: "open since \(incident.startsAt)"
            case .resolved: "over\(incident.resolvedAt.map { " since \($0)" } ?? "")"
            }
        self.init(
            id: "\(incident.id)", alertName: incident.alertName, headline: incident.headline, state: state,
            values: RunbookValues(diagnosis: incident.diagnosis, cause: runbook.name))
    }
}
