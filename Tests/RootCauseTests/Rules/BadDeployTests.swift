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
            first.statement
                == "19 of 19 failures of `checkout` `POST /pay` come from version `1.1`, which serves 27 of 53 calls, first seen at 22:13:32 UTC."
        )
        #expect(!diagnosis.hypotheses.contains { $0.cause == .faultyInstance })
        #expect(first.recommendations.first?.contains("rollout undo") == true)
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
        #expect(old.evidence.contains { $0.text.contains("ran before as well") })
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
        let texts = fleet.story.diagnosis().hypotheses.first?.evidence.map(\.text) ?? []
        #expect(texts.contains("ScalingReplicaSet: Scaled up replica set checkout-7d9f to 2"))
        #expect(!texts.contains { $0.contains("8e1a") })
    }
}
