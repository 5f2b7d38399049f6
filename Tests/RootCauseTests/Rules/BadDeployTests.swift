import Languages
import Telemetry
import Testing

@testable import RootCause

struct BadDeployTests {
    private let pods = Fleet.four

    /// From 10 s on, pods 2 and 3 are replaced by pods of version 1.1.
    private func rollout(_ fails: (Int, Double, Bool) -> Bool) -> Fleet {
        Fleet.traffic { fleet, number, at in
            let isNew = at >= 10 && number % 4 >= 2
            let pod =
                isNew
                ? Fleet.Instance(pod: "checkout-new-\(number % 4)", node: "node-\(number % 2)", version: "1.1")
                : pods[number % 4]
            fleet.call(pod, at: at, fails: fails(number, at, isNew))
        }
    }

    @Test func `a new version that fails beside the old one is the cause, with its first appearance`() throws {
        let diagnosis = rollout { number, _, isNew in isNew && number % 3 > 0 }.story.diagnosis()
        #expect(diagnosis.verdict == "bad-deploy checkout")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.confidence > 0.9)
        #expect(
            first.statement.english
                == "19 of 19 failures of `checkout` `POST /pay` come from version `1.1`, which serves 27 of 53 calls, first seen at 22:13:32 UTC (500)."
        )
        #expect(!diagnosis.hypotheses.contains { $0.cause == .faultyInstance })
        #expect(first.recommendations.first?.english.contains("rollout undo") == true)
    }

    @Test func `a version that ran before is less likely to be the cause`() throws {
        func fleet(since: Double) -> Fleet {
            Fleet.traffic { fleet, number, at in
                let isNew = number % 4 >= 2 && at >= since
                let pod =
                    isNew
                    ? Fleet.Instance(pod: "checkout-new-\(number % 4)", node: "node-\(number % 2)", version: "1.1")
                    : pods[number % 4]
                fleet.call(pod, at: at, fails: at >= 60 && isNew && number % 3 > 0)
            }
        }
        let old = try #require(fleet(since: -600).story.diagnosis().hypotheses.first { $0.cause == .badDeploy })
        let new = try #require(fleet(since: 10).story.diagnosis().hypotheses.first { $0.cause == .badDeploy })
        #expect(old.confidence < new.confidence - 0.1)
        #expect(old.evidence.contains { $0.text.english.contains("ran before as well") })
    }

    @Test func `a rollout beside a dependency that fails for every version is innocent`() {
        let diagnosis = rollout { number, at, _ in at >= 20 && number % 3 == 0 }.story.diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .badDeploy })
    }

    @Test func `a caller's new version takes the blame from what it calls`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let isNew = at >= 10 && number % 3 == 0
            let web = Fleet.Instance(
                service: "web", pod: isNew ? "web-new" : "web-\(number % 3)", node: "node-9",
                version: isNew ? "8.1" : "8.0")
            fleet.call(pods[number / 3 % 4], from: web, at: at, fails: isNew)
        }
        #expect(fleet.story.diagnosis().verdict == "bad-deploy web")
    }

    @Test func `what the deployment's controller said is told`() {
        var fleet = rollout { number, _, isNew in isNew && number % 3 > 0 }
        fleet.story.event(
            "ScalingReplicaSet", "Deployment", "checkout", at: 2, "Scaled up replica set checkout-7d9f to 2",
            type: "Normal")
        fleet.story.event(
            "ScalingReplicaSet", "Deployment", "checkout", at: 90, "Scaled up replica set checkout-8e1a to 2",
            type: "Normal")
        let texts = fleet.story.diagnosis().hypotheses.first?.evidence.map(\.text.english) ?? []
        #expect(texts.contains("ScalingReplicaSet: Scaled up replica set checkout-7d9f to 2"))
        #expect(!texts.contains { $0.contains("8e1a") })
    }

    /// At 30 s, all pods are replaced; every second call fails from `failsFrom` on.
    private func replacement(failsFrom: Double, version: String = "1.1") -> Fleet {
        Fleet.traffic { fleet, number, at in
            let isNew = at >= 30
            let pod = Fleet.Instance(
                pod: "checkout-\(isNew ? "new" : "old")-\(number % 4)", version: isNew ? version : "1.0")
            fleet.call(pod, at: at, fails: at >= failsFrom && number % 3 != 0)
        }
    }

    @Test func `a service that began to fail when a new version took over is told so`() throws {
        let diagnosis = replacement(failsFrom: 35).story.diagnosis()
        #expect(diagnosis.verdict == "bad-deploy checkout")
        #expect(
            diagnosis.hypotheses.first?.statement.english
                == "`checkout` goes wrong since 22:13:57 UTC; version `1.1` took over from `1.0` at 22:13:50 UTC.")
        #expect(diagnosis.hypotheses.contains { $0.cause == .dependencyFailure })
    }

    @Test func `a service that failed before the rollout, or whose pods changed and not their version, is not`() {
        for fleet in [replacement(failsFrom: 4), replacement(failsFrom: 35, version: "1.0")] {
            let diagnosis = fleet.story.diagnosis()
            #expect(diagnosis.verdict == "dependency-failure checkout")
            #expect(!diagnosis.hypotheses.contains { $0.cause == .badDeploy })
        }
    }

    @Test func `the rollout of a caller does not explain what fails below it`() {
        let fleet = Fleet.traffic { fleet, number, at in
            let web = Fleet.Instance(
                service: "web", pod: at >= 30 ? "web-new" : "web-old", node: "node-9", version: at >= 30 ? "8.1" : "8.0"
            )
            fleet.call(pods[number % 4], from: web, at: at, fails: at >= 35 && number % 3 != 0)
        }
        #expect(fleet.story.diagnosis().verdict == "dependency-failure checkout")
    }
}
