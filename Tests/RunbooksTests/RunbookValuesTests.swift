import Runbooks
import TestSupport
import Testing

@Suite struct RunbookValuesTests {
    private static func diagnosis(
        hypotheses: String = "[]", suspects: String = "[]", scope: String = "{}", affected: String = "[]"
    ) -> [UInt8] {
        [UInt8](
            """
            {"schema": "sabueso/diagnosis/v1",
             "window": {"start": "2026-11-19T14:01:00Z", "end": "2026-11-19T14:36:00Z", "onset": null},
             "scope": \(scope), "hypotheses": \(hypotheses), "suspects": \(suspects),
             "impact": {"traces": 1, "affected": \(affected)}}
            """.utf8)
    }

    private static func hypothesis(_ cause: String, _ kind: String, _ name: String) -> String {
        #"{"cause": "\#(cause)", "subject": {"kind": "\#(kind)", "name": "\#(name)"}}"#
    }

    @Test func `the committed example tells its node, service, job, trace and times`() throws {
        let bytes = try Repository.bytes("Tests/Fixtures/Golden/Scenarios/spot-eviction/diagnosis.json")
        let values = RunbookValues(diagnosis: bytes, cause: "spot-eviction")
        #expect(values[.node] == "aks-spot-31542618-vmss000003")
        #expect(values[.service] == "jenkins-master")
        #expect(values[.job] == "shop/main")
        #expect(values[.traceID]?.count == 32)
        #expect(values[.start] == "2026-11-19T14:01:00Z" && values[.end] == "2026-11-19T14:36:00Z")
        #expect(values[.namespace] == nil && values[.image] == nil)
        #expect(values.unsafeInCommands == [])
    }

    @Test(arguments: [
        ("node", Placeholder.node), ("pod", .pod), ("image", .image), ("volume", .volume), ("host", .host),
        ("credential", .credential), ("pool", .pool), ("job", .job), ("service", .service),
    ])
    func `every kind of subject has its placeholder`(kind: String, placeholder: Placeholder) {
        let bytes = Self.diagnosis(hypotheses: "[\(Self.hypothesis("x", kind, "its-name"))]")
        #expect(RunbookValues(diagnosis: bytes, cause: "x")[placeholder] == "its-name")
    }

    @Test func `the page's own cause is meant, and the likeliest where it is none of the diagnosis`() {
        let bytes = Self.diagnosis(
            hypotheses: "[\(Self.hypothesis("a", "pod", "first")), \(Self.hypothesis("b", "pod", "second"))]")
        #expect(RunbookValues(diagnosis: bytes, cause: "b")[.pod] == "second")
        #expect(RunbookValues(diagnosis: bytes, cause: "c")[.pod] == "first")
    }

    @Test func `a page that a signature gave is about what has it as its runbook`() {
        let other =
            #"{"cause": "b", "subject": {"kind": "pod", "name": "second"}, "runbook": "Runbooks/dns-failure.md"}"#
        let bytes = Self.diagnosis(hypotheses: "[\(Self.hypothesis("a", "pod", "first")), \(other)]")
        #expect(RunbookValues(diagnosis: bytes, cause: "dns-failure")[.pod] == "second")
    }

    @Test func `only a suspect about the same thing says where it runs`() {
        let suspects = """
            [{"kind": "pod", "name": "other", "service": "s1", "pod": "other", "node": "n1", "score": 1},
             {"kind": "pod", "name": "mine", "service": "s2", "pod": "mine", "node": "n2", "score": 0.5}]
            """
        let values = RunbookValues(
            diagnosis: Self.diagnosis(hypotheses: "[\(Self.hypothesis("a", "pod", "mine"))]", suspects: suspects),
            cause: "a")
        #expect(values[.node] == "n2" && values[.service] == "s2")
    }

