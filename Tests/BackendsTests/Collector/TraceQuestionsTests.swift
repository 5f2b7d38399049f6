import HTTPTransport
import Languages
import Telemetry
import Testing

@testable import Backends

struct TraceQuestionsTests {
    private let window = TimeWindow(start: Timestamp(seconds: 5000), end: Timestamp(seconds: 6000))
    private let baseline = TimeWindow(start: Timestamp(seconds: 2000), end: Timestamp(seconds: 5000))

    private func questions(
        _ scope: Scope, filter: String? = nil, areBuilds: Bool = false, baseline: TimeWindow? = nil
    ) -> TraceQuestions {
        TraceQuestions(
            request: CollectionRequest(
                scope: scope, window: window, baseline: baseline ?? self.baseline, traceFilter: filter,
                areBuilds: areBuilds),
            budget: Budget())
    }

    private func queries(_ questions: TraceQuestions) -> [String] { questions.first.map(\.traceQL) }

    @Test func `a service's failing traces are asked for, those that fail behind it, and what is usual`() {
        let questions = questions(Scope(services: ["checkout"], namespaces: ["shop"]))
        let own = #"resource.service.name = "checkout""#
        #expect(
            queries(questions) == [
                "{ \(own) && status = error }", "{ \(own) } && { status = error }", "{ \(own) }", "{ \(own) }",
            ])
        #expect(questions.first.map(\.role) == [.failing, .failingElsewhere, .sample, .reference])
        #expect(questions.first.map(\.window) == [window, window, window, baseline])
        #expect(questions.first.map(\.limit) == [60, 60, 500, 500])
    }

    @Test func `builds are told from web requests, and are failing when any of their steps is`() {
        let own = #"resource.service.name = "ci""#
        #expect(
            queries(questions(Scope(services: ["ci"]), areBuilds: true)) == [
                #"{ \#(own) && name =~ "BUILD .+" } && { status = error }"#, "{ \(own) && status = error }",
                #"{ \#(own) && name =~ "BUILD .+" }"#, #"{ \#(own) && name =~ "BUILD .+" }"#,
            ])
    }

    @Test func `a job is found by its root's name and by its id, and without a service nothing else is`() {
        let job = #"(name = "BUILD team/app" || span.ci.pipeline.id = "team/app")"#
        #expect(
            queries(questions(Scope(jobs: ["team/app"]))) == [
                "{ \(job) } && { status = error }", "{ \(job) }", "{ \(job) }",
            ])
    }

    @Test func `pods stand for services that nobody names, and namespaces for both`() {
        #expect(
            queries(questions(Scope(namespaces: ["shop"], pods: ["a", "b"])))[2]
                == #"{ ((resource.k8s.pod.name = "a" || resource.k8s.pod.name = "b") || "#
                + #"(span.jenkins.computer.name = "a" || span.jenkins.computer.name = "b")) }"#)
        #expect(
            queries(questions(Scope(namespaces: ["shop"])))[2]
                == #"{ (resource.k8s.namespace.name = "shop" || resource.service.namespace = "shop") }"#)
    }

    @Test func `without a scope everything is asked for, once`() {
        #expect(queries(questions(Scope(services: [""]))) == ["{ status = error }", "{ }", "{ }"])
    }

    @Test func `a playbook's condition holds for the spans of the scope`() {
        #expect(
            queries(questions(Scope(services: ["a"]), filter: #"name != "x" || kind = server"#)).prefix(2) == [
                #"{ resource.service.name = "a" && (name != "x" || kind = server) && status = error }"#,
                #"{ resource.service.name = "a" && (name != "x" || kind = server) } && { status = error }"#,
            ])
    }

    @Test func `an empty baseline is not asked for`() {
        let empty = TimeWindow(start: window.start, end: window.start)
        #expect(!questions(Scope(), baseline: empty).first.map(\.role).contains(.reference))
    }

    @Test(arguments: [
        #"x" || true || name = ""#, "x\\", "x\n}", "`x`", #"\""#, "} && { status = error", "x\" } | select(name",
    ])
    func `a hostile label stays within its quotes`(value: String) {
        let everything = Scope(services: [value], pods: [value], jobs: [value])
        for query in queries(questions(everything)) + queries(questions(Scope(pods: [value])))
            + queries(questions(Scope(namespaces: [value])))
        {
            let code = outsideOfQuotes(query)
            #expect(code != nil, "a quote is left open: \(query)")
            #expect(code?.contains { "\\`|".contains($0) && $0 != "|" } == false)
            #expect(code?.contains("select") == false && code?.contains("true") == false)
            #expect((code ?? "").filter { $0 == "{" }.count <= 2)
        }
    }

    /// The query without its literals in double quotes; nil when one does not end.
    private func outsideOfQuotes(_ query: String) -> String? {
        var code = ""
        var isQuoted = false
        var isEscaped = false
        for scalar in query.unicodeScalars {
            if isQuoted {
                if scalar == "\n" { return nil }
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isQuoted = false
                }
            } else if scalar == "\"" {
                isQuoted = true
            } else {
                code.unicodeScalars.append(scalar)
            }
        }
        return isQuoted ? nil : code
    }

    @Test func `slow is twice what nearly all traces before took`() throws {
        func hit(_ milliseconds: Int) -> TraceHit {
            TraceHit(
                traceID: TraceID(high: 0, low: UInt64(milliseconds)), rootService: nil, rootName: nil,
                start: baseline.start, duration: .milliseconds(milliseconds), isRootMissing: false)
        }
        let scope = questions(Scope(services: ["a"]))
        let slow = try #require(scope.slow(than: (1...20).reversed().map(hit)))
        #expect(slow.traceQL == #"{ resource.service.name = "a" && trace:duration > 38ms }"#)
        #expect(slow.window == window)
        #expect(scope.slow(than: (1...4).map(hit)) == nil)
        #expect(try #require(scope.slow(than: Array(repeating: hit(0), count: 5))).traceQL.hasSuffix("> 2ms }"))
    }

    @Test(arguments: ["services", "pods", "namespaces", "jobs", "services and jobs"])
    func `two thousand names are asked for as far as a URL goes, and the rest is said`(nouns: String) throws {
        let many = (0..<2000).map { "team-\($0)/service \"é\"" }
        let scope = Scope(
            services: nouns.contains("services") ? many : [], namespaces: nouns == "namespaces" ? many : [],
            pods: nouns == "pods" ? many : [], jobs: nouns.contains("jobs") ? many : [])
        let questions = questions(scope)
        for query in queries(questions) {
            #expect(FormParameters.percentEncoded(query).utf8.count < 7000)
            #expect(query.contains("team-0/") && !query.contains("team-1999/"))
        }
        let wanted = nouns.split(separator: " ").filter { $0 != "and" }
        #expect(questions.shortfalls.count == wanted.count)
        for (words, noun) in zip(questions.shortfalls.map(\.english), wanted) {
            #expect(words.contains(" of 2000 \(noun) were not asked about (team-"))
            #expect(words.hasSuffix(" more): a search has no room for them"))
        }
    }

    @Test func `one name that is too long is asked for all the same, because without it everything would be`() {
        let long = String(repeating: "x", count: 5000)
        let questions = questions(Scope(services: [long, "b"]))
        #expect(queries(questions).allSatisfy { $0.contains(long) && !$0.contains(#""b""#) })
        #expect(
            questions.shortfalls.map(\.english) == [
                "1 of 2 services were not asked about (b): a search has no room for them"
            ])
    }

    @Test func `names that fit are all asked for without a word`() {
        let questions = questions(Scope(services: (0..<20).map { "service-\($0)" }))
        #expect(questions.shortfalls.isEmpty)
        #expect(queries(questions).allSatisfy { $0.contains(#""service-19""#) })
    }

    @Test func `durations at the end of their range make no question and no trap`() {
        let hits = (1...5).map {
            TraceHit(
                traceID: TraceID(high: 0, low: $0), rootService: nil, rootName: nil,
                start: Timestamp(nanoseconds: .max),
                duration: .milliseconds(Int64.max), isRootMissing: false)
        }
        #expect(questions(Scope()).slow(than: hits)?.traceQL.contains("trace:duration > 18446744073708ms") == true)
    }
}
