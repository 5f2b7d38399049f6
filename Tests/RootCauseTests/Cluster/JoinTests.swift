import Telemetry
import Testing

@testable import RootCause

/// How builds, agents, pods and nodes find each other.
struct JoinTests {
    @Test(arguments: [
        ("job/team/job/app/job/main/418/", "team/app/main", 418),
        ("https://ci.example/jenkins/job/shop/job/PR-17/6/console", "shop/PR-17", 6),
        ("job/shop/job/feature%252Flogin/3/", "shop/feature%2Flogin", 3),
    ])
    func `a run's address names its job and number`(url: String, job: String, number: Int) {
        #expect(RunAddress(url) == RunAddress(job: job, number: number))
    }

    @Test(arguments: ["", "job/", "job/main/", "job/main/lastBuild/", "418", "view/all/", "job/x/%zz"])
    func `what is no run's address names nothing`(url: String) {
        #expect(RunAddress(url) == nil)
    }

    @Test(arguments: [
        ["kubernetes.azure.com/scalesetpriority": "spot"], ["eks.amazonaws.com/capacityType": "SPOT"],
        ["karpenter.sh/capacity-type": "spot"], ["cloud.google.com/gke-spot": "true"],
        ["label_kubernetes_azure_com_scalesetpriority": "spot"], ["label_eks_amazonaws_com_capacity_type": "SPOT"],
    ])
    func `each cloud's label marks a spot node, in Kubernetes and in metrics`(labels: [String: String]) {
        #expect(SpotMarks.areIn(labels: labels) == true)
    }

    @Test func `a label with another value says that it is none, other labels say nothing`() {
        #expect(SpotMarks.areIn(labels: ["karpenter.sh/capacity-type": "on-demand"]) == false)
        #expect(SpotMarks.areIn(labels: ["agentpool": "spot"]) == nil)
        #expect(SpotMarks.areIn(taint: "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"))
        #expect(!SpotMarks.areIn(taint: "dedicated=builds:NoSchedule"))
    }

    @Test func `a node that is gone is judged by the others of its pool`() {
        var story = Story.quiet
        story.node("aks-batch-31542618-vmss000001", spot: true)
        story.node("aks-build-20417733-vmss000000")
        let cluster = story.scene.cluster
        #expect(cluster.spot("aks-batch-31542618-vmss000007") == .bySiblings)
        #expect(cluster.spot("aks-build-20417733-vmss000009") == nil)
        #expect(cluster.spot("ip-10-0-1-9.ec2.internal") == nil)
    }

    @Test func `metrics alone tell spot nodes, their fall, and where pods run`() {
        var story = Story.quiet
        story.metric("kube_pod_info", ["pod": "maven-x7k2p", "node": "n1"], before: [], after: [1])
        story.metric(
            "kube_node_labels", ["node": "n1", "label_karpenter_sh_capacity_type": "spot"], before: [1, 1], after: [1])
        story.metric(
            "kube_node_status_condition", ["node": "n1", "condition": "Ready", "status": "unknown"], before: [0, 0],
            after: [1])
        let cluster = story.scene.cluster
        #expect(cluster.node(of: "maven-x7k2p") == "n1")
        #expect(cluster.spot("n1") == .byLabels)
        #expect(cluster.notReady("n1") == [Story.at(60)])
    }

    @Test func `a condition that is over is no node that vanished`() {
        var story = Story.quiet
        story.metric(
            "kube_node_status_condition", ["node": "n1", "condition": "DiskPressure", "status": "true"],
            before: [1, 1, 1, 0, 0, 0, 0], after: [])
        story.metric("kube_node_info", ["node": "n1"], before: [1, 1, 1, 1, 1], after: [1, 1])
        story.metric("kube_node_info", ["node": "n2"], before: [1, 1, 1, 1, 1], after: [])
        story.metrics[2] = MetricSeries(
            name: "kube_node_info", labels: ["node": "n2"], samples: Array(story.metrics[2].samples.prefix(3)))
        let cluster = story.scene.cluster
        #expect(!cluster.isGone("n1"))
        #expect(cluster.isGone("n2"))
    }

