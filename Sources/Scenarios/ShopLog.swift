import Telemetry

/// How the shop's processes write their logs.
enum ShopLog {
    /// A line that names its span.
    static func line(of span: Call.Open, _ at: Timestamp, _ level: String, _ message: String) -> LogEntry {
        line(
            of: span.service, at, level, message,
            ["trace_id": span.traceID.description, "span_id": span.id.description])
    }

    static func line(
        of service: ShopService, _ at: Timestamp, _ level: String, _ message: String,
        _ metadata: [String: String] = [:]
    ) -> LogEntry {
        LogEntry(
            at: at, line: "level=\(level) msg=\"\(message)\"",
            labels: [
                "namespace": "shop", "pod": service.pod, "container": service.name, "app": service.name,
                "service_name": service.name,
            ], metadata: metadata)
    }

    /// In the order of time.
    static func sorted(_ lines: [LogEntry]) -> [LogEntry] {
        lines.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