    @Test func `a pod's own namespace goes before the alert's`() {
        let own = #"[{"cause": "a", "subject": {"kind": "pod", "name": "mine", "namespace": "ci-agents"}}]"#
        let scope = #"{"namespaces": ["jenkins"]}"#
        let told = RunbookValues(diagnosis: Self.diagnosis(hypotheses: own, scope: scope), cause: "a")
        #expect(told[.pod] == "mine" && told[.namespace] == "ci-agents")
        let suspects = #"[{"kind": "pod", "name": "mine", "namespace": "ci-agents"}]"#
        let suspected = RunbookValues(
            diagnosis: Self.diagnosis(hypotheses: "[\(Self.hypothesis("a", "pod", "mine"))]", suspects: suspects),
            cause: "a")
        #expect(suspected[.namespace] == "ci-agents")
        #expect(
            RunbookValues(diagnosis: Self.diagnosis(scope: scope), cause: "a")[.namespace] == "jenkins")
    }

    @Test func `of several services, namespaces or pods none is picked`() {
        let values = RunbookValues(
            diagnosis: Self.diagnosis(scope: #"{"services": ["a", "b"], "namespaces": ["ci"], "pods": []}"#), cause: "")
        #expect(values[.service] == nil && values[.pod] == nil)
        #expect(values[.namespace] == "ci")
    }

    @Test func `the trace is one of the job that is named`() {
        let affected = """
            [{"kind": "build", "name": "team/a", "number": 1, "url": null, "traceId": "aa", "outcome": "ABORTED"},
             {"kind": "build", "name": "team/b", "number": 2, "url": null, "traceId": "bb", "outcome": "FAILURE"}]
            """
        let values = RunbookValues(
            diagnosis: Self.diagnosis(hypotheses: "[\(Self.hypothesis("a", "job", "team/b"))]", affected: affected),
            cause: "a")
        #expect(values[.job] == "team/b" && values[.traceID] == "bb")
    }

    @Test(arguments: [
        "a;reboot", "$(reboot)", "`reboot`", "a b", "-rf", "--all", "a|b", "a&b", "a>b", "a'b", "a\"b", "a\\b", "a\nb",
        "{a,b}", "~root", "*", "a?b", "a!b", "#a", "", "ä", "a\u{202E}b", "a=b",
    ])
    func `nothing that a shell could take for more than a name gets into a command`(value: String) {
        for placeholder in Placeholder.allCases {
            #expect(!placeholder.accepts(value, in: .shell), "\(placeholder): \(value)")
        }
    }

    @Test(arguments: ["a\"b", "a\\b", "a\nb", "a`b", "{a}", "$service", "a|b", "a\u{202E}b", "ä"])
    func `nothing that ends a string gets into a query`(value: String) {
        for placeholder in Placeholder.allCases { #expect(!placeholder.accepts(value, in: .query)) }
    }

    @Test(arguments: [
        (Placeholder.pod, "maven-x7k2p"), (.node, "ip-10-0-3-7.eu-west-1.compute.internal"), (.namespace, "ci"),
        (.job, "team/app/PR-17"), (.image, "registry.example.com:5000/a/b:1.2@sha256:0af3"), (.host, "git.example.com"),
        (.traceID, "4bf92f3577b34da6a3ce929d0e0e4736"),
        (.start, "2026-11-19T14:01:00.5Z"), (.credential, "github_bot"), (.volume, "pvc-3f1a"), (.pool, "spot-large"),
    ])
    func `names as they really are get into commands`(placeholder: Placeholder, value: String) {
        #expect(placeholder.accepts(value, in: .shell) && placeholder.accepts(value, in: .query))
    }

    @Test func `a job with a space in its name gets into queries only`() {
        #expect(!Placeholder.job.accepts("team/my app/main", in: .shell))
        #expect(Placeholder.job.accepts("team/my app/main", in: .query))
        #expect(RunbookValues([.job: "team/my app/main", .pod: "p"]).unsafeInCommands == [.job])
    }

    @Test func `a placeholder is a whole word`() {
        #expect(
            Placeholder.pieces(of: "PODS MY_POD pod POD-x \"POD\"") == [
                .text("PODS MY_POD pod "), .placeholder(.pod), .text("-x \""), .placeholder(.pod), .text("\""),
            ])
        #expect(Placeholder.pieces(of: "TRACE_ID END") == [.placeholder(.traceID), .text(" "), .placeholder(.end)])
        #expect(Placeholder.pieces(of: "") == [])
    }
}
