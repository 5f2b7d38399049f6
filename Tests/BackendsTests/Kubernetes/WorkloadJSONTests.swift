import Backends
import Telemetry
import Testing

struct WorkloadJSONTests {
    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: "2026-11-22T\(text)Z")) }

    private func workloads(_ items: [String]) throws -> [WorkloadState] {
        let body = #"{"apiVersion":"v1","kind":"List","items":[\#(items.joined(separator: ","))]}"#
        let list = try KubernetesJSON.workloads(from: Array(body.utf8))
        #expect(list.damaged.isEmpty)
        return list.items
    }

    private func template(_ image: String, restartedAt: String? = nil) -> String {
        let annotations = restartedAt.map { #""annotations":{"kubectl.kubernetes.io/restartedAt":"\#($0)"}"# } ?? ""
        return #"{"metadata":{\#(annotations)},"spec":{"containers":[{"name":"cart","image":"\#(image)"}]}}"#
    }

    private func replicaSet(
        _ name: String, _ created: String, _ revision: Int, _ template: String, history: String? = nil,
        cause: String = ""
    ) -> String {
        let former = history.map { #","deployment.kubernetes.io/revision-history":"\#($0)""# } ?? ""
        let reason = cause.isEmpty ? "" : #","kubernetes.io/change-cause":"\#(cause)""#
        return """
            {"kind":"ReplicaSet","metadata":{"name":"\(name)","namespace":"shop",
             "creationTimestamp":"2026-11-22T\(created)Z",
             "annotations":{"deployment.kubernetes.io/revision":"\(revision)"\(former)\(reason)},
             "ownerReferences":[{"kind":"Deployment","name":"cart","controller":true}]},
             "spec":{"replicas":2,"template":\(template)}}
            """
    }

    private func deployment(_ template: String, edits: String = "", conditions: String = "") -> String {
        """
        {"kind":"Deployment","metadata":{"name":"cart","namespace":"shop","creationTimestamp":"2026-11-22T08:00:00Z",
         "annotations":{"deployment.kubernetes.io/revision":"3"},"managedFields":[\(edits)]},
         "spec":{"replicas":3,"template":\(template)},
         "status":{"replicas":3,"readyReplicas":2,"updatedReplicas":1,"conditions":[\(conditions)]}}
        """
    }

    @Test func `a Deployment has the changes that its ReplicaSets remember`() throws {
        let workload = try #require(
            workloads([
                replicaSet("cart-c", "14:30:01", 3, template("cart:2", restartedAt: "2026-11-22T14:30:00Z")),
                deployment(
                    template("cart:2", restartedAt: "2026-11-22T14:30:00Z"),
                    edits: #"{"manager":"helm","time":"2026-11-22T12:00:00Z"},"#
                        + #"{"manager":"kubectl-rollout","time":"2026-11-22T14:30:00Z"},"#
                        + #"{"manager":"kube-controller-manager","subresource":"status","time":"2026-11-22T14:31:00Z"},"#
                        + #"{"manager":"kubectl","subresource":"scale","time":"2026-11-22T14:20:00Z"}"#,
                    conditions: #"{"type":"Available","status":"True","reason":"MinimumReplicasAvailable"}"#),
                replicaSet("cart-a", "08:00:00", 1, template("cart:1")),
                replicaSet("cart-b", "12:00:01", 2, template("cart:2"), cause: "release 2"),
                // Another's.
                #"{"kind":"ReplicaSet","metadata":{"name":"x-1","namespace":"shop"},"spec":{}}"#,
            ]).first)
        #expect(workload.name == "cart")
        #expect(workload.images == ["cart": "cart:2"])
        #expect([workload.replicasWanted, workload.replicasReady, workload.replicasUpdated] == [3, 2, 1])
        #expect(workload.conditions.map(\.type) == ["Available"])
        #expect(
            try workload.changes == [
                .init(
                    at: time("08:00:00"), kind: .creation, revision: 1, revisionName: "cart-a",
                    images: ["cart": "cart:1"]),
                .init(
                    at: time("12:00:01"), kind: .rollout, revision: 2, revisionName: "cart-b",
                    images: ["cart": "cart:2"], previousImages: ["cart": "cart:1"], cause: "release 2", actor: "helm"),
                .init(at: time("14:20:00"), kind: .scaling, actor: "kubectl"),
                .init(
                    at: time("14:30:01"), kind: .restart, revision: 3, revisionName: "cart-c",
                    images: ["cart": "cart:2"], previousImages: ["cart": "cart:2"], actor: "kubectl-rollout"),
            ])
    }

    @Test(arguments: [
        (#"{"manager":"kubectl-rollout","time":"2026-11-22T14:30:00Z"}"#, ""),
        ("", #"{"type":"Progressing","status":"True","lastUpdateTime":"2026-11-22T14:30:00Z"}"#),
    ])
    func `a return to an older template is a change of its own`(edits: String, conditions: String) throws {
        let workload = try #require(
            workloads([
                deployment(template("cart:1"), edits: edits, conditions: conditions),
                replicaSet("cart-a", "08:00:00", 3, template("cart:1"), history: "1"),
                replicaSet("cart-b", "14:00:00", 2, template("cart:2")),
            ]).first)
        #expect(workload.changes.map(\.kind) == [.creation, .rollout, .rollback])
        #expect(workload.changes.map(\.revision) == [1, 2, 3])
        #expect(try workload.changes.last?.at == time("14:30:00"))
        #expect(workload.changes.last?.previousImages == ["cart": "cart:2"])
        #expect(workload.changes.last?.images == ["cart": "cart:1"])
    }

    @Test func `when a return cannot be dated, none is made up`() throws {
        let workload = try #require(
            workloads([
                deployment(template("cart:1")), replicaSet("cart-a", "08:00:00", 3, template("cart:1"), history: "1"),
                replicaSet("cart-b", "14:00:00", 2, template("cart:2")),
            ]).first)
        #expect(workload.changes.map(\.kind) == [.creation, .rollout])
    }

    @Test(arguments: ["StatefulSet", "DaemonSet"])
    func `a set has the changes that its ControllerRevisions remember`(kind: String) throws {
        func revision(_ name: String, _ created: String, _ number: Int, _ image: String) -> String {
            """
            {"kind":"ControllerRevision","metadata":{"name":"\(name)","namespace":"ci",
             "creationTimestamp":"2026-11-22T\(created)Z","ownerReferences":[{"kind":"\(kind)","name":"jenkins"}]},
             "revision":\(number),"data":{"spec":{"template":{"$patch":"replace","spec":{"containers":[
              {"name":"jenkins","image":"\(image)"}]}}}}}
            """
        }
        let workload = try #require(
            workloads([
                revision("jenkins-b", "14:00:00", 2, "jenkins:2.555"),
                """
                {"kind":"\(kind)","metadata":{"name":"jenkins","namespace":"ci",
                 "creationTimestamp":"2026-11-01T08:00:00Z"},"spec":{"replicas":1,"template":{"spec":{"containers":[
                 {"name":"jenkins","image":"jenkins:2.555"}]}}},
                 "status":{"readyReplicas":0,"desiredNumberScheduled":1,"numberReady":0,"updatedNumberScheduled":1,
                 "updatedReplicas":1}}
                """,
                revision("jenkins-a", "09:00:00", 1, "jenkins:2.541"),
            ]).first)
        #expect(workload.kind == kind)
        #expect([workload.replicasWanted, workload.replicasReady, workload.replicasUpdated] == [1, 0, 1])
        #expect(workload.changes.map(\.revisionName) == ["jenkins-a", "jenkins-b"])
        // The first one that is remembered is not the first one that there was.
        #expect(workload.changes.map(\.kind) == [.rollout, .rollout])
        #expect(workload.changes.last?.previousImages == ["jenkins": "jenkins:2.541"])
    }

    @Test func `a pod has its containers, what they wait for and ask for, its times and its owner`() throws {
        let body = """
            {"kind":"Pod","metadata":{"name":"p","namespace":"ci","creationTimestamp":"2026-11-22T14:00:00Z",
              "deletionTimestamp":"2026-11-22T14:29:41Z",
              "ownerReferences":[{"kind":"Other","name":"o"},{"kind":"ReplicaSet","name":"p-1","controller":true}]},
             "spec":{"initContainers":[{"name":"init","image":"busybox"}],"containers":[
              {"name":"jnlp","image":"inbound-agent:1"},
              {"name":"maven","image":"maven:3","resources":{"requests":{"cpu":1},"limits":{"memory":"512Mi","cpu":0.5}}}]},
             "status":{"phase":"Pending","containerStatuses":[
              {"name":"maven","ready":false,"restartCount":2,"image":"docker.io/library/maven:3",
               "state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off"}}},
              {"name":"jnlp","ready":true,"restartCount":0,"state":{"running":{}}}]}}
            """
        let pod = try #require(KubernetesJSON.pods(from: Array(body.utf8)).items.first)
        #expect(
            pod.containers == [
                .init(name: "init", image: "busybox", preparesPod: true),
                .init(name: "jnlp", image: "inbound-agent:1", isReady: true),
                .init(
                    name: "maven", image: "maven:3", waitingReason: "ImagePullBackOff", waitingMessage: "Back-off",
                    restarts: 2, requests: ["cpu": "1"], limits: ["memory": "512Mi", "cpu": "0.5"]),
            ])
        #expect(try pod.createdAt == time("14:00:00"))
        #expect(try pod.deletionAt == time("14:29:41"))
        #expect(pod.owner == ObjectOwner(kind: "ReplicaSet", name: "p-1"))
    }

    @Test func `a node tells when it was made and whether it is closed`() throws {
        let body = """
            {"items":[{"metadata":{"name":"a","creationTimestamp":"2026-11-22T14:00:00Z"},
             "spec":{"unschedulable":true}},{"metadata":{"name":"b"}}]}
            """
        let nodes = try KubernetesJSON.nodes(from: Array(body.utf8)).items
        #expect(nodes.map(\.isUnschedulable) == [true, false])
        #expect(try nodes.map(\.createdAt) == [time("14:00:00"), nil])
    }
}
