import HTTPTransport
import Telemetry

/// What Tempo's answers mean. Separate from the asking, so that every recorded answer can be put to it.
enum TempoAnswers {
    /// Tempo's words in place of a service name.
    private static let missingRoot = "<root span not yet received>"

    /// The hits of `/api/search`, newest first.
    static func search(
        _ response: HTTPResponse, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> [TraceHit] {
        guard response.isSuccess else { throw response.refusal(of: attempt) }
        do throws(JSONFault) {
            var json = JSONReader(response.body)
            return try searchHits(&json).sorted { ($1.start, $0.traceID) < ($0.start, $1.traceID) }
        } catch {
            throw .unreadable(attempt, reason: "\(error.reason), at byte \(error.offset)")
        }
    }

    /// The spans of `/api/v2/traces/{id}` or `/api/traces/{id}`, as protobuf or JSON.
    ///
    /// - Returns: nil when the trace is not known: an empty one, or 404 without a word. 404 with a text is a path that
    ///   this server does not have.
    static func trace(
        _ response: HTTPResponse, isV2: Bool, _ attempt: BackendError.Attempt
    ) throws(BackendError) -> OTLPAnswer? {
        if response.status == 404, response.body.isEmpty { return nil }
        guard response.isSuccess else { throw response.refusal(of: attempt) }
        let answer: OTLPAnswer
        do throws(BackendError) {
            switch response.mediaType {
            case "application/protobuf", "application/x-protobuf":
                answer =
                    isV2
                    ? try OTLPProtobuf.answerByID(from: response.body) : try OTLPProtobuf.answer(from: response.body)
            default: answer = try OTLPJSON.answer(from: response.body)
            }
        } catch {
            throw .unreadable(attempt, reason: Self.reason(of: error))
        }
        return answer.spans.isEmpty && answer.partialReason == nil ? nil : answer
    }

    private static func reason(of error: BackendError) -> String {
        if case .malformed(let format, let reason) = error { "not \(format), \(reason)" } else { error.description }
    }

    private static func searchHits(_ json: inout JSONReader) throws(JSONFault) -> [TraceHit] {
        var hits: [TraceHit] = []
        guard json.nextDocument(), try json.beginObject() else { throw json.fault("a search's answer is an object") }
        var (isEmpty, isKnown) = (true, false)
        while let name = try json.nextName() {
            isEmpty = false
            guard name == "traces" else {
                isKnown = isKnown || name == "metrics"
                try json.skip()
                continue
            }
            isKnown = true
            guard try json.beginArray() else { continue }
            while try json.nextElement() {
                if let hit = try hit(&json) { hits.append(hit) }
            }
        }
        guard isEmpty || isKnown else { throw json.fault("no traces in a search's answer") }
        return hits
    }

    /// nil when there is no readable id in it.
    private static func hit(_ json: inout JSONReader) throws(JSONFault) -> TraceHit? {
        guard try json.beginObject() else { return nil }
        var traceID: TraceID?
        var (service, rootName): (String?, String?) = (nil, nil)
        var start = Timestamp(nanoseconds: 0)
        var milliseconds: Int64 = 0
        while let name = try json.nextName() {
            switch name {
            case "traceID": traceID = try json.text().flatMap { TraceID(hex: $0) }
            case "rootServiceName": service = try json.text()
            case "rootTraceName": rootName = try json.text()
            case "startTimeUnixNano": start = try json.timestamp() ?? start
            case "durationMs": milliseconds = max(0, try json.integer())
            default: try json.skip()
            }
        }
        guard let traceID else { return nil }
        let isRootMissing = service == missingRoot || (service == nil && rootName == nil)
        return TraceHit(
            traceID: traceID, rootService: isRootMissing ? nil : service, rootName: isRootMissing ? nil : rootName,
            start: start, duration: .milliseconds(milliseconds), isRootMissing: isRootMissing)
    }
}
