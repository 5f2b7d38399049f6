import Telemetry

/// The Jenkins controller's pod, and the log that it writes.
struct WorldController: Hashable {
    let pod: String
    let namespace: String
    let node: String
    let version: String

    func resource(service: String, host: String) -> Attributes {
        [
            "service.name": .string(service), "service.namespace": .string("ci"), "service.version": .string(version),
            "host.name": .string(host), "jenkins.url": .string("https://jenkins.example.com/"),
            "telemetry.sdk.language": .string("java"), "telemetry.sdk.name": .string("opentelemetry"),
        ]
    }

    /// A line as java.util.logging writes it for Jenkins, read from the container's output.
    func line(_ at: Timestamp, _ level: String, _ logger: String, _ text: String, service: String) -> LogEntry {
        LogEntry(
            at: at, line: "\(Self.clock(at)) [id=\(20 + at.milliseconds % 4000)]\t\(level)\t\(logger): \(text)",
            labels: labels(service: service))
    }

    /// A line that belongs to the one before it: a stack trace, or what Java itself prints.
    func rawLine(_ at: Timestamp, _ text: String, service: String) -> LogEntry {
        LogEntry(at: at, line: text, labels: labels(service: service))
    }

    private func labels(service: String) -> [String: String] {
        ["app": service, "container": "jenkins", "namespace": namespace, "pod": pod, "service_name": service]
    }

    /// `2026-11-19 14:29:41.123+0000`.
    private static func clock(_ at: Timestamp) -> String {
        let text = Timestamp(milliseconds: at.milliseconds).description
        let digits = String(text.dropLast())
        let whole = digits.replacing("T", with: " ")
        guard let dot = whole.lastIndex(of: ".") else { return whole + ".000+0000" }
        let fraction = String(whole[whole.index(after: dot)...].prefix(3))
        return whole[...dot] + fraction + String(repeating: "0", count: 3 - fraction.count) + "+0000"
    }
}
