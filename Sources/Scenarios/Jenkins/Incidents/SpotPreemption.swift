import Telemetry

extension JenkinsWorld {
    /// A spot node goes as its provider lets it go, and the builds on it with it.
    ///
    /// - Parameters:
    ///   - count: how many builds are on it.
    ///   - seconds: when the notice comes, from the alert.
    ///   - traces: what the cluster noticed of it.
    ///   - leavesPods: whether the API server still shows the pods.
    /// - Returns: what to answer.
    mutating func preemptSpotNode(
        builds count: Int, at seconds: Double = -66,
        traces: Set<NodeTrace> = [.notice, .notReady, .taintEviction, .removal], leavesPods: Bool = false
    ) -> LabelledScenario.Label {
        let node = pickNode(.spot)
        // In AKS the machine dies under the pods; in EKS they are drained, in GKE the kubelet ends them.
        let lost = addBuilds(count, on: node, endingAt: seconds + (cloud == .aks ? 24 : 11))
        preempt(node, at: seconds, builds: lost, traces: traces)
        for build in lost {
            switch cloud {
            case .aks: loseAgent(build, .deleted)
            case .eks:
                builds[build].pod.isStoppedByKubelet = true
                loseAgent(build, .deleted)
            case .gke:
                let message = "Pod was terminated in response to imminent node shutdown."
                loseAgent(build, .podFailed(reason: "Terminated", message: message))
                builds[build].pod.remains = podState(
                    builds[build], phase: "Failed", reason: "Terminated", message: message,
                    terminations: [
                        .init(
                            container: builds[build].agent.template.container, reason: "Error", exitCode: 143,
                            finishedAt: stop(build))
                    ])
            }
            if leavesPods, cloud == .aks { builds[build].pod.remains = lostPod(build) }
        }
        return .init("spot-eviction", "node", node)
    }

    /// As the API server shows a pod whose node does not answer.
    func lostPod(_ build: Int) -> PodState {
        let lost = builds[build]
        return podState(
            lost, phase: "Running", reason: "NodeLost",
            message: "Node \(lost.agent.node) which was running pod \(lost.agent.name) is unresponsive")
    }
}
