import FoundationEssentials
import HTTPTransport
import Telemetry
import TestSupport
import Testing

@testable import Backends

/// Every answer that a real Loki gave is understood, and compared with what a plain JSON decoder reads in it.
struct RecordedLokiTests {
    static let exchanges: [RecordedExchange] = (try? RecordedExchange.all(of: "loki")) ?? []
    private let attempt = BackendError.Attempt("Loki", "query")

    @Test func `all recordings are there`() {
        #expect(Self.exchanges.count > 130)
    }

    @Test(arguments: exchanges) func `an answer gives the right result or the right error`(
        _ exchange: RecordedExchange
    ) throws {
        let response = exchange.response
        let isBackward = exchange.parameter("direction") != "forward"
        guard response.isSuccess else {
            let error = try #require(throws: BackendError.self) {
                try LokiAnswers.lines(response, isBackward: isBackward, attempt)
            }
            guard case .refused(_, response.status, let reason, _) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reason.hasPrefix(response.text.prefix { $0 >= " " }.prefix(200)))
            #expect(error.isTransient == [429, 504].contains(response.status))
            return
        }
        guard exchange.path == "/loki/api/v1/query_range", response.mediaType == "application/json",
            let plain = try? JSONDecoder().decode(PlainLines.self, from: Data(response.body)),
            plain.data.resultType == "streams"
        else {
            // Numbers, protobuf, or another endpoint: no log lines, and an error that says so.
            #expect(throws: BackendError.self) { try LokiAnswers.lines(response, isBackward: isBackward, attempt) }
            return
        }
        let answer = try LokiAnswers.lines(response, isBackward: isBackward, attempt)
        #expect(answer.invalidEntries == 0)
        #expect(answer.totalEntriesReturned == answer.entries.count)
        #expect(zip(answer.entries, answer.entries.dropFirst()).allSatisfy { $0.at <= $1.at })
        let expected = plain.data.result.flatMap { stream in
            stream.values.map { value in
                var all = stream.stream
                for known in [value.structured, value.parsed] { all.merge(known ?? [:]) { _, new in new } }
                return Line(at: value.at, line: value.line, all)
            }
        }
        let lines = answer.entries.map { entry in
            Line(
                at: String(entry.at.nanoseconds), line: entry.line,
                entry.labels.merging(entry.metadata) { _, metadata in metadata })
        }
        for (line, expected) in zip(lines.sorted(), expected.sorted()) {
            #expect((line.at, line.line) == (expected.at, expected.line))
            // What Loki says is kept. Added may be the ids that the line itself mentions.
            let added = Set(line.all).subtracting(expected.all)
            #expect(Set(expected.all).isSubset(of: line.all))
            for pair in added {
                #expect(pair.hasPrefix("trace_id=") || pair.hasPrefix("span_id="))
                #expect(line.line.contains(pair.drop { $0 != "=" }.dropFirst()))
            }
        }
        #expect(lines.count == expected.count)
    }

    @Test func `lines of one nanosecond come in the order in which they were written, whichever way was asked`() throws
    {
        for (name, isBackward) in [("loki/range_edge_same", true), ("loki/range_edge_same_forward", false)] {
            let response = try RecordedExchange(name).response
            let answer = try LokiAnswers.lines(response, isBackward: isBackward, attempt)
            #expect(answer.entries.map(\.line) == ["b-first", "a-second", "c-third", "0-later"])
        }
    }

    @Test func `categorised labels keep the stream apart from what belongs to the line`() throws {
        let response = try RecordedExchange("loki/range_categorize_labels").response
        let entries = try LokiAnswers.lines(response, isBackward: true, attempt).entries
        #expect(Set(entries.map(\.labels)).count == 1)
        #expect(entries.last?.labels["namespace"] == "jenkins")
        #expect(entries.map(\.metadata["reason"]) == ["Failed", "Scheduled"])
        #expect(entries.map(\.level) == ["warn", "unknown"])
    }

    @Test func `special characters of a line arrive as they were`() throws {
        let response = try RecordedExchange("loki/range_edge_special").response
        let lines = try LokiAnswers.lines(response, isBackward: true, attempt).entries.map(\.line)
        #expect(
            lines == [
                "", "tab\there \"q\" back\\slash <b>&amp; ✓ 🚀", "multi\nline\r\nend", "\u{1B}[31mansi\u{1B}[0m",
                "nul\u{0}byte",
            ])
    }

    @Test func `the limit that a refusal names is read`() throws {
        let response = try RecordedExchange("loki/limit_5001").response
        #expect(LokiAnswers.largestPage(in: response.refusal(of: attempt)) == 5000)
        let other = try RecordedExchange("loki/limit_zero").response
        #expect(LokiAnswers.largestPage(in: other.refusal(of: attempt)) == nil)
    }
}

private struct Line: Hashable, Comparable {
    let at: String
    let line: String
    /// Labels and metadata together, `name=value`, sorted.
    let all: [String]

    init(at: String, line: String, _ all: [String: String]) {
        self.at = at
        self.line = line
        self.all = all.map { "\($0.key)=\($0.value)" }.sorted()
    }

    static func < (left: Line, right: Line) -> Bool {
        (left.at, left.line) < (right.at, right.line)
    }
}

private struct PlainLines: Decodable {
    struct Body: Decodable {
        let resultType: String
        let result: [Stream]
    }
    struct Stream: Decodable {
        let stream: [String: String]
        let values: [Value]
    }
    struct Value: Decodable {
        let at: String
        let line: String
        let structured: [String: String]?
        let parsed: [String: String]?

        enum Key: String, CodingKey { case structuredMetadata, parsed }

        init(from decoder: any Decoder) throws {
            var members = try decoder.unkeyedContainer()
            at = try members.decode(String.self)
            line = try members.decode(String.self)
            let kinds = members.isAtEnd ? nil : try members.nestedContainer(keyedBy: Key.self)
            structured = try kinds?.decodeIfPresent([String: String].self, forKey: .structuredMetadata)
            parsed = try kinds?.decodeIfPresent([String: String].self, forKey: .parsed)
        }
    }
    let data: Body
}