    @Test func `the agent of a build is known by its log, where no span names it`() {
        var story = Story.quiet
        let build = story.interruptedBuild(
            "shop/main", 9, on: nil, at: 5, takes: 40, cause: "ExceededTimeout: Timeout has been exceeded")
        story.log("Running on maven-x7k2p in /home/jenkins/agent/workspace/shop_main", at: 6, span: build)
        #expect(story.scene.build("shop/main #9")?.agents == ["maven-x7k2p"])
    }

    @Test func `the agent of a build is known by its pod's annotation`() {
        var story = Story.quiet
        story.openBuild("shop/main", 9, on: nil, at: 5, takes: 3)
        story.pods.append(
            PodState(name: "maven-x7k2p", namespace: "ci", annotations: ["runUrl": "job/shop/job/main/9/"]))
        #expect(story.scene.build("shop/main #9")?.agents == ["maven-x7k2p"])
    }

    @Test func `a build without its root is known by what its other spans say`() throws {
        var story = Story.quiet
        story.openBuild("shop/main", 9, on: "maven-x7k2p", at: 5, takes: 3)
        let build = try #require(story.scene.build("shop/main #9"))
        #expect(build.outcome == .open)
        #expect(!build.isFailure)
    }

    @Test func `a log line of the metadata's build joins it, though the trace holds two`() throws {
        var story = Story.quiet
        let outer = story.build("shop/main", 9, on: "maven-1", at: 5, takes: 60, .success)
        let nested = story.span(
            "jenkins", "BUILD shop/deploy", under: outer, at: 20, takes: 30,
            attributes: [
                "ci.pipeline.id": .string("shop/deploy"), "ci.pipeline.run.number": .int(4),
                "ci.pipeline.run.result": .string("FAILURE"),
            ])
        story.logs.append(
            LogEntry(
                at: Story.at(21), line: "Running on kaniko-2 in /home/jenkins", labels: ["service_name": "jenkins"],
                metadata: [
                    "trace_id": nested.trace.description, "ci_pipeline_id": "shop/deploy",
                    "ci_pipeline_run_number": "4",
                ]))
        let scene = story.scene
        #expect(scene.build("shop/deploy #4")?.agents == ["kaniko-2"])
        #expect(scene.build("shop/deploy #4")?.outcome == .failure)
        #expect(scene.build("shop/main #9")?.agents == ["maven-1"])
    }

    @Test func `the controller is found by its spans, by labels, and by its log's stream`() {
        var named = Story.quiet
        named.span("jenkins", "BUILD a", kind: .server, at: 3, takes: 1, pod: "jenkins-0")
        #expect(named.scene.controller.pods == ["jenkins-0"])
        var labelled = Story.quiet
        labelled.controllerPod("ci-controller-0")
        labelled.agentPod("maven-1", node: "n1")
        #expect(labelled.scene.controller.pods == ["ci-controller-0"])
        var streamed = Story.quiet
        streamed.control("INFO: something", at: 3, pod: "master-0")
        streamed.log("INFO: remoting", at: 3, pod: "ok-1")
        #expect(streamed.scene.controller.pods == ["master-0"])
        #expect(Story.quiet.scene.controller.name == "jenkins")
    }

    @Test(arguments: [
        ("Cannot contact maven-x7k2p: hudson.remoting.ChannelClosedException", ["maven-x7k2p"]),
        ("INFO o.c.j.p.k.p.Reaper: ci/maven-x7k2p was just deleted, so removing", ["maven-x7k2p"]),
        ("Agent maven-x7k2p was deleted; cancelling node body", ["maven-x7k2p"]),
        ("maven-x7k2p was marked offline: Connection was broken", ["maven-x7k2p"]),
        ("maven-x7k2p seems to be removed or offline; will wait for 5 min 0 sec", ["maven-x7k2p"]),
        ("ci/maven-x7k2p Pod just failed. Reason: Evicted, Message: low on resource.", ["maven-x7k2p"]),
        ("Remote call on maven-x7k2p failed", ["maven-x7k2p"]),
        ("Remote call on JNLP4-connect connection from 10.1.2.3 failed", []),
        ("Timeout waiting for agent to come back", []),
    ])
    func `the lines of a lost agent name it`(line: String, agents: [String]) {
        #expect(AgentLossWords.areIn(line))
        #expect(AgentLossWords.agents(in: line) == agents)
    }
}

extension Story {
    var scene: Scene { Scene(evidence, alert: nil) }
}

extension Scene {
    func build(_ title: String) -> Build? { builds.first { $0.title == title } }
}
