import Lab
import Scenarios
import Telemetry
import Testing

/// The lines that the recorded answers of Loki hold, as the case that the lab is given.
enum RecordedLines {
    /// What `labels` answers, and the label of the lines that were pushed to see odd things.
    private static let streamLabels: Set<String> = [
        "app", "case", "container", "job", "namespace", "pod", "service_name",
    ]
    /// `detected_level` is left to the lab to find.
    private static let metadataNames: Set<String> = ["trace_id", "span_id", "k8s_pod_name"]

    /// - Parameter withOddities: whether the lines are there that were pushed after the labels had been asked for.
    static func all(withOddities: Bool) throws -> [LogEntry] {
        try read.get().filter { withOddities || $0.labels["app"] != "edge" }
    }

    /// Read once: the cases of the parameterised tests all need it.
    private static let read = Result { try readAll() }

    private static func readAll() throws -> [LogEntry] {
        var entries: Set<LogEntry> = []
        for exchange in try RecordedExchange.all(in: "loki")
        where exchange.name.contains("/range_") && !RecordingCoverage.changesLines.contains(exchange.name) {
            let data = JSON(parsing: exchange.body)?["data"]
            guard data?["resultType"] == "streams" else { continue }
            for stream in data?["result"]?.elements ?? [] {
                for value in stream["values"]?.elements ?? [] {
                    entries.insert(try entry(stream["stream"], value.elements ?? []))
                }
            }
        }
        // Lines of the same instant keep the order in which they were pushed.
        let order = ["b-first", "a-second", "c-third", "0-later"]
        return entries.sorted { left, right in
            if left.at != right.at { return left.at < right.at }
            if let first = order.firstIndex(of: left.line), let second = order.firstIndex(of: right.line) {
                return first < second
            }
            return (left.labels["app"] ?? "", left.line) > (right.labels["app"] ?? "", right.line)
        }
    }

    private static func entry(_ stream: JSON?, _ value: [JSON]) throws -> LogEntry {
        var labels: [String: String] = [:]
        var metadata: [String: String] = [:]
        let categorized = value.count > 2 ? value[2]["structuredMetadata"] : nil
        for case .object(let members)? in [stream, categorized] {
            for member in members {
                if streamLabels.contains(member.name), !isParsed(member.name, stream) {
                    labels[member.name] = member.value.text
                } else if metadataNames.contains(member.name) {
                    metadata[member.name] = member.value.text
                } else if member.name == "app_extracted" {
                    metadata["app"] = member.value.text
                }
            }
        }
        return try LogEntry(
            at: Timestamp(nanoseconds: #require(value[0].text.flatMap { Int64($0) })), line: #require(value[1].text),
            labels: labels, metadata: metadata)
    }

    /// The controller's lines have a `job` of their own in their JSON.
    private static func isParsed(_ name: String, _ stream: JSON?) -> Bool {
        name == "job" && stream?["app"] == "jenkins-master"
    }
}
