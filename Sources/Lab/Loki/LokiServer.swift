import Scenarios
import Telemetry

/// Loki's API over the log lines of a case: `query_range` for log queries, labels and their values, readiness.
struct LokiServer: Sendable {
    /// Oldest first; of the same instant in the order of arrival.
    private let lines: [LokiLine]
    private let now: Timestamp
    private let requiresTenant: Bool

    init(entries: [LogEntry], now: Timestamp, configuration: LabConfiguration) {
        var seen: Set<LogEntry> = []
        // The same line of the same stream at the same instant counts once, however often it is pushed.
        let distinct = entries.filter { seen.insert($0).inserted }.enumerated()
        lines = distinct.sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map { LokiLine($0.element) }
        self.now = now
        requiresTenant = configuration.requiresTenant
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        if request.path == "/ready" { return .text(200, "ready\n") }
        guard let request = request.readingForm().below("/loki/api/v1") else { return .unknownPath }
        do throws(Refusal) {
            if requiresTenant, request.headers["x-scope-orgid"] == nil { throw Refusal(401, "no org id\n") }
            let parts = request.path.split(separator: "/").map(String.init)
            switch (parts.first, parts.count) {
            case ("query_range", 1):
                guard ["GET", "POST"].contains(request.method) else { return LabAnswer(status: 405, contentType: nil) }
                return try queryRange(request)
            case ("labels", 1), ("label", 1): return try names(request)
            case ("label", 3) where parts[2] == "values": return try values(of: parts[1], request)
            case ("status", 2) where parts[1] == "buildinfo":
                return .lokiJSON(["version": "3.5.0", "revision": "lab", "goVersion": ""])
            default: return .unknownPath
            }
        } catch {
            return error.answer
        }
    }

    // MARK: query_range

    private static let encodingFlags = "x-loki-response-encoding-flags"

    private func queryRange(_ request: LabRequest) throws(Refusal) -> LabAnswer {
        let query = try Self.query(request.parameter("query") ?? "")
        let range = try LokiRange(request, now: now)
        let found = lines.filter { range.start <= $0.at && $0.at < range.end }.compactMap(query.evaluate)
        let newestFirst = range.isForward ? found : found.reversed()
        let chosen = Array(newestFirst.prefix(range.limit))
        let categorizes = request.headers[Self.encodingFlags]?.contains("categorize-labels") == true
        return .lokiJSON([
            "status": "success",
            "data": .object(leavingOut: [
                "resultType": "streams", "encodingFlags": categorizes ? ["categorize-labels"] : nil,
                "result": Self.streams(chosen, categorizes: categorizes), "stats": Self.stats(chosen.count),
            ]),
        ])
    }

    private static func query(_ text: String) throws(Refusal) -> LogQL {
        do {
            return try LogQLParser.parse(text)
        } catch {
            throw Refusal(error.text)
        }
    }

    /// One stream for each set of labels, ordered by the text of the labels; inside, the order of the lines stays.
    private static func streams(_ lines: [LokiLine], categorizes: Bool) -> JSON {
        let streams = Dictionary(grouping: lines) { categorizes ? $0.labels : $0.mergedLabels }
        let named = streams.map { (name: labelText($0.key), labels: $0.key, lines: $0.value) }
        return .array(
            named.sorted { $0.name < $1.name }.map { stream in
                [
                    "stream": .texts(stream.labels),
                    "values": .array(stream.lines.map { value($0, categorizes: categorizes) }),
                ]
            })
    }

    private static func labelText(_ labels: [String: String]) -> String {
        labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ")
    }

    private static func value(_ line: LokiLine, categorizes: Bool) -> JSON {
        let pair: [JSON] = [.string(String(line.at.nanoseconds)), .string(line.line)]
        guard categorizes else { return .array(pair) }
        let categories = JSON.object(leavingOut: [
            "structuredMetadata": line.metadata.isEmpty ? nil : .texts(line.metadata),
            "parsed": line.parsed.isEmpty ? nil : .texts(line.parsed),
        ])
        return .array(pair + [categories])
    }

    /// The summary alone; the real answer has four kilobytes more of counters.
    private static func stats(_ count: Int) -> JSON {
        [
            "summary": [
                "bytesProcessedPerSecond": 0, "linesProcessedPerSecond": 0, "totalBytesProcessed": 0,
                "totalLinesProcessed": 0, "execTime": 0, "queueTime": 0, "subqueries": 0,
                "totalEntriesReturned": .integer(count), "splits": 1, "shards": 1, "totalPostFilterLines": 0,
                "totalStructuredMetadataBytesProcessed": 0,
            ]
        ]
    }

    // MARK: Labels

    /// Whatever the range: the ingester, which holds the young data, does not look at it either.
    private func names(_ request: LabRequest) throws(Refusal) -> LabAnswer {
        Self.list(Set(try selected(request).flatMap(\.labels.keys)))
    }

    private func values(of label: String, _ request: LabRequest) throws(Refusal) -> LabAnswer {
        Self.list(Set(try selected(request).compactMap { $0.labels[label] }))
    }

    private func selected(_ request: LabRequest) throws(Refusal) -> [LokiLine] {
        guard let text = request.parameter("query") else { return lines }
        let query = try Self.query(text)
        return lines.filter { query.evaluate($0) != nil }
    }

    /// Without anything to list, there is no `data`.
    private static func list(_ texts: Set<String>) -> LabAnswer {
        .lokiJSON(
            .object(leavingOut: [
                "status": "success",
                "data": texts.isEmpty ? nil : .array(texts.sorted().map { .string($0) }),
            ]))
    }
}

extension LabAnswer {
    fileprivate static func lokiJSON(_ json: JSON) -> LabAnswer {
        LabAnswer(status: 200, contentType: "application/json; charset=UTF-8", body: Array((json.compact + "\n").utf8))
    }
}
