import Telemetry

extension JenkinsWorld {
    /// Why an image does not come.
    enum PullFault: Hashable {
        /// The tag is misspelt, or was removed.
        case notFound
        /// The public registry has had enough of this address.
        case rateLimit
    }

    /// The agents of one label cannot be started because their image does not come.
    mutating func failImagePull(_ fault: PullFault, builds count: Int = 4, at seconds: Double = -70)
        -> LabelledScenario.Label
    {
        let image =
            fault == .notFound
            ? "registry.example.com/ci/ml-agent:\(random.number(2...5)).\(random.number(20...40)).0"
            : "docker.io/nvidia/cuda:12.\(random.number(2...8)).1-devel-ubuntu24.04"
        let pool = cloud.name(of: .spot)
        let special = makeSpecialJobs("ml", pool: pool, image: image)
        let reason =
            fault == .notFound
            ? "rpc error: code = NotFound desc = failed to pull and unpack image \"\(image)\": failed to resolve reference \"\(image)\": \(image): not found"
            : "rpc error: code = Unknown desc = failed to pull and unpack image \"\(image)\": failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/nvidia/cuda/manifests/sha256:9f0c: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit."
        for number in 0..<count {
            let end = seconds - Double(number) * 110
            let node = pickNode(.spot)
            let build = addWaitingBuild(
                of: special[number % special.count], from: end - 78, endingAt: end, node: node)
            refusePull(build, image: image, reason: reason)
        }
        return .init("image-pull-failure", "image", image)
    }

    private mutating func refusePull(_ build: Int, image: String, reason: String) {
        let agent = builds[build].agent
        let start = builds[build].start + .seconds(2)
        let place = "\(namespace)/\(agent.name)"
        builds[build].pod.reached = .scheduled
        podEvent(start, agent.name, "Pulling", "Pulling image \"\(image)\"", count: 3, until: start + .seconds(44))
        podEvent(
            start + .seconds(1), agent.name, "Failed", "Failed to pull image \"\(image)\": \(reason)", isWarning: true,
            count: 3, until: start + .seconds(45))
        podEvent(
            start + .seconds(1), agent.name, "Failed", "Error: ErrImagePull", isWarning: true, count: 3,
            until: start + .seconds(45))
        podEvent(
            start + .seconds(3), agent.name, "BackOff", "Back-off pulling image \"\(image)\"", count: 4,
            until: start + .seconds(60))
        podEvent(
            start + .seconds(3), agent.name, "Failed", "Error: ImagePullBackOff", isWarning: true, count: 4,
            until: start + .seconds(60))
        let container = agent.template.container
        for (second, left) in [(20, 2), (38, 1)] {
            builds[build].moreLines += [
                .init(
                    at: start + .seconds(Int64(second)),
                    text:
                        "[PodInfo] \(place)\n\tContainer [\(container)] waiting [ImagePullBackOff] Back-off pulling image \"\(image)\"\n\tPod [Pending][ContainersNotReady] containers with unready status: [\(container)]"
                ),
                .init(
                    at: start + .seconds(Int64(second)) + .milliseconds(20),
                    text:
                        "ERROR: Image pull backoff detected, waiting for image to be available. Will wait for \(left) more events before terminating the node."
                ),
            ]
        }
        control(
            stop(build) - .milliseconds(300), "INFO", "o.c.j.p.k.p.r.Reaper$TerminateAgentOnImagePullBackOff#onEvent",
            "Terminating Kubernetes instance for agent \(agent.name)")
        cancelTask(
            build,
            lines: [
                "ERROR: Unable to pull container image \"\(image)\". Check if image tag name is spelled correctly."
            ])
    }
}
