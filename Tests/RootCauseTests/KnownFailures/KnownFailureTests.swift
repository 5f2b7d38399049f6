import Languages
import Settings
import Signatures
import Telemetry
import Testing

@testable import RootCause

/// How sightings become hypotheses: whose builds they are, what speaks against them, and which of several is the cause.
struct KnownFailureTests {
    private static let host = Signature(
        id: "dns", title: "A name could not be resolved", cause: "dns-failure",
        subject: SubjectRule(.host, from: ["host"]),
        signs: [Mark(.log(["Could not resolve host"]), pattern: #"host: (?<host>\S+)"#, weight: 3.2)],
        statement: "Host `{host}` could not be resolved", recommendations: ["Ask for {host}", "Look at {image}"])
    private static let tests = Signature(
        id: "tests", title: "Tests failed", cause: "test-failure", subject: SubjectRule(.job, from: ["job"]),
        signs: [Mark(.log(["There are test failures"]), weight: 3)], statement: "Tests of `{job}` failed")
    private static let scm = Signature(
        id: "scm", title: "git failed", cause: "scm-failure", subject: SubjectRule(.host, from: ["host"]),
        signs: [Mark(.log(["Error cloning remote repo"]), weight: 3.4)], statement: "The source could not be fetched")
    private static let volume = Signature(
        id: "mount", title: "A volume could not be mounted", cause: "volume-mount-failure",
        subject: SubjectRule(.volume, from: ["volume"]),
        signs: [
            Mark(.event(reasons: ["FailedMount"], object: "Pod"), pattern: #"volume "(?<volume>[^"]+)""#, weight: 3)
        ],
        stronger: [Mark(.log(["mount point is busy"]), weight: 0.5)],
        ruledOutBy: [Mark(.event(reasons: ["Started"], object: "Pod"), weight: -4)],
        statement: "Volume `{volume}` could not be mounted")

    private func diagnosis(_ story: Story, _ signatures: [Signature] = [host, tests, scm, volume]) -> Diagnosis {
        RootCauseAnalyzer(options: .init(signatures: signatures)).diagnose(story.evidence, alert: nil)
    }

    private func background(_ story: inout Story, saying line: String? = nil) {
        for number in 0..<12 {
            let root = story.build(
                "team/healthy", number, on: "ok-\(number)", at: Double(number) * 50 - 550, takes: 20, .success)
            if let line { story.log(line, at: Double(number) * 50 - 540, span: root) }
        }
    }

    private func fail(_ story: inout Story, _ job: String, _ number: Int, saying lines: [String], after: [String] = [])
    {
        let root = story.build(
            job, number, on: "maven-\(number)", at: 10, takes: 60, .failure("script returned exit code 1"))
        for (place, line) in lines.enumerated() { story.log(line, at: 40 + Double(place), span: root) }
        for (place, line) in after.enumerated() { story.log(line, at: 90 + Double(place), span: root) }
    }

    @Test func `builds of several jobs that fail at one host are one hypothesis`() throws {
        var story = Story()
        background(&story)
        for (number, job) in ["shop/main", "shop/main", "cart/main"].enumerated() {
            fail(&story, job, number + 1, saying: ["fatal: unable: Could not resolve host: git.example.com"])
        }
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "dns-failure git.example.com")
        #expect(diagnosis.hypotheses.count == 1)
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.confidence > 0.8)
        #expect(
            first.statement.english
                == "Host `git.example.com` could not be resolved since 22:14:00 UTC: 3 builds failed (cart/main #3, shop/main #1 and shop/main #2)."
        )
        #expect(first.recommendations.map(\.english) == ["Ask for git.example.com"])
        #expect(first.subject.kind == .host)
        #expect(diagnosis.impact.affected.count == 3)
    }

