import Languages
import Telemetry
import Testing

@testable import RootCause

struct FaultyInstanceTests {
    private let pods = Fleet.four

    private func fleet(_ isBad: (Int) -> Bool, attributes: (Int) -> [String: AttributeValue] = { _ in [:] }) -> Fleet {
        Fleet.traffic { fleet, number, at in
            fleet.call(pods[number % 4], at: at, fails: at >= 20 && isBad(number), attributes(number))
        }
    }

    @Test func `one bad pod of four outranks its service, and says so in one sentence`() throws {
        let diagnosis = fleet { $0 % 4 == 2 }.story.diagnosis()
        #expect(diagnosis.verdict == "faulty-instance checkout-2")
        let first = try #require(diagnosis.hypotheses.first)
        #expect(first.confidence > 0.9)
        #expect(first.subject.kind == .pod)
        #expect(
            first.statement.english
                == "13 of 13 failures of `checkout` `POST /pay` come from pod `checkout-2`, which serves 13 of 49 calls, on node `node-0` (500)."
        )
        let service = diagnosis.hypotheses.first { $0.cause == .dependencyFailure }
        #expect(service.map { $0.confidence < first.confidence - 0.2 } ?? true)
        #expect(
            diagnosis.suspects.contains { $0.kind == .pod && $0.name == "checkout-2" && $0.service == "checkout" })
        #expect(diagnosis.suspects.contains { $0.kind == .service && $0.name == "checkout" })
    }

    @Test func `one slow pod of four outranks its service`() throws {
        let fleet = Fleet.traffic { fleet, number, at in
            let usual = 0.05 + Double(number * 7 % 10) * 0.001
            fleet.call(pods[number % 4], at: at, takes: at >= 20 && number % 4 == 1 ? usual * 6 : usual)
        }
        let diagnosis = fleet.story.diagnosis()
        #expect(diagnosis.verdict == "faulty-instance checkout-1")
        #expect(diagnosis.hypotheses.first?.statement.english.contains("slow calls of `checkout` `POST /pay`") == true)
    }

    @Test func `a pod that mostly fails among siblings that rarely do is still the one`() {
        #expect(
            fleet { $0 % 4 == 2 && $0 % 5 > 0 || $0 % 23 == 0 }.story.diagnosis().verdict
                == "faulty-instance checkout-2"
        )
    }

    @Test func `a service whose pods all fail alike is to blame as a whole`() {
        let diagnosis = fleet { $0 % 3 == 0 }.story.diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .faultyInstance || $0.cause == .badDeploy })
    }

    @Test func `the only pod of a service is never called faulty`() {
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(pods[0], at: at, fails: at >= 20 && number % 2 == 0)
        }
        #expect(fleet.story.diagnosis().verdict == "dependency-failure checkout")
    }

    @Test func `several bad pods of one node make the node a suspect and none of the pods a cause`() {
        let six = (0..<6).map { Fleet.Instance(pod: "checkout-\($0)", node: "node-\($0 % 3)") }
        let fleet = Fleet.traffic { fleet, number, at in
            fleet.call(six[number % 6], at: at, fails: at >= 20 && number % 3 == 1)
        }
        let diagnosis = fleet.story.diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout")
        #expect(!diagnosis.hypotheses.contains { $0.cause == .faultyInstance })
        #expect(diagnosis.suspects.contains { $0.kind == .node && $0.name == "node-1" })
        #expect(
            diagnosis.hypotheses.first?.evidence.contains { $0.text.english.contains("are on node `node-1`") } == true)
    }

    @Test func `a tenant whose calls fail is told with the service`() {
        let tenants = ["acme", "globex", "initech", "umbrella", "hooli"]
        let diagnosis = fleet({ $0 % 5 == 0 }, attributes: { ["tenant": .string(tenants[$0 % 5])] }).story.diagnosis()
        #expect(diagnosis.verdict == "dependency-failure checkout")
        #expect(
            diagnosis.hypotheses.first?.evidence.contains { $0.text.english.contains("have `tenant=acme`") } == true)
    }

    @Test func `what the kubelet says of the pod is told`() {
        var fleet = fleet { $0 % 4 == 2 }
        fleet.story.event("Unhealthy", "Pod", "checkout-2", at: 15, "Readiness probe failed")
        fleet.story.event("Unhealthy", "Pod", "checkout-1", at: 16, "Liveness probe failed")
        let texts = fleet.story.diagnosis().hypotheses.first?.evidence.map(\.text.english) ?? []
        #expect(texts.contains("Unhealthy: Readiness probe failed"))
        #expect(!texts.contains { $0.contains("Liveness") })
    }
}
