import Languages
import Telemetry
import TestSupport
import Testing

@testable import Backends

struct ClusterCollectorTests: CollectorExample {
    @Test func `without a namespace the whole cluster is asked, once`() async {
        let lists = Notebook<String>()
        let cluster = ScriptedCluster(
            onEvents: { (namespace, _) throws(BackendError) in
                lists.note("events \(namespace ?? "*")")
                return []
            },
            onPods: { (namespace) throws(BackendError) in
                lists.note("pods \(namespace ?? "*")")
                return []
            })
        _ = await Collector(traces: nil, logs: nil, cluster: cluster).collect(request())
        #expect(lists.all.sorted() == ["events *", "pods *"])
    }

    @Test func `a missing permission for one kind leaves the others`() async {
        let cluster = ScriptedCluster(
            onNodes: { () throws(BackendError) in
                throw .refused(
                    .init("Kubernetes", "list nodes"), status: 403, reason: "nodes is forbidden", retryAfter: nil)
            })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster).collect(request())
        #expect(evidence.wasFetched(.events))
        #expect(evidence.wasFetched(.pods))
        #expect(!evidence.wasFetched(.nodes))
        #expect(evidence.gaps.contains { $0.source == .nodes && $0.reason.english.contains("nodes is forbidden") })
    }

    @Test func `a cluster is not asked about the past without a word`() async {
        let later = window.end + .seconds(7200)
        let evidence = await Collector(traces: nil, logs: nil, cluster: ScriptedCluster()).collect(request(now: later))
        let words = evidence.gaps.filter { !$0.isTotal }.map(\.reason.english)
        #expect(
            words == [
                "Kubernetes forgets events after an hour, and the time in question is longer ago",
                "pods are as they are now, not as they were then", "nodes are as they are now, not as they were then",
            ])
        let soon = await Collector(traces: nil, logs: nil, cluster: ScriptedCluster())
            .collect(request(now: window.end + .seconds(60)))
        #expect(soon.gaps.filter { !$0.isTotal }.isEmpty)
    }

    @Test func `an event that two lists have counts once, and too many are cut to the telling ones`() async {
        func event(_ number: Int, _ type: String) -> ClusterEvent {
            ClusterEvent(
                at: Timestamp(seconds: 3000 + Int64(number)), reason: "R", message: "\(number)", type: type,
                object: .init(kind: "Pod", namespace: "a", name: "p"))
        }
        let events = (0..<10).map { event($0, $0 == 7 ? "Warning" : "Normal") }
        let cluster = ScriptedCluster(onEvents: { (_, _) in events.reversed() })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster, budget: Budget(clusterObjects: 3))
            .collect(request(Scope(namespaces: ["a", "b"])))
        #expect(evidence.events.map(\.message) == ["0", "1", "7"])
        #expect(
            evidence.gaps.map(\.inEnglish).contains(
                Gap.saying(.events, "7 of 10 events were left out: 3 are looked at", isTotal: false)))
    }

    @Test func `workloads come with the pods, and failing they are a part of the pods' gap`() async {
        let cart = WorkloadState(kind: "Deployment", name: "cart", namespace: "a")
        let places = Notebook<String>()
        let cluster = ScriptedCluster(onWorkloads: { (namespace) throws(BackendError) in
            places.note(namespace ?? "*")
            guard namespace == "a" else {
                throw .refused(
                    .init("Kubernetes", "list workloads"), status: 403, reason: "forbidden", retryAfter: nil)
            }
            return ClusterList(items: [cart, cart], shortfalls: ["one could not be read"])
        })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster)
            .collect(request(Scope(namespaces: ["a", "b"])))
        #expect(evidence.workloads == [cart])
        #expect(places.all.sorted() == ["a", "b"])
        #expect(evidence.wasFetched(.pods))
        #expect(
            evidence.gaps.filter { $0.source == .pods }.map(\.inEnglish) == [
                Gap.saying(.pods, "Kubernetes answered 403: forbidden (missing: workloads of b)", isTotal: false),
                Gap.saying(.pods, "one could not be read", isTotal: false),
            ])
    }

    @Test func `pods that were not fetched are missing although their workloads are there`() async {
        let cluster = ScriptedCluster(
            onPods: { (_) throws(BackendError) in
                throw .refused(.init("Kubernetes", "list pods"), status: 403, reason: "forbidden", retryAfter: nil)
            },
            onWorkloads: { _ in
                ClusterList(items: [WorkloadState(kind: "Deployment", name: "cart", namespace: "a")])
            })
        let evidence = await Collector(traces: nil, logs: nil, cluster: cluster).collect(request())
        #expect(evidence.workloads.count == 1)
        #expect(!evidence.wasFetched(.pods))
    }
}
