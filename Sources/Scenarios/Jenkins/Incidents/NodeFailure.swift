import Telemetry

extension JenkinsWorld {
    /// A node that is kept falls silent; nobody announced it, and its builds wait for their agents in vain.
    ///
    /// - Parameter comesBack: whether it is there again after it booted.
    mutating func loseKeptNode(
        builds count: Int, at seconds: Double = -440, comesBack: Bool = false, leavesPods: Bool = true
    ) -> LabelledScenario.Label {
        let node = pickNode(.build)
        let lost = addBuilds(count, on: node, endingAt: seconds)
        for build in lost { loseAgent(build, .silent) }
        // The node controller waits forty seconds before it believes it.
        leave(
            node, silentAt: at(seconds + 41), builds: lost,
            traces: comesBack ? [.notReady] : [.notReady, .taintEviction])
        for build in lost where leavesPods { builds[build].pod.remains = lostPod(build) }
        if comesBack { reboot(node, at: seconds + 95) }
        return .init("node-lost", "node", node)
    }

    private mutating func reboot(_ node: String, at seconds: Double) {
        let back = at(seconds)
        let boot = "7d1f0c5e-9b42-4a6e-8f03-\(hex(12))"
        nodeEvent(back, node, "Starting", "Starting kubelet.")
        nodeEvent(
            back + .seconds(1), node, "Rebooted", "Node \(node) has been rebooted, boot id: \(boot)", isWarning: true)
        nodeEvent(back + .seconds(12), node, "NodeReady", "Node \(node) status is now: NodeReady")
        let ready = WorldNode.readyCondition(since: back + .seconds(12))
        change(node) { node in
            node.ready = ready
            node.taints = []
        }
    }

    /// A node is not ready for a moment, and nothing happens to the builds on it.
    mutating func flap(_ node: String, at seconds: Double) {
        let since = at(seconds)
        nodeEvent(since, node, "NodeNotReady", "Node \(node) status is now: NodeNotReady", by: "node-controller")
        nodeEvent(since + .seconds(21), node, "NodeReady", "Node \(node) status is now: NodeReady")
        let ready = WorldNode.readyCondition(since: since + .seconds(21))
        change(node) { $0.ready = ready }
    }
}
