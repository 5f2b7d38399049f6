import Scenarios
import Telemetry

/// A line as Loki keeps it, and what a query's parsers add to it.
struct LokiLine: Sendable {
    let at: Timestamp
    let line: String
    /// The stream's labels with the `service_name` that Loki adds when it is missing.
    let labels: [String: String]
    /// Structured metadata with the `detected_level` that Loki adds when there is none; dots have become `_`.
    let metadata: [String: String]
    /// Filled by `json` and `logfmt`.
    var parsed: [String: String] = [:]

    init(_ entry: LogEntry) {
        at = entry.at
        line = entry.line
        var labels = entry.labels
        if labels["service_name"] == nil {
            labels["service_name"] = Self.serviceLabels.lazy.compactMap { labels[$0] }.first ?? "unknown_service"
        }
        var metadata: [String: String] = [:]
        for (name, value) in entry.metadata.sorted(by: { $0.key < $1.key }) {
            let name = Self.sanitized(name)
            metadata[labels[name] == nil ? name : name + "_extracted"] = value
        }
        if metadata["detected_level"] == nil, labels["detected_level"] == nil {
            metadata["detected_level"] = LokiLevel.detect(line, labels: labels, metadata: metadata)
        }
        self.labels = labels
        self.metadata = metadata
    }

    /// `discover_service_name` of Loki's shipped configuration: the first of these labels names the service.
    private static let serviceLabels = [
        "service", "app", "application", "app_name", "name", "app_kubernetes_io_name", "container", "container_name",
        "k8s_container_name", "component", "workload", "job", "k8s_job_name",
    ]

    func label(_ name: String) -> String? { parsed[name] ?? metadata[name] ?? labels[name] }

    /// All names and values together, as Loki merges them into `stream`.
    var mergedLabels: [String: String] {
        labels.merging(metadata) { _, new in new }.merging(parsed) { _, new in new }
    }

    /// Keeps a parsed value under its name, or `…_extracted` where the stream or the metadata has that name already.
    mutating func keep(_ name: String, _ value: String) {
        let name = Self.sanitized(name)
        guard !name.isEmpty else { return }
        parsed[labels[name] == nil && metadata[name] == nil ? name : name + "_extracted"] = value
    }

    /// Everything but letters, digits and `_` becomes `_`.
    private static func sanitized(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.map {
                    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) || $0 == "_"
                        ? $0 : "_"
                }))
    }
}

/// Loki's guess of a line's level. Source: `extractLogLevel` in pkg/distributor/field_detection.go.
enum LokiLevel {
    private static let names = ["level", "LEVEL", "Level", "severity", "SEVERITY", "Severity", "lvl", "LVL", "Lvl"]

    static func detect(_ line: String, labels: [String: String], metadata: [String: String]) -> String {
        for name in names + ["severity_text"] {
            if let level = (metadata[name] ?? labels[name]).flatMap(normalized) { return level }
        }
        if line.hasPrefix("{") {
            let members = JSON(parsing: line.utf8)
            if let level = names.lazy.compactMap({ members?[$0]?.text }).first.flatMap(normalized) { return level }
        } else {
            let pairs = Logfmt.pairs(line)
            for name in names {
                if let level = pairs.first(where: { $0.name == name }).flatMap({ normalized($0.value) }) {
                    return level
                }
            }
        }
        return firstWord(in: line)
    }

    private static func normalized(_ level: String) -> String? {
        switch level.lowercased() {
        case "trace", "trc": "trace"
        case "debug", "dbg": "debug"
        case "info", "inf", "information", "informational": "info"
        case "warn", "wrn", "warning": "warn"
        case "error", "err": "error"
        case "critical": "critical"
        case "fatal": "fatal"
        default: nil
        }
    }

    /// The level whose word comes first in the line.
    private static func firstWord(in line: String) -> String {
        let words = line.split { !$0.isLetter }
        return words.lazy.compactMap { normalized(String($0)) }.first ?? "unknown"
    }
}

/// `key=value` pairs, values in double quotes where they hold spaces.
enum Logfmt {
    /// In the order of the line; a key without `=` has no value and is left out.
    static func pairs(_ line: String) -> [(name: String, value: String)] {
        var scanner = QueryScanner(line)
        var pairs: [(name: String, value: String)] = []
        while !scanner.isAtEnd() {
            let name = scanner.take { !$0.properties.isWhitespace && $0 != "=" && $0 != "\"" }
            guard scanner.peek == "=" else {
                if name.isEmpty { _ = scanner.take { $0 == "\"" } }
                continue
            }
            _ = scanner.take("=")
            var value = ""
            if scanner.peek == "\"" {
                guard let text = try? scanner.takeString() else { return pairs }
                value = text
            } else if let next = scanner.peek, !next.properties.isWhitespace {
                value = scanner.take { !$0.properties.isWhitespace }
            }
            if !name.isEmpty { pairs.append((name, value)) }
        }
        return pairs
    }
}