    @Test func `what builds say that end well is everyday noise`() {
        var story = Story()
        background(&story, saying: "warning: Could not resolve host: mirror.example.com")
        fail(
            &story, "shop/main", 1,
            saying: ["warning: Could not resolve host: mirror.example.com", "src/a.c:3:1: error: expected ';'"])
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "build-failure shop/main")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .dnsFailure && $0.confidence > 0.2 })
    }

    @Test func `a sign in one of five failing builds does not claim the others`() {
        var story = Story()
        background(&story)
        for number in 1...4 { fail(&story, "shop/main", number, saying: ["src/a.c:3:1: error: expected ';'"]) }
        fail(&story, "shop/main", 5, saying: ["fatal: Could not resolve host: git.example.com"])
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "build-failure shop/main")
        #expect(diagnosis.hypotheses.contains { $0.cause == .dnsFailure })
    }

    @Test func `tests that fail are told rather than that the build failed`() {
        var story = Story()
        background(&story)
        fail(&story, "shop/main", 1, saying: ["[INFO] Running CartTest", "[ERROR] There are test failures."])
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "test-failure shop/main")
        #expect(diagnosis.hypotheses.count == 1)
    }

    @Test func `tests that fail because a host is not found are no failure of tests`() {
        var story = Story()
        background(&story)
        let lines = ["[ERROR] Could not resolve host: db.example.com", "[ERROR] There are test failures."]
        fail(&story, "shop/main", 1, saying: lines)
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "dns-failure db.example.com")
        #expect((diagnosis.hypotheses.first { $0.cause == .testFailure }?.confidence ?? 0) < 0.4)
    }

    @Test func `of two failures of a build the first is the cause`() {
        var story = Story()
        background(&story)
        let lines = ["fatal: Could not resolve host: git.example.com", "ERROR: Error cloning remote repo 'origin'"]
        fail(&story, "shop/main", 1, saying: lines)
        #expect(diagnosis(story).verdict == "dns-failure git.example.com")
    }

    @Test func `of an error and its reason, written at once, the reason is the cause`() {
        var story = Story()
        background(&story)
        let root = story.build("shop/main", 1, on: "maven-1", at: 10, takes: 60, .failure("Error cloning"))
        for line in [
            "ERROR: Error cloning remote repo 'origin'",
            "stderr: fatal: Authentication failed for 'https://git.example.com/x/'",
        ] {
            story.log(line, at: 60, span: root)
        }
        #expect(story.diagnosis().verdict == "credential-failure git.example.com")
    }

    @Test func `a build that began long before the window is looked at as a whole`() {
        var story = Story()
        background(&story)
        let root = story.build("shop/main", 1, on: "maven-1", at: -2000, takes: 2060, .failure("exit code 1"))
        story.log("fatal: Could not resolve host: git.example.com", at: -1500, span: root)
        #expect(diagnosis(story).verdict == "dns-failure git.example.com")
    }

    @Test func `the memory of the controller is told by its own lines, and not by those of builds`() {
        var story = Story()
        background(&story)
        story.log("java.lang.OutOfMemoryError: Java heap space", at: 20, pod: "jenkins-0")
        #expect(story.diagnosis().verdict == "controller-oom-killed jenkins-0")
        story.logs = []
        fail(&story, "shop/main", 1, saying: ["java.lang.OutOfMemoryError: Java heap space"])
        #expect(story.diagnosis().verdict == "build-failure shop/main")
    }

    @Test func `what another step says after the failure is no cause`() {
        var story = Story()
        background(&story)
        let root = story.build(
            "shop/main", 1, on: "maven-1", at: 10, takes: 60, .failure("script returned exit code 1"))
        let notify = story.span("jenkins", "notify", under: root, at: 80, takes: 5)
        story.log("Could not resolve host: chat.example.com", at: 82, span: notify)
        let diagnosis = diagnosis(story)
        #expect(diagnosis.verdict == "build-failure shop/main")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .dnsFailure })
    }

    @Test func `an event names the subject, and pods that started in the end do not count`() throws {
        var story = Story()
        background(&story)
        for agent in ["maven-1", "maven-2"] {
            story.event("FailedMount", "Pod", agent, at: 20, #"MountVolume.SetUp failed for volume "cache-pvc""#)
        }
        let before = try #require(diagnosis(story).hypotheses.first)
        #expect(before.cause == .volumeMountFailure)
        #expect(before.subject == .init(.volume, "cache-pvc"))
        #expect(before.statement.english.hasSuffix(": 2 pods (maven-1 and maven-2)."))
        for agent in ["maven-1", "maven-2"] { story.event("Started", "Pod", agent, at: 50) }
        #expect(diagnosis(story).verdict == "unknown")
    }

    @Test func `an event after the builds of its agent failed is no cause`() {
        var story = Story()
        background(&story)
        story.build("shop/main", 1, on: "maven-1", at: -100, takes: 105, .failure("script returned exit code 1"))
        story.event("FailedMount", "Pod", "maven-1", at: 110, #"MountVolume.SetUp failed for volume "cache-pvc""#)
        #expect(diagnosis(story).verdict == "build-failure shop/main")
    }

    @Test func `what makes it stronger counts only beside a sign`() throws {
        var story = Story()
        background(&story)
        story.build("shop/main", 1, on: "maven-1", at: 10, takes: 60, .failure("no"))
        story.log("maven-1: mount point is busy", at: 30)
        #expect(diagnosis(story).verdict == "build-failure shop/main")
        story.event("FailedMount", "Pod", "maven-1", at: 20, #"MountVolume.SetUp failed for volume "cache-pvc""#)
        let first = try #require(diagnosis(story).hypotheses.first)
        #expect(first.cause == .volumeMountFailure)
        #expect(first.evidence.contains { $0.text.english.contains("mount point is busy") })
    }

    @Test func `a signature of another cloud is left alone`() {
        var story = Story()
        background(&story)
        fail(&story, "shop/main", 1, saying: ["Could not resolve host: git.example.com"])
        var signature = Self.host
        signature.provider = .eks
        #expect(
            diagnosis(story, [signature]).verdict == "build-failure shop/main", "it is not known whose cluster it is")
        story.nodes = [NodeState(name: "ip-10-0-0-1", labels: ["eks.amazonaws.com/nodegroup": "ci"])]
        #expect(diagnosis(story, [signature]).verdict == "dns-failure git.example.com")
        story.nodes = []
        story.node("aks-1", spot: true)
        #expect(diagnosis(story, [signature]).verdict == "build-failure shop/main")
    }

    @Test func `the diagnosis is the same whatever the order of the evidence`() {
        var story = Story()
        background(&story)
        for number in 1...3 {
            fail(&story, "shop/main", number, saying: ["fatal: Could not resolve host: git\(number % 2).example.com"])
            story.event("FailedMount", "Pod", "maven-\(number)", at: 20, #"volume "cache-\#(number)""#)
        }
        let expected = diagnosis(story)
        story.logs.reverse()
        story.events.reverse()
        story.spans.reverse()
        #expect(diagnosis(story, [Self.host, Self.tests, Self.scm, Self.volume]) == expected)
    }

    @Test func `every cause and kind of subject of the signatures is one of the catalogue`() {
        #expect(CauseCatalogue.causes == Cause.allCases.filter { $0 != .unknown }.map(\.rawValue).sorted())
        for kind in SubjectKind.allCases { #expect(Hypothesis.Subject.Kind(rawValue: kind.rawValue) != nil) }
    }
}
