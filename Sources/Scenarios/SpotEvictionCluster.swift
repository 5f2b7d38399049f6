import Telemetry

/// The cluster around the builds: their pods' events, the controller's log, and the node that goes.
struct SpotEvictionCluster {
    private(set) var events: [ClusterEvent] = []
    private(set) var logs: [LogEntry] = []
    private(set) var pods: [PodState] = []
    private let notice: Timestamp
    private let alertedAt: Timestamp
    private var lost: [JenkinsBuild] = []

    init(alertedAt: Timestamp) {
        self.alertedAt = alertedAt
        notice = SpotEviction.notice(alertedAt)
        pods = [
            PodState(
                name: JenkinsController.pod, namespace: JenkinsController.namespace, node: SpotEviction.controllerNode,
                labels: [
                    "app.kubernetes.io/name": "jenkins", "statefulset.kubernetes.io/pod-name": JenkinsController.pod,
                ])
        ]
    }

    // MARK: A build's pod

    /// An agent's pod comes with its build and goes with it.
    mutating func add(_ build: JenkinsBuild, endedAt end: Timestamp, _ random: inout SplitMix) {
        let name = build.agent.name
        let place = "\(JenkinsController.namespace)/\(name)"
        control(build.start + .milliseconds(900), "Created Pod: kubernetes \(place)")
        if case .agentLost = build.outcome {
            lost.append(build)
        } else {
            control(
                end + random.milliseconds(200...900), "Terminating Kubernetes instance for agent \(name)",
                from: "o.c.j.p.k.KubernetesSlave#_terminate")
        }
        // The API server keeps events for an hour.
        guard build.start > alertedAt - .seconds(3600) else { return }
        let pod = object(name)
        event(
            build.start + .seconds(1), "Scheduled", "Successfully assigned \(place) to \(build.agent.node)", pod,
            by: "default-scheduler")
        guard build.interruption?.status != .error(message: "Agent was removed") else { return }
        if end < alertedAt + .seconds(240) {
            event(end + .seconds(1), "Killing", "Stopping container jnlp", pod, by: "kubelet")
        }
    }

    // MARK: The node

    /// In the order of messages that a preemption leaves: notice, silence, eviction by the taint, removal.
    mutating func loseNode() {
        let node = ClusterEvent.Object(kind: "Node", name: SpotEviction.lostNode)
        let eventID = "7A1D52C0-88F3-4F6B-9D0E-2B9C5E0A4F17"
        event(
            notice, "PreemptScheduled", "VM \(SpotEviction.lostNode) Preempt Scheduled, event id \(eventID)", node,
            by: "custom-scheduledevents-preempt-plugin-monitor", type: "Warning")
        let silent = notice + .seconds(17)
        event(
            silent, "NodeNotReady", "Node \(SpotEviction.lostNode) status is now: NodeNotReady", node,
            by: "node-controller")
        for (index, build) in lost.enumerated() {
            let pod = object(build.agent.name)
            event(silent, "NodeNotReady", "Node is not ready", pod, by: "node-controller", type: "Warning")
            event(
                notice + .seconds(20), "TaintManagerEviction",
                "Marking for deletion Pod \(JenkinsController.namespace)/\(build.agent.name)", pod,
                by: "taint-eviction-controller")
            pods.append(state(of: build))
            let closed = notice + .milliseconds(21_100 + Int64(index) * 310)
            control(
                closed,
                "\(JenkinsController.namespace)/\(build.agent.name) was just deleted, so removing corresponding Jenkins agent",
                from: "o.c.j.p.k.p.Reaper$RemoveAgentOnPodDeleted#onEvent")
            control(
                closed + .milliseconds(640),
                "Computer \(build.agent.name) was marked offline: Connection was broken", level: "WARNING",
                from: "hudson.slaves.ChannelPinger$1#onDead")
        }
        event(
            notice + .seconds(97), "RemovingNode",
            "Node \(SpotEviction.lostNode) event: Removing Node \(SpotEviction.lostNode) from Controller", node,
            by: "node-controller")
    }

    /// As the cluster shows a pod whose node does not answer any more.
    private func state(of build: JenkinsBuild) -> PodState {
        PodState(
            name: build.agent.name, namespace: JenkinsController.namespace, node: build.agent.node, phase: "Running",
            reason: "NodeLost",
            message: "Node \(build.agent.node) which was running pod \(build.agent.name) is unresponsive",
            labels: ["jenkins": "slave", "jenkins/label": build.agent.label],
            annotations: [
                "buildUrl": "http://\(JenkinsController.pod).jenkins.svc:8080/\(build.path)", "runUrl": build.path,
            ])
    }

    var nodes: [NodeState] {
        let healthy = (SpotEviction.nodes + [SpotEviction.controllerNode]).map { name in
            node(
                name,
                ready: .init(
                    type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status",
                    since: alertedAt - .seconds(260_000)))
        }
        let silent = node(
            SpotEviction.lostNode,
            ready: .init(
                type: "Ready", status: "Unknown", reason: "NodeStatusUnknown",
                message: "Kubelet stopped posting node status.", since: notice + .seconds(17)),
            taints: ["node.kubernetes.io/unreachable:NoExecute"],
            more: [
                .init(
                    type: "VMEventScheduled", status: "True", reason: "PreemptScheduled",
                    message: "Preempt Scheduled", since: notice)
            ])
        return (healthy + [silent]).sorted { $0.name < $1.name }
    }

    private func node(
        _ name: String, ready: NodeState.Condition, taints: [String] = [], more: [NodeState.Condition] = []
    ) -> NodeState {
        let pool = name.split(separator: "-").dropFirst().first.map(String.init) ?? ""
        var labels = ["agentpool": pool, "kubernetes.io/hostname": name, "topology.kubernetes.io/zone": "westeurope-2"]
        var taints = taints
        if pool == "spot" {
            labels["kubernetes.azure.com/scalesetpriority"] = "spot"
            taints.insert("kubernetes.azure.com/scalesetpriority=spot:NoSchedule", at: 0)
        }
        return NodeState(name: name, labels: labels, taints: taints, conditions: [ready] + more)
    }

    // MARK: Pieces

    private func object(_ pod: String) -> ClusterEvent.Object {
        ClusterEvent.Object(kind: "Pod", namespace: JenkinsController.namespace, name: pod)
    }

    private mutating func event(
        _ at: Timestamp, _ reason: String, _ message: String, _ object: ClusterEvent.Object, by reporter: String,
        type: String = "Normal"
    ) {
        // Kubernetes keeps whole seconds.
        events.append(
            ClusterEvent(
                at: Timestamp(seconds: at.seconds), reason: reason, message: message, type: type, object: object,
                reporter: reporter))
    }

    /// A line of the controller's own log.
    private mutating func control(
        _ at: Timestamp, _ text: String, level: String = "INFO",
        from logger: String = "o.c.j.p.k.KubernetesLauncher#launch"
    ) {
        logs.append(
            LogEntry(
                at: at, line: "\(level)\t\(logger): \(text)",
                labels: [
                    "app": SpotEviction.service, "container": "jenkins", "namespace": JenkinsController.namespace,
                    "pod": JenkinsController.pod, "service_name": SpotEviction.service,
                ]))
    }
}
