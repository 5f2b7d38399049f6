import Telemetry

extension JenkinsWorld {
    /// What a node runs out of.
    enum Pressure: Hashable { case memory, ephemeralStorage }

    /// A node runs low on something, and its kubelet evicts agents.
    mutating func evictUnderPressure(
        _ pressure: Pressure, builds count: Int, at seconds: Double = -70, pool: Cloud.Pool = .spot,
        leavesPods: Bool = true
    ) -> LabelledScenario.Label {
        let node = pickNode(pool)
        let since = at(seconds - 12)
        let evicted = addBuilds(count, on: node, endingAt: seconds + 2)
        change(node) { $0.closedFrom = since - .seconds(60) }
        let isMemory = pressure == .memory
        nodeEvent(
            since, node, "EvictionThresholdMet",
            "Attempting to reclaim \(isMemory ? "memory" : "ephemeral-storage")", isWarning: true,
            count: random.number(2...6), until: since + .seconds(40))
        let (condition, reason, words) =
            isMemory
            ? ("MemoryPressure", "KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
            : ("DiskPressure", "KubeletHasDiskPressure", "kubelet has disk pressure")
        nodeEvent(
            since + .seconds(3), node, isMemory ? "NodeHasInsufficientMemory" : "NodeHasDiskPressure",
            "Node \(node) status is now: \(isMemory ? "NodeHasInsufficientMemory" : "NodeHasDiskPressure")")
        change(node) { node in
            node.conditions.removeAll { $0.type == condition }
            node.conditions.append(
                .init(type: condition, status: "True", reason: reason, message: words, since: since + .seconds(3)))
            node.taints.append("node.kubernetes.io/\(isMemory ? "memory" : "disk")-pressure:NoSchedule")
        }
        for build in evicted {
            evict(build, message: evictionMessage(pressure, builds[build].agent), leavesPod: leavesPods)
        }
        return .init("node-pressure-eviction", "node", node)
    }

    private mutating func evictionMessage(_ pressure: Pressure, _ agent: WorldAgent) -> String {
        let container = agent.template.container
        switch pressure {
        case .memory:
            return
                "The node was low on resource: memory. Threshold quantity: 750Mi, available: \(random.number(210...720))Mi. Container \(container) was using \(random.number(3900...7900))Mi, request is 2Gi, has larger consumption of memory. "
        case .ephemeralStorage:
            return
                "The node was low on resource: ephemeral-storage. Threshold quantity: 12884901888, available: \(random.number(8...11))Gi. Container \(container) was using \(random.number(19...44))Gi, request is 1Gi, has larger consumption of ephemeral-storage. "
        }
    }

    /// The kubelet evicts one pod; its containers end with 137 because they do not stop in time.
    mutating func evict(_ build: Int, message: String, leavesPod: Bool) {
        let agent = builds[build].agent
        let at = stop(build) - .seconds(2)
        podEvent(at, agent.name, "Evicted", message, isWarning: true)
        podEvent(at, agent.name, "Killing", "Stopping container \(agent.template.container)")
        podEvent(
            at + .seconds(11), agent.name, "ExceededGracePeriod",
            "Container runtime did not kill the pod within specified grace period.", isWarning: true)
        loseAgent(build, .podFailed(reason: "Evicted", message: message))
        builds[build].pod.isStoppedByKubelet = false
        guard leavesPod else { return }
        builds[build].pod.remains = podState(
            builds[build], phase: "Failed", reason: "Evicted", message: message,
            terminations: [
                .init(
                    container: agent.template.container, reason: "Error", exitCode: 137, finishedAt: stop(build))
            ])
    }
}
