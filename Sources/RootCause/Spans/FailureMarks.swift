import Telemetry

/// How a span says that it failed.
enum FailureMarks {
    /// gRPC's codes that are the server's fault, as OpenTelemetry's conventions for server spans list them.
    ///
    /// UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS.
    private static let failedGRPCCodes: Set<String> = ["2", "4", "12", "13", "14", "15"]

    /// An error status, or, unless the status says OK, an exception event, an HTTP status of 500 or more, or a gRPC
    /// code that is the server's fault.
    static func isFailed(_ span: Span) -> Bool {
        switch span.status {
        case .error: return true
        case .ok: return false
        case .unset: break
        }
        for attribute in span.attributes {
            switch attribute.name {
            case "http.response.status_code", "http.status_code":
                if let code = Int(attribute.value.description), code >= 500 { return true }
            case "rpc.grpc.status_code", "rpc.response.status_code":
                if failedGRPCCodes.contains(attribute.value.description) { return true }
            default: break
            }
        }
        return span.events.contains { $0.name == "exception" }
    }

    /// What the span says of its failure, shortest first choice: "502", "hudson.AbortException: no such branch"…; nil
    /// when it says nothing.
    static func reason(of span: Span) -> String? {
        if let exception = span.events.last(where: { $0.name == "exception" }) {
            let type = exception.attributes.text("exception.type")
            let message = exception.attributes.text("exception.message")
            if let text = [type, message].compactMap(\.self).nonEmptyJoined(": ") { return text }
        }
        let code =
            span.attributes.text("http.response.status_code") ?? span.attributes.text("http.status_code")
            ?? span.attributes.text("rpc.grpc.status_code").map { "gRPC code \($0)" }
        if let code { return code }
        if case .error(let message) = span.status, !message.isEmpty { return message }
        return span.attributes.text("exception.type") ?? span.attributes.text("error.type")
    }
}

extension [String] {
    fileprivate func nonEmptyJoined(_ separator: String) -> String? {
        isEmpty ? nil : joined(separator: separator)
    }
}
