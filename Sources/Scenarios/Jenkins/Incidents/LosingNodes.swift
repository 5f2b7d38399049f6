import Telemetry

/// How nodes go, and what the cluster says of it.
extension JenkinsWorld {
    /// What of a node's going the cluster noticed.
    enum NodeTrace: Hashable, CaseIterable {
        /// The cloud said so before, about thirty seconds.
        case notice
        /// The node controller heard nothing more of the kubelet.
        case notReady
        /// The taint evicted the pods.
        case taintEviction
        /// The node object was removed.
        case removal
    }

    /// The cloud takes a spot node back.
    ///
    /// - Parameters:
    ///   - seconds: when the notice came, or would have come.
    ///   - builds: those whose pods were on it.
    ///   - traces: what was noticed of it. Without `removal` the node object is still there.
    mutating func preempt(_ node: String, at seconds: Double, builds: [Int], traces: Set<NodeTrace>) {
        let notice = at(seconds)
        change(node) { $0.closedFrom = notice - .seconds(5) }
        if traces.contains(.notice) { announce(node, notice) }
        // The machine stops half a minute after the notice, in EKS two minutes after it.
        let silence: Duration = cloud == .aks ? .seconds(17) : cloud == .eks ? .seconds(121) : .seconds(29)
        leave(node, silentAt: notice + silence, builds: builds, traces: traces)
    }

    /// The provider's own words.
    private mutating func announce(_ node: String, _ at: Timestamp) {
        switch cloud {
        case .aks:
            let words =
                "Preempt Scheduled: \(at + .seconds(30)). DurationInSeconds: -1. For more information, see https://aka.ms/aks/scheduledevents."
            if isNewest {
                nodeEvent(
                    at, node, "VMEventScheduled",
                    "Node condition VMEventScheduled is now: True, reason: VMEventScheduled, message: \"\(words)\"",
                    by: "custom-scheduledevents-consolidated-condition-plugin-monitor", isWarning: true)
            }
            nodeEvent(
                at + .seconds(1), node, "PreemptScheduled", words,
                by: "custom-scheduledevents-consolidated-preempt-plugin-monitor", isWarning: true,
                count: random.number(2...8), until: at + .seconds(14))
            change(node) {
                $0.conditions.append(
                    .init(
                        type: "VMEventScheduled", status: "True", reason: "VMEventScheduled", message: words, since: at)
                )
            }
        case .eks:
            nodeEvent(
                at, node, "SpotInterruption",
                "Spot ITN received. Instance will be interrupted at \(at + .seconds(120))",
                by: "aws-node-termination-handler", isWarning: true)
            nodeEvent(at + .seconds(2), node, "NodeNotSchedulable", "Node \(node) status is now: NodeNotSchedulable")
            nodeEvent(
                at + .seconds(9), node, "CordonAndDrain", "Node successfully cordoned and drained",
                by: "aws-node-termination-handler")
            change(node) { $0.taints.append("node.kubernetes.io/unschedulable:NoSchedule") }
        case .gke:
            nodeEvent(at, node, "Shutdown", "Shutdown manager detected shutdown event")
            nodeEvent(at + .seconds(1), node, "NodeNotReady", "Node \(node) status is now: NodeNotReady")
            change(node) { $0.taints.append("cloud.google.com/impending-node-termination:NoSchedule") }
        }
    }

    /// A node falls silent: its pods cannot be stopped by its kubelet any more.
    mutating func leave(_ node: String, silentAt: Timestamp, builds lost: [Int], traces: Set<NodeTrace>) {
        change(node) { $0.closedFrom = min($0.closedFrom ?? silentAt, silentAt) }
        for build in lost { builds[build].pod.isStoppedByKubelet = false }
        if traces.contains(.notReady) {
            nodeEvent(
                silentAt, node, "NodeNotReady", "Node \(node) status is now: NodeNotReady", by: "node-controller")
            for build in lost {
                podEvent(
                    silentAt, builds[build].agent.name, "NodeNotReady", "Node is not ready", by: "node-controller",
                    isWarning: true)
            }
            change(node) { gone in
                gone.ready = .init(
                    type: "Ready", status: "Unknown", reason: "NodeStatusUnknown",
                    message: "Kubelet stopped posting node status.", since: silentAt)
                gone.taints += [
                    "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute",
                ]
            }
        }
        if traces.contains(.taintEviction) {
            for build in lost {
                podEvent(
                    silentAt + .seconds(3), builds[build].agent.name, "TaintManagerEviction",
                    "Marking for deletion Pod \(namespace)/\(builds[build].agent.name)", by: "taint-eviction-controller"
                )
            }
        }
        guard traces.contains(.removal) else { return }
        change(node) { $0.isGone = true }
        nodeEvent(
            silentAt + .seconds(78), node, "DeletingNode",
            "Deleting node \(node) because it does not exist in the cloud provider",
            by: "cloud-node-lifecycle-controller")
        nodeEvent(
            silentAt + .seconds(80), node, "RemovingNode",
            "Node \(node) event: Removing Node \(node) from Controller", by: "node-controller")
    }

    /// The node goes without a word, and so does its object: no event at all.
    mutating func vanish(_ node: String, at seconds: Double, builds lost: [Int]) {
        let since = at(seconds)
        change(node) {
            $0.closedFrom = since
            $0.isGone = true
        }
        for build in lost { builds[build].pod.isStoppedByKubelet = false }
    }

    /// The autoscaler adds a node: what heals a `FailedScheduling`.
    mutating func addNode(to pool: Cloud.Pool, at seconds: Double) -> String {
        let name = cloud.name(of: pool)
        var node = Self.makeNode(
            cloud, pool: name, isSpot: pool == .spot, set: nodeSets[name] ?? 1, index: 30 + nodes.count,
            since: at(seconds),
            &random)
        node.openFrom = at(seconds)
        nodes.append(node)
        nodeEvent(
            at(seconds), node.name, "RegisteredNode",
            "Node \(node.name) event: Registered Node \(node.name) in Controller", by: "node-controller")
        nodeEvent(at(seconds + 12), node.name, "NodeReady", "Node \(node.name) status is now: NodeReady")
        return node.name
    }

    /// A pod waits for some seconds until the autoscaler has made room: as on every busy morning.
    mutating func waitForAutoscaler(_ build: Int, seconds: Double = 9) {
        let agent = builds[build].agent
        let made = builds[build].start + .seconds(1)
        podEvent(
            made, agent.name, "FailedScheduling",
            "0/\(nodes.count) nodes are available: 2 node(s) didn't match Pod's node affinity/selector, \(nodes.count - 2) Insufficient cpu. preemption: 0/\(nodes.count) nodes are available: 2 Preemption is not helpful for scheduling, \(nodes.count - 2) No preemption victims found for incoming pod.",
            by: "default-scheduler", isWarning: true)
        podEvent(
            made + .seconds(1), agent.name, "TriggeredScaleUp",
            "pod triggered scale-up: [{\(agent.template.pool) 5->6 (max: 12)}]", by: "cluster-autoscaler")
        builds[build].pod.scheduledAt = made + .milliseconds(Int64(seconds * 1000))
    }
}
