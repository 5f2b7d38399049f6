import Telemetry
import Testing

@testable import RootCause

/// Where the trouble of a service comes from, by what is told beside its spans.
struct ServiceCauseTests {
    private let pods = Fleet.four

    private func fleet(fails: (Int, Double) -> Bool) -> Fleet {
        Fleet.traffic { fleet, number, at in fleet.call(pods[number % 4], at: at, fails: fails(number, at)) }
    }

    /// The same with resources that name nothing but the service.
    private func withoutPlaces(_ story: Story) -> Story {
        var bare = story
        bare.spans = story.spans.map { span in
            Span(
                traceID: span.traceID, id: span.id, parentID: span.parentID, name: span.name, kind: span.kind,
                start: span.start, end: span.end, status: span.status, attributes: span.attributes,
                resource: ["service.name": .string(span.service)], events: span.events)
        }
        return bare
    }

    @Test func `a pod that only its log lines name is found`() {
        let whole = fleet { number, at in at >= 20 && number % 4 == 2 }.story
        var story = withoutPlaces(whole)
        #expect(story.diagnosis().verdict == "dependency-failure checkout")
        for span in whole.spans where span.kind == .server && span.service == "checkout" {
            story.logs.append(
                LogEntry(
                    at: span.end, line: "answered", labels: ["service_name": "checkout"],
                    metadata: [
                        "trace_id": span.traceID.description, "span_id": span.id.description,
                        "pod": span.resource.text("k8s.pod.name") ?? "",
                    ]))
        }
        #expect(story.diagnosis().verdict == "faulty-instance checkout-2")
    }

    @Test(arguments: [
        ("checkout-7d9f8c6b5-x2x4p", "checkout-7d9f8c6b5"),
        ("ts-order-service-6d5f7b9c8-x2x4p", "ts-order-service-6d5f7b9c8"),
        ("jenkins-0", nil), ("checkout-7d9f8c6b5", nil), ("maven-agent-x2x4p", nil), ("7d9f8c6b5-x2x4p", nil),
    ])
    func `the ReplicaSet is told by the name of its pod`(_ pod: String, set: String?) {
        #expect(PodNames.replicaSet(ofPod: pod) == set)
    }

    @Test func `a new ReplicaSet tells of a rollout where no span names a version`() {
        var fleet = Fleet.traffic { fleet, number, at in
            let isNew = at >= 10
            let pod = isNew ? "checkout-8c7d6b5f4-bbbb\(number % 2 + 4)" : "checkout-7d9f8c6b5-cccc\(number % 2 + 4)"
            fleet.call(Fleet.Instance(pod: pod), at: at, fails: isNew && number % 3 > 0)
        }
        fleet.story.spans = fleet.story.spans.map { span in
            Span(
                traceID: span.traceID, id: span.id, parentID: span.parentID, name: span.name, kind: span.kind,
                start: span.start, end: span.end, status: span.status, attributes: span.attributes,
                resource: Attributes(
                    span.resource.filter { $0.name != "service.version" }.map { ($0.name, $0.value) }),
                events: span.events)
        }
        #expect(fleet.story.diagnosis().verdict == "bad-deploy checkout")
    }

    @Test(arguments: [
        (["peer.service=a", "server.address=b"], "a"),
        (["rpc.service=shop.Stock", "server.address=10.0.0.7"], "stock"),
        (["rpc.service=shop.Other", "server.address=other"], "other"),
        (["rpc.service=shop.Other", "server.address=10.0.0.7"], "shop.Other"),
        (["server.address=stock.shop.svc.cluster.local"], "stock"),
        (["server.address=api.example.com"], "api.example.com"),
        (["net.peer.name=10.0.0.7", "db.system=redis"], "10.0.0.7"), (["db.system=redis"], "redis"), ([], nil),
    ])
    func `a call is made to whom its span names`(_ attributes: [String], name: String?) {
        let pairs = attributes.map { $0.split(separator: "=").map(String.init) }
        let peer = Peer.name(
            Attributes(pairs.map { ($0[0], .string($0[1])) }), servers: ["shop.Stock": "stock"])
        #expect(peer == name)
    }

