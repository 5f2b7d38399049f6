import Telemetry

/// Whether log lines carry the ids of traces, where the configuration says they do.
enum TracesWithLogs {
    /// Lines that are looked at: the newest.
    static let sample = 500
    static let period = Duration.seconds(3600)
    /// Lines outside of any trace have no id: of a start, of timers, of probes; they may be most of a quiet service's.
    /// Of fewer than one line in twenty, a trace that failed seldom finds its own.
    static let leastShare = 0.05

    private enum Found: Hashable { case asConfigured, metadata(String), text }

    /// - Parameters:
    ///   - labels: candidates for the label of the service, `loki.labels.service`.
    ///   - services: of traces that arrived; empty when lines of every service were read.
    ///   - hasTenant: whether one is configured: one that Loki does not know has no lines, and is no error.
    ///   - silent: services of traces that arrived, of which there is no line; empty when they are not known.
    static func finding(
        _ entries: [LogEntry], place: TraceIDPlace, labels: [String], services: [String], silent: [String] = [],
        hasTenant: Bool = false, on address: String
    ) -> Finding {
        guard !entries.isEmpty else {
            return Finding(
                .tracesWithLogs, .failure, on: address,
                "no line in the last hour, by the labels \(Wording.list(labels))",
                advice: (hasTenant ? "Is loki.tenant the one that is written to? " : "")
                    + "Do logs arrive, and is loki.labels.service the label of their service? "
                    + "deploy/collector/README.md has the way of logs.")
        }
        let found = entries.compactMap { self.found(in: $0, place) }
        let whose =
            !services.isEmpty ? "lines of \(Wording.list(services))" : silent.isEmpty ? "lines" : "lines of others"
        let observed = "\(Wording.share(found.count, of: entries.count)) of \(entries.count) \(whose) carry a trace id"
        guard !found.isEmpty else {
            return Finding(
                .tracesWithLogs, .failure, on: address, observed,
                advice: "Let loggers write trace_id, or the collector take it from the line "
                    + "(deploy/collector/node-values.yaml): Runbooks/traces-without-logs.md.")
        }
        guard silent.isEmpty else {
            return Finding(
                .tracesWithLogs, .warning, on: address,
                "no line of \(Wording.list(silent)), which have traces; \(observed)",
                advice: "Do their logs arrive, and does loki.labels.service name the label with the service's name?")
        }
        let configured = found.count { $0 == .asConfigured }
        guard Double(configured) < leastShare * Double(entries.count) else {
            return Finding(.tracesWithLogs, .ok, on: address, observed)
        }
        guard configured < found.count else {
            return Finding(
                .tracesWithLogs, .warning, on: address, observed,
                advice: "Few lines can be found by their trace: do all loggers write trace_id? "
                    + "Runbooks/traces-without-logs.md")
        }
        let elsewhere = found.compactMap { if case .metadata(let name) = $0 { name } else { nil } }.min()
        return Finding(
            .tracesWithLogs, .warning, on: address,
            observed + ", " + (elsewhere.map { "as \($0)" } ?? "in its text") + ", not as loki.trace_id says",
            advice: elsewhere.map { "Set loki.trace_id to {place: metadata, name: \($0)}: links into Grafana use it." }
                ?? "Set loki.trace_id to {place: text}: links into Grafana use it.")
    }

    /// Under which names shippers keep it.
    private static let usualNames = ["trace_id", "traceid", "traceID", "TraceID", "traceId"]

    private static func found(in entry: LogEntry, _ place: TraceIDPlace) -> Found? {
        func id(_ name: String) -> String? {
            guard let value = entry.metadata[name] ?? entry.labels[name], TraceID(hex: value) != nil else { return nil }
            return value
        }
        if case .metadata(let name) = place, let value = id(name), !entry.line.contains(value) { return .asConfigured }
        if case .json(let name) = place, hasField(name, in: entry.line) { return .asConfigured }
        for name in usualNames {
            guard let value = id(name) else { continue }
            // What the reader found in the line is put beside the metadata.
            guard entry.line.contains(value) else { return .metadata(name) }
            return place == .text ? .asConfigured : .text
        }
        return nil
    }

    /// Whether a line has this field with an id of 16 bytes in hexadecimal: `"name":"75d8…"`.
    private static func hasField(_ name: String, in line: String) -> Bool {
        let quoted = Array("\"\(name)\"".utf8)
        let bytes = Array(line.utf8)
        guard bytes.count > quoted.count + idDigits else { return false }
        for start in 0...(bytes.count - quoted.count) where bytes[start...].starts(with: quoted) {
            let value = bytes[(start + quoted.count)...].drop { [0x20, 0x3A, 0x22].contains($0) }.prefix(idDigits)
            if value.count == idDigits, TraceID(hex: String(decoding: value, as: UTF8.self)) != nil { return true }
        }
        return false
    }

    private static let idDigits = 32
}
