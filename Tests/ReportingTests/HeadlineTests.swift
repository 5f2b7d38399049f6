import Alerts
import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct HeadlineTests {
    private static func diagnosis(
        _ cause: Cause, _ subject: Hypothesis.Subject, confidence: Double = 0.95, impact: Impact = Impact(),
        gaps: [Gap] = []
    ) -> Diagnosis {
        Diagnosis(
            scope: Scope(services: ["checkout"]), window: Instant.window("09:00:00", "09:10:00"),
            baseline: Instant.window("08:00:00", "09:00:00"),
            hypotheses: [
                Hypothesis(
                    cause: cause, subject: subject, confidence: confidence, statement: "", evidence: [],
                    recommendations: [])
            ], impact: impact, gaps: gaps)
    }

    private static func builds(_ count: Int, of traces: Int = 41) -> Impact {
        Impact(
            traces: traces, failedTraces: count,
            affected: (0..<count).map { .init(kind: .build, name: "team/app", number: $0 + 1, outcome: "ABORTED") })
    }

    private static let failing = Impact(traces: 412, failedTraces: 12)

    @Test(
        arguments: [
            (Cause.spotEviction, .init(.node, "aks-1"), "Spot node aks-1 was preempted: 3 builds lost their agents"),
            (.nodeLost, .init(.node, "aks-1"), "Node aks-1 was lost: 3 builds lost their agents"),
            (
                .nodePressureEviction, .init(.node, "aks-1"),
                "Node aks-1 ran short and evicted pods: 3 builds lost their agents"
            ),
            (.diskFull, .init(.node, "aks-1"), "The disk of node aks-1 is full: 3 of 41 builds failed"),
            (.diskFull, .init(.pod, "nexus-0"), "The disk of pod nexus-0 is full: 3 of 41 builds failed"),
            (.agentOOMKilled, .init(.pod, "maven-1"), "Agent maven-1 ran out of memory: 3 builds lost their agents"),
            (.imagePullFailure, .init(.image, "maven:9"), "Image maven:9 could not be pulled: 3 builds got no agents"),
            (.agentUnschedulable, .init(.pool, "gpu"), "There is no room for agents in gpu: 3 builds got no agents"),
            (
                .agentDisconnected, .init(.pod, "maven-1"),
                "Agent maven-1 lost its connection: 3 builds lost their agents"
            ),
            (.volumeMountFailure, .init(.volume, "m2"), "Volume m2 could not be mounted: 3 builds got no agents"),
            (
                .controllerRestart, .init(.pod, "jenkins-0"),
                "Jenkins controller jenkins-0 restarted: 3 builds were interrupted"
            ),
            (
                .controllerOOMKilled, .init(.pod, "jenkins-0"),
                "Jenkins controller jenkins-0 ran out of memory: 3 builds were interrupted"
            ),
            (
                .controllerOverload, .init(.pod, "jenkins-0"),
                "Jenkins controller jenkins-0 is overloaded: 3 builds were held up"
            ),
            (.stageTimeout, .init(.job, "team/app"), "team/app ran into its time limit: 3 builds were stopped"),
            (.buildFailure, .init(.job, "team/app"), "The build of team/app fails: 3 of 41 builds failed"),
            (.testFailure, .init(.job, "team/app"), "Tests of team/app fail: 3 of 41 builds failed"),
            (
                .pipelineDefinitionError, .init(.job, "team/app"),
                "The pipeline of team/app has an error: 3 of 41 builds failed"
            ),
            (
                .scmFailure, .init(.host, "git.example.com"),
                "Checkout from git.example.com fails: 3 of 41 builds failed"
            ),
            (
                .credentialFailure, .init(.credential, "git-token"),
                "Credential git-token is refused: 3 of 41 builds failed"
            ),
            (
                .credentialFailure, .init(.host, "git.example.com"),
                "git.example.com refuses the credential: 3 of 41 builds failed"
            ),
            (
                .dependencyDownloadFailure, .init(.host, "repo.example.com"),
                "Downloads from repo.example.com fail: 3 of 41 builds failed"
            ),
        ] as [(Cause, Hypothesis.Subject, String)])
    func `a cause of builds is told with the builds that it hit`(
        _ cause: Cause, _ subject: Hypothesis.Subject, _ headline: String
    ) {
        let diagnosis = Self.diagnosis(cause, subject, impact: Self.builds(3))
        #expect(Headline(diagnosis: diagnosis, alert: nil).text.english == headline)
    }

    @Test(
        arguments: [
            (Cause.dependencyFailure, .init(.service, "db"), "db fails: 12 of 412 traces of checkout fail"),
            (.latencyRegression, .init(.service, "cart"), "cart has become slow: 12 of 412 traces of checkout fail"),
            (
                .faultyInstance, .init(.pod, "cart-7"),
                "Pod cart-7 fails, its siblings do not: 12 of 412 traces of checkout fail"
            ),
            (.badDeploy, .init(.service, "checkout"), "The new version of checkout is bad: 12 of 412 traces fail"),
            (
                .resourceSaturation, .init(.service, "cart"),
                "cart has reached its resource limit: 12 of 412 traces of checkout fail"
            ),
            (
                .trafficSurge, .init(.service, "cart"),
                "cart gets far more traffic than before: 12 of 412 traces of checkout fail"
            ),
            (
                .dnsFailure, .init(.host, "db.internal"),
                "The name db.internal cannot be resolved: 12 of 412 traces of checkout fail"
            ),
            (
                .certificateExpired, .init(.host, "db.internal"),
                "The certificate of db.internal has expired: 12 of 412 traces of checkout fail"
            ),
            (.telemetryGap, .init(.service, "cart"), "cart sends no traces: 12 of 412 traces of checkout fail"),
        ] as [(Cause, Hypothesis.Subject, String)])
    func `a cause of services is told with the traces that fail`(
        _ cause: Cause, _ subject: Hypothesis.Subject, _ headline: String
    ) {
        let diagnosis = Self.diagnosis(cause, subject, impact: Self.failing)
        #expect(Headline(diagnosis: diagnosis, alert: nil).text.english == headline)
    }

    @Test(arguments: Cause.allCases)
    func `every cause has a headline, with and without a subject and an impact`(_ cause: Cause) {
        for kind in [Hypothesis.Subject.Kind.node, .pod, .host, .service, .none] {
            for name in ["", "x-1"] {
                for impact in [Impact(), Self.builds(1), Self.builds(2), Self.failing] {
                    let diagnosis = Self.diagnosis(cause, .init(kind, name), impact: impact)
                    let text = Headline(diagnosis: diagnosis, alert: nil).text.english
                    #expect(!text.isEmpty && !text.contains("  ") && !text.hasSuffix(" "))
                    if cause != .unknown { #expect(text.contains(name)) }
                }
            }
        }
        #expect(!cause.title.isEmpty)
    }

    @Test func `what is only likely or possible begins with what is known`() {
        let node = Hypothesis.Subject(.node, "aks-1")
        func text(_ confidence: Double, _ impact: Impact) -> String {
            let diagnosis = Self.diagnosis(.spotEviction, node, confidence: confidence, impact: impact)
            return Headline(diagnosis: diagnosis, alert: nil).text.english
        }
        #expect(
            text(0.89, Self.builds(3)) == "3 builds lost their agents, likely because spot node aks-1 was preempted")
        #expect(
            text(0.69, Self.builds(1)) == "team/app #1 lost its agent, possibly because spot node aks-1 was preempted")
        #expect(text(0.75, Impact()) == "Likely: spot node aks-1 was preempted")
        #expect(text(0.39, Self.builds(3)) == "3 of 41 builds failed; the cause is not in the evidence")
    }

    @Test func `without a cause the headline says so`() {
        let nothing = Hypothesis.Subject(.none, "")
        func text(_ impact: Impact, _ gaps: [Gap] = [], alert: AlertGroup? = UnexplainedIncidents.alert) -> String {
            Headline(diagnosis: Self.diagnosis(.unknown, nothing, impact: impact, gaps: gaps), alert: alert).text
                .english
        }
        #expect(text(Self.failing) == "12 of 412 traces of checkout fail; the cause is not in the evidence")
        #expect(
            text(Impact(traces: 1, failedTraces: 1))
                == "1 of 1 trace of checkout fails; the cause is not in the evidence")
        #expect(
            text(Impact(), [Gap(.traces, "x", isTotal: true)])
                == "An alert fired for checkout; the traces could not be read, so the cause is unknown")
        #expect(
            text(Impact()) == "An alert fired for checkout; there are no traces of that time, so the cause is unknown")
        #expect(
            text(Impact(traces: 80))
                == "An alert fired for checkout; none of 80 traces fails, the cause is not in the evidence")
        #expect(text(Impact(), alert: nil).hasPrefix("Nothing is known to be wrong with checkout; there are no traces"))
    }

    @Test func `builds that were only stopped are no failure without a cause`() {
        func text(_ builds: Impact.Builds, traces: Int = 6) -> String {
            let impact = Impact(traces: traces, builds: builds)
            let diagnosis = Self.diagnosis(.unknown, .init(.none, ""), impact: impact)
            return Headline(diagnosis: diagnosis, alert: UnexplainedIncidents.alert).text.english
        }
        #expect(
            text(.init(total: 6, failed: 0, stopped: 2))
                == "2 builds were stopped by people or newer builds; nothing else failed")
        #expect(text(.init(total: 6, failed: 0, stopped: 1)).hasPrefix("1 build was stopped by people"))
        #expect(
            text(.init(total: 6, failed: 0, stopped: 2, stoppedUnexplained: 1))
                == "2 builds ended aborted; nothing says by whom, and nothing else failed")
        #expect(text(.init(total: 6, failed: 0)).contains("none of 6 traces fails"))
    }

    @Test func `a preemption that no event tells is told as what was seen`() {
        func text(_ isInferred: Bool) -> String {
            var diagnosis = Self.diagnosis(.spotEviction, .init(.node, "aks-1"), impact: Self.builds(3))
            diagnosis.hypotheses = [
                Hypothesis(
                    cause: .spotEviction, subject: .init(.node, "aks-1"), confidence: 0.95, statement: "", evidence: [],
                    recommendations: [], isInferred: isInferred)
            ]
            return Headline(diagnosis: diagnosis, alert: nil).text.english
        }
        #expect(text(true) == "Spot node aks-1 went away (no event says why): 3 builds lost their agents")
        #expect(text(false) == "Spot node aks-1 was preempted: 3 builds lost their agents")
    }

    @Test func `counts stand with what they are counted of`() {
        func line(_ impact: Impact) -> String? {
            ImpactWording(Self.diagnosis(.spotEviction, .init(.node, "n"), impact: impact)).line?.english
        }
        #expect(line(Self.builds(3)) == "3 of 41 builds; the other 38 are healthy")
        #expect(line(Self.builds(40)) == "40 of 41 builds; the other one is healthy")
        #expect(line(Self.builds(3, of: 0)) == "3 builds")
        var others = Self.builds(3)
        others.failedTraces = 9
        #expect(line(others) == "3 of 41 builds", "the rest is not called healthy when more failed")
        #expect(line(Self.failing) == "12 of 412 traces (2.9 %)")
        #expect(line(Impact(traces: 12, failedTraces: 3)) == "3 of 12 traces")
        #expect(line(Impact()) == nil)
        #expect(
            line(
                Impact(affected: [.init(kind: .pod, name: "a", outcome: ""), .init(kind: .pod, name: "b", outcome: "")])
            )
                == "2 pods: a and b")
    }

    @Test func `builds that were lost are told with their time, and only the well are called healthy`() {
        var diagnosis = Self.diagnosis(.spotEviction, .init(.node, "n"), impact: Self.builds(3, of: 20))
        func line(_ builds: Impact.Builds) -> String? {
            diagnosis.impact.builds = builds
            return ImpactWording(diagnosis).line?.english
        }
        #expect(
            line(.init(total: 20, failed: 3, lost: .seconds(2280)))
                == "3 of 20 builds, 38 build minutes lost; the other 17 are healthy")
        #expect(line(.init(total: 20, failed: 3, lost: .seconds(9))) == "3 of 20 builds; the other 17 are healthy")
        #expect(
            line(.init(total: 20, failed: 3, stopped: 2, running: 1))
                == "3 of 20 builds; 14 are healthy, 2 were stopped on purpose, 1 has not ended")
        diagnosis.impact.affected.append(
            .init(kind: .build, name: "shop/slow", number: 9, outcome: Impact.Affected.slow, lost: .seconds(60)))
        #expect(
            line(.init(total: 20, failed: 3, slow: 1)) == "3 of 20 builds; 16 are healthy, 1 is slow")
        #expect(
            Headline(diagnosis: diagnosis, alert: nil).text.english
                == "Spot node n was preempted: 3 builds lost their agents")
    }

    @Test(arguments: [nil, 41, 161] as [Int?])
    func `a sample is never told as if it were all`(_ total: Int?) {
        var diagnosis = Self.diagnosis(.dependencyFailure, .init(.service, "db"), impact: Self.failing)
        func told() -> (headline: String, line: String?) {
            (Headline(diagnosis: diagnosis, alert: nil).text.english, ImpactWording(diagnosis).line?.english)
        }
        // Where the backend said how many there are, the impact counts them all.
        diagnosis.samplings = [Sampling(.traces, taken: 30, total: total), Sampling(.logs, taken: 9, total: nil)]
        diagnosis.impact.basis = total == nil ? .failuresFirst : .estimated(of: 412)
        let failing = total == nil ? "12 traces" : "12 of 412 traces"
        #expect(told().headline == "db fails: \(failing) of checkout fail")
        #expect(told().line == (total == nil ? "12 traces, of 412 looked at" : "12 of 412 traces (2.9 %)"))
        diagnosis.impact = Self.builds(3, of: 20)
        diagnosis.impact.basis = total == nil ? .failuresFirst : .all
        let builds = total == nil ? "3 builds, of 20 looked at" : "3 of 20 builds; the other 17 are healthy"
        #expect(told().headline == "db fails: \(total == nil ? "3 builds" : "3 of 20 builds") failed")
        #expect(told().line == builds)
    }

    @Test func `a hostile name cannot reorder or flood the headline`() {
        let name = "\u{202E}evil\u{1B}[2J " + String(repeating: "x", count: 5000)
        let text = Headline(diagnosis: Self.diagnosis(.nodeLost, .init(.node, name)), alert: nil).text.english
        #expect(text.hasPrefix("Node evil xxx") && text.hasSuffix("… was lost") && text.utf16.count < 90)
    }
}
