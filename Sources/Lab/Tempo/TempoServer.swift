import Scenarios
import Telemetry

/// Tempo's API over the traces of a case: search, trace by id in both versions, readiness.
struct TempoServer: Sendable {
    let search: TempoSearch
    private let traces: [TraceID: Trace]
    private let configuration: LabConfiguration

    init(traces: [Trace], now: Timestamp, configuration: LabConfiguration) {
        search = TempoSearch(traces: traces, now: now, cutoff: configuration.searchCutoff)
        self.traces = Dictionary(traces.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.configuration = configuration
    }

    /// The method does not matter: Tempo answers a POST as well, and ignores its body.
    func answer(_ request: LabRequest) -> LabAnswer {
        if request.path == "/ready" { return .text(200, "ready\n") }
        if request.path == "/api/echo" { return .text(200, "echo\n") }
        if request.path == "/api/status/buildinfo" { return .json(["version": "2.10.8", "revision": "lab"]) }
        do throws(Refusal) {
            if configuration.requiresTenant, request.headers["x-scope-orgid"] == nil {
                throw Refusal(401, "no org id\n")
            }
            if request.path == "/api/search" { return try search.answer(request) }
            if let id = request.below("/api/v2/traces")?.path { return try trace(id, request, isVersion2: true) }
            if let id = request.below("/api/traces")?.path { return try trace(id, request, isVersion2: false) }
            return .unknownPath
        } catch {
            return error.answer
        }
    }

    /// 128 bits in hexadecimal.
    private static let maximumIDDigits = 32

    private func trace(_ path: String, _ request: LabRequest, isVersion2: Bool) throws(Refusal) -> LabAnswer {
        let text = path.dropFirst()
        guard !text.isEmpty, !text.contains("/") else { return .unknownPath }
        if let bad = text.enumerated().first(where: { !$0.element.isASCII || !$0.element.isHexDigit }) {
            throw Refusal(
                "trace IDs can only contain hex characters: invalid character '\(bad.element)' "
                    + "at position \(bad.offset + 1)")
        }
        guard text.count <= Self.maximumIDDigits else { throw Refusal("trace IDs can't be larger than 128 bits") }
        _ = try TempoRange(request)
        let trace = TraceID(hex: text).flatMap { traces[$0] }
        let isProtobuf = request.headers["accept"]?.contains("application/protobuf") == true
        return isVersion2 ? version2(trace, isProtobuf) : version1(trace, isProtobuf)
    }

    private func version1(_ trace: Trace?, _ isProtobuf: Bool) -> LabAnswer {
        guard let trace else { return LabAnswer(status: 404, contentType: nil) }
        if let limit = exceededLimit(trace) {
            return .text(422, "trace exceeds max size (max bytes: \(limit))\n")
        }
        if isProtobuf { return .protobuf(Self.protobuf(trace)) }
        return .json(["batches": OTLPForm.tempo.resourceSpans(trace.spans)])
    }

    private func version2(_ trace: Trace?, _ isProtobuf: Bool) -> LabAnswer {
        let limit = trace.flatMap(exceededLimit)
        let isPartial = limit != nil || trace?.isPartial == true
        let message = limit.map {
            "Trace exceeds maximum size of \($0) bytes, a partial trace is returned"
        }
        // Tempo counts what it read; an unknown trace cost nothing.
        let inspected = trace.map { UInt64(Self.protobuf($0).count) } ?? 0
        if isProtobuf {
            var answer = ProtobufWriter()
            answer.message(1) { if let trace { OTLPProtobuf.write(trace.spans, to: &$0) } }
            answer.message(2) { $0.varint(1, inspected) }
            answer.varint(3, isPartial ? 1 : 0)
            answer.text(4, message ?? "")
            return .protobuf(answer.bytes)
        }
        return .json(
            .object(leavingOut: [
                "trace": trace.map { ["resourceSpans": OTLPForm.tempo.resourceSpans($0.spans)] } ?? [:],
                "metrics": inspected > 0 ? ["inspectedBytes": .string(String(inspected))] : [:],
                "status": isPartial ? "PARTIAL" : nil, "message": message.map { .string($0) },
            ]))
    }

    /// The limit, when the trace is larger.
    private func exceededLimit(_ trace: Trace) -> Int? {
        configuration.maximumTraceBytes.flatMap { Self.protobuf(trace).count > $0 ? $0 : nil }
    }

    private static func protobuf(_ trace: Trace) -> [UInt8] {
        var writer = ProtobufWriter()
        OTLPProtobuf.write(trace.spans, to: &writer)
        return writer.bytes
    }
}

extension LabAnswer {
    fileprivate static func protobuf(_ bytes: [UInt8]) -> LabAnswer {
        LabAnswer(status: 200, contentType: "application/protobuf", body: bytes)
    }

    static func json(_ json: JSON) -> LabAnswer {
        LabAnswer(status: 200, contentType: "application/json", body: Array(json.compact.utf8))
    }
}
