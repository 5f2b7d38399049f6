import Backends
import Languages
import Telemetry
import TestSupport
import Testing

struct CaseFolderTests {
    private static let window = "window:\n  start: 1970-01-01T00:16:40Z\n  end: 1970-01-01T00:33:20.5Z\n"

    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in files.sorted(by: { $0.key < $1.key }) { try folder.write(text, to: name) }
        return folder
    }

    private func load(_ files: [String: String]) throws -> Case {
        let folder = try folder(files)
        return try CaseFolder(path: folder.path).load()
    }

    private func failure(_ files: [String: String]) throws -> String {
        let error = #expect(throws: CaseFolderError.self) { try load(files) }
        return error?.description ?? ""
    }

    private func span(_ trace: Int, _ id: Int, parent: Int? = nil, at second: Int) -> String {
        let parentID = parent.map { #","parentSpanId":"000000000000000\#($0)""# } ?? ""
        return #"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000\#(trace)",
            "spanId":"000000000000000\#(id)"\#(parentID),"name":"s","startTimeUnixNano":"\#(second)000000000",
            "endTimeUnixNano":"\#(second + 1)000000000"}]}]}]}
            """#.replacing("\n", with: "")
    }

    private func line(_ text: String, at second: Int) -> String {
        #"{"streams":[{"stream":{"app":"a"},"values":[["\#(second)000000000","\#(text)"]]}]}"#
    }

    @Test func `what is not in the folder is a gap, what is there and empty is not`() throws {
        let evidence = try load(["case.yaml": Self.window, "logs.json": "", "events.json": #"{"items":[]}"#]).evidence
        #expect(
            evidence.gaps.map(\.inEnglish) == [
                Gap.saying(.traces, "traces.json is not in the case folder", isTotal: true, isStanding: true),
                Gap.saying(.pods, "pods.json is not in the case folder", isTotal: true, isStanding: true),
                Gap.saying(.nodes, "nodes.json is not in the case folder", isTotal: true, isStanding: true),
                Gap.saying(.metrics, "metrics.json is not in the case folder", isTotal: true, isStanding: true),
            ])
        #expect(evidence.wasFetched(.logs))
        #expect(evidence.wasFetched(.events))
        #expect(!evidence.wasFetched(.traces))
        #expect(evidence.window == TimeWindow(start: Timestamp(seconds: 1000), end: Timestamp(milliseconds: 2_000_500)))
    }

    @Test func `case yaml says window, baseline, scope and the name of the alert's file`() throws {
        let yaml =
            Self.window + """
                baseline: {start: 1970-01-01T00:00:00Z, end: "1970-01-01T00:10:00Z"}
                scope:
                  services: [checkout]
                  namespaces:
                    - shop
                    - 'no'
                  pods: []
                  jobs:
                alert: hook.json
                """
        let loaded = try load(["case.yaml": yaml, "hook.json": "{\"a\": 1}\n"])
        #expect(loaded.alertBody == Array("{\"a\": 1}\n".utf8))
        #expect(loaded.evidence.scope == Scope(services: ["checkout"], namespaces: ["shop", "no"]))
        #expect(
            loaded.evidence.baseline == TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 600)))
    }

    @Test(arguments: [
        ("windw: 1\n", "case.yaml:1: unknown key `windw`; did you mean `window`?"),
        ("scope:\n  service: [a]\n", "case.yaml:2: unknown key `service`; did you mean `services`?"),
        ("window: {start: yesterday}\n", "case.yaml:1: `window.start` must be a time"),
        ("\nwindow: now\n", "case.yaml:2: `window` must be a mapping"),
        ("- a\n", "case.yaml:1: `the file` must be a mapping"),
        ("scope:\n  pods: one\n", "case.yaml:2: `scope.pods` must be a list"),
        ("scope:\n  pods:\n  - [a]\n", "case.yaml:3: `scope.pods` must be a list of names"),
        ("alert: ../secret.json\n", "case.yaml:1: `alert` must be the name of a file"),
        ("alert: other.json\n", "other.json cannot be read: case.yaml names it"),
        ("scope: {pods: [}\n", "case.yaml is damaged at line 1"),
        ("scope: {}\nscope: {}\n", "the key `scope` comes twice"),
        (
            "window: {start: 1970-01-01T00:10:00Z, end: 1970-01-01T00:10:00Z}\n",
            "`window` must end after it starts"
        ),
    ])
    func `case yaml is read strictly`(yaml: String, words: String) throws {
        #expect(try failure(["case.yaml": yaml]).contains(words))
    }

    @Test func `a damaged file is named with its place`() throws {
        let broken = "{\"resourceSpans\": [\n  {\"scopeSpans\": [}]\n"
        #expect(try failure(["traces.json": broken]) == "traces.json is damaged at line 2, byte 19: expected a value")
        #expect(try failure(["events.json": #"{"items":"#]).contains("events.json is damaged at line 1, byte 10"))
        #expect(try failure(["events.json": #"{"things":[]}"#]) == "events.json is damaged: items is missing")
        #expect(try failure(["alert.json": "{"]).contains("alert.json is damaged at line 1, byte 2"))
        #expect(try failure(["metrics.json": "[1]"]).contains("metrics.json is damaged"))
    }

    @Test(arguments: ["Started by user\nFinished: FAILURE\n", "[INFO] Scanning\n", "2026-11-19 10:00:00 ERROR\n"])
    func `plain text is called that, with what is expected`(text: String) throws {
        #expect(try failure(["logs.json": text]) == "logs.json is not JSON; Loki's answer is expected")
        #expect(try failure(["pods.json": text]).hasSuffix("what `kubectl get … -o json` prints is expected"))
    }

    @Test func `objects of another kind are left out and said`() throws {
        let pods = #"{"kind":"List","items":[{"kind":"Pod","metadata":{"name":"maven-1"}}]}"#
        let evidence = try load(["case.yaml": Self.window, "nodes.json": pods, "pods.json": pods]).evidence
        #expect(evidence.nodes.isEmpty && evidence.pods.map(\.name) == ["maven-1"])
        let gap = try #require(evidence.gaps.first { $0.source == .nodes })
        #expect(gap.isTotal && gap.reason.english.contains("1 of 1 objects left out"))
        #expect(gap.reason.english.contains("a Pod where a Node is expected"))
        #expect(!evidence.gaps.contains { $0.source == .pods })
    }

    @Test func `a window far from the alert is noted`() throws {
        func notes(_ startsAt: String) throws -> [String] {
            let alert = #"{"alerts":[{"status":"firing","startsAt":"\#(startsAt)"}]}"#
            return try load(["case.yaml": Self.window, "alert.json": alert]).notes
        }
        #expect(try notes("1970-01-02T00:20:00Z").first?.contains("is it the right one?") == true)
        #expect(try notes("1970-01-01T00:20:00Z").isEmpty)
    }

    @Test(arguments: ["traces.json", "traces.jsonl"])
    func `documents may stand one a line, whatever the file is called`(name: String) throws {
        let text = [span(1, 1, at: 1100), "", span(2, 2, at: 1200), span(1, 3, parent: 1, at: 1101)]
            .joined(separator: "\r\n")
        let evidence = try load(["case.yaml": Self.window, name: text]).evidence
        #expect(evidence.traces.map(\.spans.count) == [2, 1])
        #expect(evidence.traces.map(\.isPartial) == [false, false])
        #expect(evidence.gaps.filter { $0.source == .traces }.isEmpty)
    }

    @Test func `a damaged line is left out and named, the others are read`() throws {
        let text = [line("one", at: 1000), #"{"streams":[{"#, line("two", at: 1001), "nonsense"].joined(separator: "\n")
        let evidence = try load(["case.yaml": Self.window, "logs.jsonl": text]).evidence
        #expect(evidence.logs.map(\.line) == ["one", "two"])
        let gap = try #require(evidence.gaps.first { $0.source == .logs })
        #expect(!gap.isTotal)
        #expect(
            gap.reason.english
                == "logs.jsonl: 2 of 4 lines damaged and left out (line 2, byte 14: expected a key in quotes; "
                + "line 4, byte 1: expected a value)")
    }

    @Test func `a file of damaged lines only is a total gap, and does not list them all`() throws {
        let evidence = try load([
            "case.yaml": Self.window, "logs.jsonl": String(repeating: "x\n", count: 9),
        ]).evidence
        let gap = try #require(evidence.gaps.first { $0.source == .logs })
        #expect(gap.isTotal)
        #expect(gap.reason.english.contains("and 6 more"))
    }

    @Test func `a trace without its root is marked as partial`() throws {
        let evidence = try load(["case.yaml": Self.window, "traces.json": span(1, 2, parent: 9, at: 1100)]).evidence
        #expect(evidence.traces.map(\.isPartial) == [true])
    }

    @Test func `logs come in the order of time, equal times in the order of the file`() throws {
        let text = [line("c", at: 1002), line("b", at: 1001), line("a", at: 1001)].joined(separator: "\n")
        let evidence = try load(["case.yaml": Self.window, "logs.jsonl": text]).evidence
        #expect(evidence.logs.map(\.line) == ["b", "a", "c"])
    }

    @Test func `both forms of one file are refused`() throws {
        #expect(
            try failure(["traces.json": "", "traces.jsonl": ""])
                == "traces.json and traces.jsonl are both in the case folder; remove one")
    }

    @Test func `metrics may be one answer or an object by query name, where one may have failed`() throws {
        let answer =
            #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up"},"values":[[1000,"1"]]}]}}"#
        let refused = #"{"status":"error","errorType":"execution","error":"too many samples"}"#
        let one = try load(["case.yaml": Self.window, "metrics.json": answer]).evidence
        #expect(one.metrics.map(\.name) == ["up"])
        let several = try load([
            "case.yaml": Self.window, "metrics.json": #"{"cpu":\#(answer),"queue":\#(refused),"odd":7}"#,
        ]).evidence
        #expect(several.metrics.map(\.name) == ["cpu"])
        let gaps = several.gaps.filter { $0.source == .metrics }
        #expect(gaps.map(\.isTotal) == [false, false])
        #expect(gaps.map(\.reason.english).contains { $0.contains("`queue`") && $0.contains("too many samples") })
        let none = try load(["case.yaml": Self.window, "metrics.json": refused]).evidence
        #expect(!none.wasFetched(.metrics))
        #expect(none.gaps.contains { $0.reason.english.contains("too many samples") })
    }

    @Test func `an object that cannot be read is left out and named`() throws {
        let pods = #"{"items":[{"metadata":{"name":"a","namespace":"n"}},{"metadata":{}}]}"#
        let evidence = try load(["case.yaml": Self.window, "pods.json": pods]).evidence
        #expect(evidence.pods.map(\.name) == ["a"])
        #expect(
            evidence.gaps.map(\.inEnglish).contains(
                Gap.saying(
                    .pods, "pods.json: 1 of 2 objects left out (items[1].metadata.name is missing)", isTotal: false)))
    }

    @Test func `a path that is no folder is refused`() throws {
        let folder = try folder(["file": ""])
        #expect(throws: CaseFolderError.notAFolder(path: folder.path("file"))) {
            try CaseFolder(path: folder.path("file")).load()
        }
        #expect(throws: CaseFolderError.notAFolder(path: folder.path("nothing"))) {
            try CaseFolder(path: folder.path("nothing")).load()
        }
    }

    @Test func `workloads are read where they are, and nothing is missing where they are not`() throws {
        let item = #"{"kind":"Deployment","metadata":{"name":"cart","namespace":"shop"}}"#
        let files = ["case.yaml": Self.window, "pods.json": #"{"items":[]}"#]
        #expect(try !load(files).evidence.gaps.contains { $0.source == .pods })
        let whole = try load(files.merging(["workloads.json": #"{"kind":"List","items":[\#(item)]}"#]) { $1 }).evidence
        #expect(whole.workloads.map(\.name) == ["cart"])
        #expect(!whole.gaps.contains { $0.source == .pods })
        let damaged = try load(files.merging(["workloads.json": #"{"kind":"List","items":[7]}"#]) { $1 }).evidence
        #expect(damaged.wasFetched(.pods))
        #expect(
            damaged.gaps.contains {
                $0.source == .pods && $0.reason.english.hasPrefix("workloads.json: 1 of 1 objects")
            })
    }
}
