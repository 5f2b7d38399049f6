import Telemetry

extension JenkinsWorld {
    /// Why there is no place for an agent.
    enum Crowding: Hashable {
        /// The pool is as large as it may become.
        case poolIsFull
        /// The namespace may not have more: the pods are not even made.
        case quota
    }

    /// The agents of one label find no place; the label and its pool are both called `gpu`, as people do.
    mutating func crowdOut(_ crowding: Crowding, builds count: Int = 4, mirrorsInBuildLog: Bool = true)
        -> LabelledScenario.Label
    {
        let pool = "gpu"
        let set = random.number(10_000_000...39_999_999)
        var places: [String] = []
        for index in 0..<2 {
            var node = Self.makeNode(
                cloud, pool: pool, isSpot: false, set: set, index: index, since: at(-90_000), &random)
            node.taints = ["sku=gpu:NoSchedule"]
            nodes.append(node)
            places.append(node.name)
        }
        let special = makeSpecialJobs(
            "gpu", pool: pool, image: "registry.example.com/ci/gpu-agent:1.\(random.number(4...30)).2", count: 3)
        addHealthyBuilds(of: special, on: places, until: -1500)
        for number in 0..<count {
            let start = -1480 + Double(number) * 55
            let minutes = 20
            let build = addWaitingBuild(
                of: special[number % special.count], from: start, endingAt: start + Double(minutes * 60))
            switch crowding {
            case .poolIsFull: findNoPlace(build, mirrorsInBuildLog: mirrorsInBuildLog)
            case .quota: exceedQuota(build)
            }
            if number % 2 == 0 { giveUp(build) } else { failProvisioning(build, after: 1200) }
        }
        // Others only began to wait.
        for number in 0..<2 {
            let build = addWaitingBuild(
                of: special[number % special.count], from: -140 + Double(number) * 60, endingAt: 900)
            builds[build].ending = .unfinished(after: window.end)
            if crowding == .poolIsFull {
                findNoPlace(build, mirrorsInBuildLog: mirrorsInBuildLog)
            } else {
                exceedQuota(build)
            }
            if crowding == .poolIsFull { builds[build].pod.remains = podState(builds[build], phase: "Pending") }
        }
        return .init("agent-unschedulable", "pool", pool)
    }

    private mutating func findNoPlace(_ build: Int, mirrorsInBuildLog: Bool) {
        let agent = builds[build].agent
        let start = builds[build].start + .seconds(1)
        let end = min(stop(build), window.end - .seconds(2))
        let others = nodes.count - 2
        let words =
            "0/\(nodes.count) nodes are available: 2 Insufficient nvidia.com/gpu, \(others) node(s) didn't match Pod's node affinity/selector. preemption: 0/\(nodes.count) nodes are available: 2 No preemption victims found for incoming pod, \(others) Preemption is not helpful for scheduling."
        builds[build].pod.reached = .created
        podEvent(
            start, agent.name, "FailedScheduling", words, by: "default-scheduler", isWarning: true,
            count: random.number(4...9), until: end - .seconds(30))
        podEvent(
            start + .seconds(4), agent.name, "NotTriggerScaleUp",
            "pod didn't trigger scale-up: 3 node(s) didn't match Pod's node affinity/selector, 1 max node group size reached",
            by: "cluster-autoscaler", count: random.number(8...30), until: end - .seconds(20))
        if mirrorsInBuildLog {
            builds[build].moreLines.append(
                .init(
                    at: start + .seconds(3),
                    text: "[PodInfo] \(namespace)/\(agent.name)\n\tPod [Pending][Unschedulable] \(words)"))
        }
    }

    private mutating func exceedQuota(_ build: Int) {
        let agent = builds[build].agent
        builds[build].pod.reached = .created
        builds[build].pod.isRefused = true
        let words =
            "Failure executing: POST at: https://10.0.0.1:443/api/v1/namespaces/\(namespace)/pods. Message: pods \"\(agent.name)\" is forbidden: exceeded quota: gpu-quota, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2."
        let text =
            "WARNING: Unable to create pod: kubernetes \(namespace)/\(agent.name) because kubernetes resource quota exceeded. \n\(words)\nRetrying..."
        for second in [2, 62, 182] {
            builds[build].moreLines.append(.init(at: builds[build].start + .seconds(Int64(second)), text: text))
        }
        control(
            builds[build].start + .seconds(2), "WARNING", "o.c.j.p.k.KubernetesLauncher#launch",
            "Kubernetes returned unhandled HTTP code 403 \(words)")
    }
}