    /// `web` calls `pay`, which takes 150 ms and sends no spans unless it answers.
    private func calls(every seconds: Double = 4, _ call: (inout Story, Story.Handle, Double) -> Void) -> Story {
        var story = Story()
        for at in stride(from: -600.0, to: 118, by: seconds) {
            let root = story.span("web", "GET /", kind: .server, at: at, takes: 1.6)
            call(&story, root, at)
        }
        return story
    }

    private func failed(_ type: String, _ message: String, at: Double) -> Span.Event {
        Span.Event(
            at: Story.at(at), name: "exception",
            attributes: ["exception.type": .string(type), "exception.message": .string(message)])
    }

    @Test func `a host that sends no spans is blamed for slow calls to it`() {
        let story = calls { story, root, at in
            story.span(
                "web", "GET", under: root, kind: .client, at: at + 0.01,
                takes: (at < 20 ? 0.15 : 1.2) + Double(Int(at) % 7) * 0.003,
                attributes: ["server.address": .string("api.example.com")])
        }
        #expect(story.diagnosis().verdict == "latency-regression api.example.com")
    }

    @Test func `a caller that gives up before the usual time is over has itself to blame`() {
        func story(patience: Double, work: Double) -> Story {
            calls { story, root, at in
                let isLate = at >= 20
                let work = (isLate ? work : 0.15) + Double(Int(at) % 7) * 0.001
                let isGivenUp = isLate && work > patience
                let client = story.span(
                    "web", "POST", under: root, kind: .client, at: at + 0.01, takes: isGivenUp ? patience : work,
                    status: isGivenUp ? .error(message: "deadline exceeded") : .unset)
                story.span("pay", "POST /pay", under: client, kind: .server, at: at + 0.01, takes: work)
            }
        }
        #expect(story(patience: 0.12, work: 0.15).diagnosis().hypotheses.first?.subject.name == "web")
        #expect(story(patience: 1, work: 1.4).diagnosis().hypotheses.first?.subject.name == "pay")
    }

    @Test func `a service whose own pool is empty is saturated, however often it said so`() {
        func story(_ message: String) -> Story {
            calls { story, root, at in
                let isBad = at >= 20
                let client = story.span(
                    "web", "POST", under: root, kind: .client, at: at + 0.01, takes: 0.2,
                    status: isBad ? .error(message: "500") : .unset)
                story.span(
                    "pay", "POST /pay", under: client, kind: .server, at: at + 0.02, takes: 0.18,
                    status: isBad ? .error(message: message) : .unset,
                    events: isBad ? [failed("java.sql.SQLTransientConnectionException", message, at: at + 0.1)] : [])
            }
        }
        #expect(
            story("HikariPool-1 - Connection is not available, request timed out after 30000ms.").diagnosis().verdict
                == "resource-saturation pay")
        #expect(story("no calendar for this week").diagnosis().verdict == "dependency-failure pay")
    }

    @Test func `pods that were killed for their memory say why their service fails`() {
        var story = fleet { number, at in at >= 20 && number % 3 == 0 }.story
        #expect(story.diagnosis().verdict == "dependency-failure checkout")
        story.pods = pods.map { pod in
            PodState(
                name: pod.pod, namespace: "shop", node: pod.node, restarts: 4,
                terminations: [
                    .init(container: "checkout", reason: "OOMKilled", exitCode: 137, finishedAt: Story.at(60))
                ])
        }
        #expect(story.diagnosis().verdict == "resource-saturation checkout")
    }

    @Test func `a node that is gone explains the services whose pods ran on it`() {
        func story(notReady: Double) -> Story {
            var story = Fleet.traffic { fleet, number, at in
                let service = number % 2 == 0 ? "checkout" : "stock"
                let onNode = number / 2 % 3
                fleet.call(
                    Fleet.Instance(service: service, pod: "\(service)-\(onNode)", node: "node-\(onNode)"), at: at,
                    fails: at >= 20 && onNode == 1)
            }.story
            for number in 0..<3 { story.node("node-\(number)", ready: number != 1 || notReady > 120) }
            story.event("NodeNotReady", "Node", "node-1", at: notReady)
            return story
        }
        #expect(story(notReady: 60).diagnosis().verdict == "node-lost node-1")
        #expect(story(notReady: -400).diagnosis().hypotheses.first?.cause != .nodeLost)
    }
}
