import Telemetry
import Testing

@testable import Backends

struct LogQuestionsTests {
    private let window = TimeWindow(start: Timestamp(seconds: 5000), end: Timestamp(seconds: 6000))
    private let baseline = TimeWindow(start: Timestamp(seconds: 2000), end: Timestamp(seconds: 5000))

    private func questions(
        _ scope: Scope, filter: String? = nil,
        fields: LogFieldMapping = LogFieldMapping(service: ["app"], namespace: ["ns"], pod: ["pod"])
    ) -> LogQuestions {
        LogQuestions(
            request: CollectionRequest(scope: scope, window: window, baseline: baseline, logFilter: filter),
            fields: fields)
    }

    private func span(
        _ id: UInt64, parent: UInt64? = nil, service: String = "ci", pod: String? = nil, isError: Bool = false,
        at second: Int64 = 5100
    ) -> Span {
        Span(
            traceID: TraceID(high: 0, low: 7), id: SpanID(id), parentID: parent.map { SpanID($0) }, name: "s",
            start: Timestamp(seconds: second), end: Timestamp(seconds: second + 10),
            status: isError ? .error(message: "") : .unset,
            attributes: pod.map { ["jenkins.computer.name": .string($0)] } ?? [:],
            resource: ["service.name": .string(service)])
    }

    @Test func `every candidate of a label is asked, in the window and before it`() {
        let first = questions(Scope(services: ["a"]), fields: LogFieldMapping()).first
        #expect(
            first.map(\.logQL) == [
                #"{service_name="a"}"#, #"{service_name="a"}"#, #"{app="a"}"#, #"{app="a"}"#, #"{job="a"}"#,
                #"{job="a"}"#,
            ])
        #expect(first.prefix(2).map(\.window) == [window, baseline])
    }

    @Test func `around a service only what sounds like trouble is asked, a namespace alone is asked whole`() {
        let both = questions(Scope(services: ["a"], namespaces: ["n"])).first
        #expect(both.map(\.role) == [.window, .baseline, .surroundings])
        #expect(both[2].logQL == #"{ns="n"}"# + LogQuestions.soundsLikeTrouble)
        #expect(
            questions(Scope(namespaces: ["n"])).first.map(\.logQL) == [#"{ns="n"}"#, #"{ns="n"}"#])
    }

    @Test func `several values become one pattern in which their characters mean themselves`() {
        #expect(
            questions(Scope(pods: ["a.b", "c+"])).first[0].logQL == #"{pod=~"a\\.b|c\\+"}"#)
    }

    @Test func `a playbook's filter follows the selector and the line filters`() {
        let scope = Scope(services: ["a"], namespaces: ["n"])
        #expect(questions(scope, filter: #"!= "health""#).first[0].logQL == #"{app="a"} != "health""#)
        #expect(questions(scope, filter: #"!= "health""#).first[2].logQL.hasSuffix(#" != "health""#))
    }

    @Test func `a failing trace is looked for in the text and in the metadata, and its pods by label and by name`() {
        let trace = Trace(
            id: TraceID(high: 0, low: 7),
            spans: [
                span(1, at: 4900), span(2, parent: 1, pod: "maven-x7k2p"), span(3, parent: 2, isError: true),
                span(4, parent: 1, pod: "other"),
            ])
        let clues = Clues([trace])
        #expect(clues.pods == ["maven-x7k2p", "other"])
        let second = questions(Scope(services: ["ci"])).second(clues, productive: [])
        let id = "00000000000000000000000000000007"
        #expect(
            second.map(\.logQL) == [
                #"{app="ci"} |= "\#(id)""#, #"{app="ci"} | trace_id="\#(id)""#, #"{app="ci"} |~ "maven-x7k2p|other""#,
                #"{pod=~"maven-x7k2p|other"}"#,
            ])
        // The build began before the window, and so did its lines.
        #expect(second[0].window == TimeWindow(start: Timestamp(seconds: 4900), end: window.end))
        #expect(second[3].window == window)
    }

    @Test func `only labels that gave lines are asked again`() {
        let trace = Trace(id: TraceID(high: 0, low: 7), spans: [span(1, isError: true)])
        let all = LogFieldMapping()
        let second = questions(Scope(services: ["ci"]), fields: all).second(
            Clues([trace]), productive: ["app", "other"])
        #expect(second.allSatisfy { $0.label == "app" })
        let none = questions(Scope(services: ["ci"]), fields: all).second(Clues([trace]), productive: [])
        #expect(Set(none.map(\.label)) == ["service_name", "app", "job"])
    }

    @Test func `a job's lines carry its name in text or metadata`() {
        let second = questions(Scope(services: ["ci"], jobs: ["team/app"])).second(Clues([]), productive: [])
        #expect(
            second.map(\.logQL) == [#"{app="ci"} |= "team/app""#, #"{app="ci"} | ci_pipeline_id="team/app""#])
    }

    @Test func `a scope without a place is looked for where its traces come from`() {
        #expect(questions(Scope(jobs: ["team/app"])).first.isEmpty)
        let trace = Trace(id: TraceID(high: 0, low: 7), spans: [span(1, isError: true)])
        let second = questions(Scope(jobs: ["team/app"])).second(Clues([trace]), productive: [])
        #expect(second.filter { $0.role == .window }.map(\.logQL) == [#"{app="ci"}"#])
    }

    @Test func `a trace that goes in circles has its pods as well`() {
        let circle = Trace(
            id: TraceID(high: 0, low: 7),
            spans: [span(1, parent: 2, pod: "a", isError: true), span(2, parent: 1, pod: "b")])
        #expect(Clues([circle]).pods == ["a", "b"])
    }

    @Test(arguments: [#"x"} |= "secret"#, "x\\", "x\n", "`x`", #"\"}"#, "a|b", ".*"])
    func `a hostile name stays within its quotes and its pattern`(value: String) {
        let scope = Scope(services: [value, "b"], namespaces: [value], pods: [value, "c"], jobs: [value, "d"])
        let trace = Trace(id: TraceID(high: 0, low: 7), spans: [span(1, service: value, pod: value, isError: true)])
        let all = questions(scope).first + questions(scope).second(Clues([trace]), productive: [])
        #expect(all.count > 10)
        for question in all {
            var code = ""
            var (isQuoted, isEscaped) = (false, false)
            for scalar in question.logQL.unicodeScalars {
                #expect(scalar != "\n")
                if isEscaped {
                    isEscaped = false
                } else if isQuoted, scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isQuoted.toggle()
                } else if !isQuoted {
                    code.unicodeScalars.append(scalar)
                }
            }
            #expect(!isQuoted)
            #expect(code.filter { $0 == "}" }.count == 1, "\(question.logQL)")
            #expect(!code.contains("secret") && !code.contains("`"))
        }
        // In a pattern the characters of a name mean themselves.
        if value == ".*" { #expect(all[0].logQL == #"{app=~"\\.\\*|b"}"#) }
        if value == "a|b" { #expect(all[0].logQL == #"{app=~"a\\|b|b"}"#) }
    }
}
