import ChatCommands
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// What chat platforms post: commands, pressed buttons, mentions. Only the doors that are configured are there.
struct ChatRoutes: Sendable {
    /// A pressed button comes with the whole message that it stands in, 12,000 characters, each up to twelve bytes long
    /// in a form.
    private static let maximumBodyBytes = 512 << 10

    private let doors: ChatDoors
    private let logger: Logger
    private let refusals = RefusalMemory()

    init(doors: ChatDoors, logger: Logger) {
        self.doors = doors
        self.logger = logger
    }

    func addRoutes(to router: Router<BasicRequestContext>) {
        if let slack = doors.slack {
            route("/slack/commands", on: router, to: slack.command)
            route("/slack/interactions", on: router, to: slack.interaction)
            route("/slack/events", on: router, to: slack.event)
        }
        if let teams = doors.teams { route("/teams/messages", on: router, to: teams.message) }
    }

    private func route(
        _ path: String, on router: Router<BasicRequestContext>,
        to door: @escaping @Sendable (ChatRequest) async -> ChatResponse
    ) {
        router.post(RouterPath(path)) { request, _ in
            let headers = request.headers
            // What is too large or ends early is answered before anybody looks at its signature: that needs all of it.
            if let length = headers[.contentLength].flatMap({ Int($0) }), length > Self.maximumBodyBytes {
                return answer(.contentTooLarge, refusal: "its body is too large", at: path)
            }
            let body: [UInt8]
            do {
                body = [UInt8](buffer: try await request.body.collect(upTo: Self.maximumBodyBytes))
            } catch is NIOTooManyBytesError {
                return answer(.contentTooLarge, refusal: "its body is too large", at: path)
            } catch {
                return answer(.badRequest, refusal: "its body ended early", at: path)
            }
            let response = await door(
                ChatRequest(
                    contentType: headers[.contentType], header: { HTTPField.Name($0).flatMap { headers[$0] } },
                    body: body))
            let status = Self.status(response.status)
            if let refusal = response.refusal { return answer(status, refusal: refusal, at: path) }
            guard !response.body.isEmpty else { return Response(status: status) }
            return Response(
                status: status, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
        }
    }

    /// With its words, which a bare code has not.
    private static func status(_ code: Int) -> HTTPResponse.Status {
        let known: [HTTPResponse.Status] = [
            .ok, .badRequest, .unauthorized, .unsupportedMediaType, .serviceUnavailable,
        ]
        return known.first { $0.code == code } ?? HTTPResponse.Status(code: code)
    }

    /// The one who sent it gets the status alone: a stranger learns nothing.
    private func answer(_ status: HTTPResponse.Status, refusal: String, at path: String) -> Response {
        let count = refusals.note(.chat)
        var metadata: Logger.Metadata = ["status": "\(status.code)", "path": "\(path)", "reason": "\(refusal)"]
        if let count { metadata["of_this_kind"] = "\(count)" }
        logger.log(level: count == nil ? .debug : .warning, "chat request refused", metadata: metadata)
        return plain(status, status.reasonPhrase.lowercased())
    }
}
