import Backends
import Telemetry
import Testing

struct KubernetesJSONTests {
    private func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test func `an event of the older API has its times and count in the open`() throws {
        let body = """
            {"apiVersion":"v1","kind":"List","items":[{
              "metadata":{"name":"maven-x7k2p.17a","namespace":"jenkins","creationTimestamp":"2026-11-22T14:30:05Z"},
              "involvedObject":{"kind":"Pod","namespace":"jenkins","name":"maven-x7k2p"},
              "reason":"BackOff","message":"Back-off pulling image","type":"Warning","count":7,
              "firstTimestamp":"2026-11-22T14:29:41Z","lastTimestamp":"2026-11-22T14:35:00Z","eventTime":null,
              "source":{"component":"kubelet","host":"aks-spot-3"},"reportingComponent":"","reportingInstance":""}]}
            """
        let events = try KubernetesJSON.events(from: Array(body.utf8)).items
        #expect(
            try events == [
                ClusterEvent(
                    at: time("2026-11-22T14:29:41Z"), lastSeen: time("2026-11-22T14:35:00Z"), reason: "BackOff",
                    message: "Back-off pulling image", type: "Warning",
                    object: .init(kind: "Pod", namespace: "jenkins", name: "maven-x7k2p"), count: 7,
                    reporter: "kubelet")
            ])
    }

    @Test func `an event of the newer API, seen through the older one, has its times elsewhere`() throws {
        let body = """
            {"kind":"EventList","items":[{
              "metadata":{"name":"e","namespace":"jenkins"},
              "involvedObject":{"kind":"Pod","namespace":"jenkins","name":"maven-x7k2p"},
              "reason":"FailedScheduling","message":"0/3 nodes are available","type":"Warning",
              "firstTimestamp":null,"lastTimestamp":null,"eventTime":"2026-11-22T14:29:41.123456Z",
              "series":{"count":12,"lastObservedTime":"2026-11-22T14:33:00.000001Z"},"source":{},
              "reportingComponent":"default-scheduler"}]}
            """
        let event = try #require(KubernetesJSON.events(from: Array(body.utf8)).items.first)
        #expect(try event.at == time("2026-11-22T14:29:41.123456Z"))
        #expect(try event.lastSeen == time("2026-11-22T14:33:00.000001Z"))
        #expect(event.count == 12)
        #expect(event.reporter == "default-scheduler")
    }

    @Test func `events.k8s.io calls the same fields by other names`() throws {
        let body = """
            {"kind":"EventList","apiVersion":"events.k8s.io/v1","items":[{
              "metadata":{"name":"e","namespace":"default"},"regarding":{"kind":"Node","name":"aks-spot-3"},
              "reason":"PreemptScheduled","note":"Preempt Scheduled: 30 s","type":"Warning","eventTime":null,
              "deprecatedFirstTimestamp":"2026-11-22T14:29:41Z","deprecatedLastTimestamp":"2026-11-22T14:29:58Z",
              "deprecatedCount":2,"deprecatedSource":{"component":"node-problem-detector"}}]}
            """
        let event = try #require(KubernetesJSON.events(from: Array(body.utf8)).items.first)
        #expect(event.message == "Preempt Scheduled: 30 s")
        #expect(event.count == 2)
        #expect(event.reporter == "node-problem-detector")
        #expect(try event.lastSeen == time("2026-11-22T14:29:58Z"))
        // The event is stored in `default`, its node in no namespace.
        #expect(event.object == .init(kind: "Node", namespace: "", name: "aks-spot-3"))
    }

    @Test func `an event without any time is left out and named, the others stay`() throws {
        let body = """
            {"kind":"List","items":[{"metadata":{"name":"a"},"reason":"Killing"},
             {"metadata":{"name":"b","creationTimestamp":"2026-11-22T14:29:41Z"},"reason":"Killing"}, 3]}
            """
        let list = try KubernetesJSON.events(from: Array(body.utf8))
        #expect(list.items.map(\.reason) == ["Killing"])
        #expect(list.damaged.count == 2)
        #expect(list.damaged[0].contains("without any time"))
    }

    @Test func `a pod has its node, restarts and how its containers ended`() throws {
        let body = """
            {"kind":"Pod","metadata":{"name":"jenkins-0","namespace":"jenkins","labels":{"app":"jenkins"},
              "annotations":{"runUrl":"job/a/1"}},
             "spec":{"nodeName":"aks-1"},
             "status":{"phase":"Running","containerStatuses":[
               {"name":"jenkins","restartCount":2,"state":{"running":{"startedAt":"2026-11-22T14:31:00Z"}},
                "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-22T14:30:58Z"}}},
               {"name":"sidecar","restartCount":1,"state":{"terminated":{"exitCode":1,"reason":"Error",
                "finishedAt":null}}}],
              "initContainerStatuses":[{"name":"init","restartCount":3,"state":{}}]}}
            """
        let pod = try #require(KubernetesJSON.pods(from: Array(body.utf8)).items.first)
        #expect(pod.node == "aks-1")
        #expect(pod.restarts == 6)
        #expect(pod.labels == ["app": "jenkins"])
        #expect(pod.annotations == ["runUrl": "job/a/1"])
        #expect(
            try pod.terminations == [
                .init(
                    container: "jenkins", reason: "OOMKilled", exitCode: 137,
                    finishedAt: time("2026-11-22T14:30:58Z")),
                .init(container: "sidecar", reason: "Error", exitCode: 1, finishedAt: nil),
            ])
        #expect(pod.reason.isEmpty)
    }

    @Test(arguments: [
        (#""phase":"Failed","reason":"Evicted","message":"low on memory""#, "Evicted", "low on memory"),
        (
            #""phase":"Pending","containerStatuses":[{"name":"a","state":{"waiting":{"reason":"ImagePullBackOff","message":"m"}}}]"#,
            "ImagePullBackOff", "m"
        ),
        (
            #""phase":"Pending","containerStatuses":[{"name":"a","state":{"waiting":{"reason":"ContainerCreating"}}}]"#,
            "", ""
        ),
        (
            #""phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3"}]"#,
            "Unschedulable", "0/3"
        ),
        (
            #""phase":"Failed","conditions":[{"type":"DisruptionTarget","status":"True","reason":"DeletionByTaintManager","message":"t"}]"#,
            "DeletionByTaintManager", "t"
        ),
    ])
    func `a pod's reason is what kubectl would show`(status: String, reason: String, message: String) throws {
        let body = #"{"items":[{"metadata":{"name":"p","namespace":"n"},"status":{\#(status)}}]}"#
        let pod = try #require(KubernetesJSON.pods(from: Array(body.utf8)).items.first)
        #expect(pod.reason == reason)
        #expect(pod.message == message)
    }

    @Test func `a node has its taints as kubectl describes them and its conditions with their times`() throws {
        let body = """
            {"kind":"NodeList","items":[{"metadata":{"name":"aks-spot-3",
              "labels":{"kubernetes.azure.com/scalesetpriority":"spot"}},
             "spec":{"providerID":"azure:///subscriptions/0/virtualMachines/3",
                     "taints":[{"key":"kubernetes.azure.com/scalesetpriority","value":"spot","effect":"NoSchedule"},
                               {"key":"node.kubernetes.io/unreachable","effect":"NoExecute"}]},
             "status":{"conditions":[{"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown",
               "message":"Kubelet stopped posting node status.","lastTransitionTime":"2026-11-22T14:29:58Z"}]}}]}
            """
        let node = try #require(KubernetesJSON.nodes(from: Array(body.utf8)).items.first)
        #expect(node.isSpot)
        #expect(node.providerID == "azure:///subscriptions/0/virtualMachines/3")
        #expect(
            node.taints == [
                "kubernetes.azure.com/scalesetpriority=spot:NoSchedule", "node.kubernetes.io/unreachable:NoExecute",
            ])
        #expect(try node.conditions.map(\.since) == [time("2026-11-22T14:29:58Z")])
    }

    @Test(arguments: [#"{"kind":"List","items":[]}"#, #"{"kind":"EventList","items":null}"#, #"{"items":[]}"#, "[]"])
    func `a list without elements is empty`(body: String) throws {
        #expect(try KubernetesJSON.events(from: Array(body.utf8)).items.isEmpty)
    }

    @Test(arguments: [
        ("{}", "items"), (#"{"kind":"Status","message":"events is forbidden"}"#, "events is forbidden"),
        (#"{"items":7}"#, "items has the wrong type"), ("<html>", "not valid JSON"), ("", "not valid JSON"),
    ])
    func `what is no list is not taken for an empty one`(body: String, words: String) {
        let error = #expect(throws: BackendError.self) { try KubernetesJSON.events(from: Array(body.utf8)) }
        #expect("\(String(describing: error))".contains(words))
    }

    @Test(arguments: [Int64.max, .min, 2_147_483_648, -2_147_483_649])
    func `counts at the ends of their range are brought into Kubernetes' own`(number: Int64) throws {
        let status = #"{"name":"c","restartCount":\#(number),"state":{"terminated":{"exitCode":\#(number)}}}"#
        let statuses = Array(repeating: status, count: 3).joined(separator: ",")
        let pods = try KubernetesJSON.pods(
            from: Array(#"{"items":[{"metadata":{"name":"p"},"status":{"containerStatuses":[\#(statuses)]}}]}"#.utf8))
        #expect(pods.damaged.isEmpty)
        #expect(pods.items.map(\.restarts) == [number < 0 ? 0 : 3 * Int(Int32.max)])
        #expect(
            pods.items.first?.terminations.map(\.exitCode) == Array(repeating: Int(Int32(clamping: number)), count: 3))
        let events = try KubernetesJSON.events(
            from: Array(
                #"{"items":[{"metadata":{"name":"e"},"eventTime":"2026-11-22T14:29:41Z","count":\#(number)}]}"#.utf8))
        #expect(events.items.map(\.count) == [number < 0 ? 1 : Int(Int32.max)])
    }
}
