import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Turns HTTP into the lab's own requests and its answers, or its faults, back into HTTP.
struct LabResponder: HTTPResponder {
    let servers: LabServers
    let faults: FaultBoard
    let clock: any Clock<Duration>

    /// Larger than anything that the service sends.
    private static let maximumBodyBytes = 16 << 20

    /// How often a held answer looks whether it may go.
    private static let lookInterval = Duration.milliseconds(10)

    /// The connection ends in the middle of a body on purpose.
    private struct CutShort: Error {}

    func respond(to request: Request, context: LabContext) async throws -> Response {
        let endpoint = Endpoint(path: request.uri.path)
        let fault = endpoint.flatMap(faults.fault)
        switch fault {
        case .hang:
            // Ends when the client closes its side, or with the lab.
            try? await request.body.consumeWithCancellationOnInboundClose { _ in try await gracefulShutdown() }
            throw CutShort()
        case .held:
            try await cancelWhenGracefulShutdown {
                while let endpoint, !faults.isHealthy(endpoint) { try await clock.sleep(for: Self.lookInterval) }
            }
            return try await Self.response(servers.answer(Self.labRequest(request)), to: request)
        case .reset:
            await context.resetConnection()
            throw CutShort()
        case .slow(let delay):
            try await clock.sleep(for: delay)
            return try await Self.response(servers.answer(Self.labRequest(request)), to: request)
        case .answer(let answer):
            _ = try await Self.labRequest(request)
            return Self.response(answer, to: request)
        case .truncated(let fraction):
            let answer = try await servers.answer(Self.labRequest(request))
            return Self.response(answer, to: request, sending: Int(Double(answer.body.count) * fraction))
        case nil:
            return try await Self.response(servers.answer(Self.labRequest(request)), to: request)
        }
    }

    private static func labRequest(_ request: Request) async throws -> LabRequest {
        let body = try await request.body.collect(upTo: maximumBodyBytes)
        let host = request.head.authority.map { [("host", $0)] } ?? []
        let headers = request.headers.map { ($0.name.canonicalName, $0.value) } + host
        return LabRequest(
            request.method.rawValue, request.uri.string,
            headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }), body: Array(body.readableBytesView))
    }

    private static func response(_ answer: LabAnswer, to request: Request, sending count: Int? = nil) -> Response {
        var fields = HTTPFields()
        if let contentType = answer.contentType { fields[.contentType] = contentType }
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        let status = HTTPResponse.Status(code: answer.status)
        guard let count else {
            let hasBody = request.method != .head && answer.status != 204
            let body = hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody()
            return Response(status: status, headers: fields, body: body)
        }
        return Response(
            status: status, headers: fields,
            body: ResponseBody(contentLength: answer.body.count) { writer in
                try await writer.write(ByteBuffer(bytes: answer.body.prefix(count)))
                throw CutShort()
            })
    }
}
