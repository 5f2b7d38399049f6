import Alerts
import HTTPTypes
import Hummingbird
import Journal
import Logging
import Metrics
import NIOCore
import Responder

/// `POST /webhooks/alertmanager`: commits the notification to the journal, then answers.
///
/// Alertmanager retries 5xx and transport errors only, and takes a redirect's 200 for a delivery: so what can be accepted
/// later is a 503, what never will be is a 4xx with a one-line reason, and nothing here ever redirects.
struct AlertmanagerWebhook: Sendable {
    static let path = "/webhooks/alertmanager"

    private let intake: Intake
    private let credentials: WebhookCredentials?
    private let maximumBodyBytes: Int
    private let metrics: any MetricsFactory
    private let logger: Logger
    private let refusals = RefusalMemory()

    init(
        intake: Intake, credentials: WebhookCredentials?, maximumBodyBytes: Int, metrics: any MetricsFactory,
        logger: Logger
    ) {
        self.intake = intake
        self.credentials = credentials
        self.maximumBodyBytes = maximumBodyBytes
        self.metrics = metrics
        self.logger = logger
        for outcome in ["stored", "repeated", "refused", "unavailable"] { counter(outcome).increment(by: 0) }
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post(RouterPath(Self.path)) { request, _ in await answer(to: request) }
        for method: HTTPRequest.Method in [.get, .head, .put, .delete, .patch, .options] {
            router.on(RouterPath(Self.path), method: method) { _, _ in
                plain(.methodNotAllowed, "post Alertmanager's webhook here", headers: [.allow: "POST"])
            }
        }
        // The likeliest mistake in Alertmanager's configuration; its log shows what is answered here.
        for path in ["/", "/**"] {
            router.post(RouterPath(path)) { _, _ in
                refuse(.notFound, "there is nothing here; post Alertmanager's webhook to \(Self.path)", .path)
            }
        }
    }

    private func answer(to request: Request) async -> Response {
        if let credentials, !credentials.admits(authorization: request.headers[.authorization]) {
            return refuse(
                .unauthorized, "wrong or missing credentials", .credentials, headers: [.wwwAuthenticate: "Basic"])
        }
        guard isJSON(request.headers[.contentType]) else {
            return refuse(
                .unsupportedMediaType, "the content type is not JSON: send the header Content-Type: application/json",
                .contentType)
        }
        let tooLarge = "the body is larger than \(maximumBodyBytes) bytes; set max_alerts"
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBodyBytes {
            return refuse(.contentTooLarge, tooLarge, .size)
        }
        let body: [UInt8]
        do {
            body = [UInt8](buffer: try await request.body.collect(upTo: maximumBodyBytes))
        } catch is NIOTooManyBytesError {
            return refuse(.contentTooLarge, tooLarge, .size)
        } catch {
            return refuse(.badRequest, "the body ended early", .ending)
        }
        switch await intake.accept(body: body) {
        case .accepted(let acceptance): return accepted(acceptance)
        case .refused(let error): return refuse(.badRequest, error.description, RefusalMemory.Kind(error))
        case .unavailable(let error): return unavailable(error.description)
        }
    }

    private func accepted(_ acceptance: Acceptance) -> Response {
        let id = acceptance.id
        let outcome =
            switch acceptance {
            case .stored: "stored"
            case .repeated: "repeated"
            }
        counter(outcome).increment()
        logger.info("notification accepted", metadata: ["notification": "\(id)", "outcome": "\(outcome)"])
        return plain(.ok, "\(outcome) as notification \(id)")
    }

    /// Alertmanager sends what was refused again every `group_interval`, for ever: not every one is a warning.
    private func refuse(
        _ status: HTTPResponse.Status, _ reason: String, _ kind: RefusalMemory.Kind, headers: HTTPFields = [:]
    ) -> Response {
        counter("refused").increment()
        let count = refusals.note(kind)
        var metadata: Logger.Metadata = ["status": "\(status.code)", "reason": "\(reason)"]
        if let count { metadata["of_this_kind"] = "\(count)" }
        logger.log(level: count == nil ? .debug : .warning, "notification refused", metadata: metadata)
        return plain(status, reason, headers: headers)
    }

    private func unavailable(_ reason: String) -> Response {
        counter("unavailable").increment()
        logger.error("notification could not be stored", metadata: ["reason": "\(reason)"])
        return plain(.serviceUnavailable, "\(reason); send it again")
    }

    private func counter(_ outcome: String) -> Counter {
        Counter(label: "sabueso_notifications_total", dimensions: [("outcome", outcome)], factory: metrics)
    }

    private func isJSON(_ contentType: String?) -> Bool {
        let media = contentType?.split(separator: ";").first?.lowercased() ?? ""
        return media.filter { $0 != " " } == "application/json"
    }
}

extension RefusalMemory.Kind {
    fileprivate init(_ error: WebhookDecodingError) {
        self =
            switch error {
            case .malformed: .form
            case .unsupportedVersion: .version
            case .tooManyAlerts: .numberOfAlerts
            }
    }
}

/// A plain text answer of one line.
func plain(_ status: HTTPResponse.Status, _ line: String, headers: HTTPFields = [:]) -> Response {
    var headers = headers
    headers[.contentType] = "text/plain; charset=utf-8"
    return Response(
        status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: line + "\n")))
}
