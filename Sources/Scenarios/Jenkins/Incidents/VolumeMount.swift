import Telemetry

extension JenkinsWorld {
    /// Why a volume is not there.
    enum VolumeFault: Hashable {
        /// The secret that it is made of does not exist.
        case missingSecret
        /// A disk that one node at a time may have hangs on another.
        case multiAttach
    }

    /// The agents of one label get a place and never start, because a volume cannot be mounted.
    ///
    /// - Parameter mirrorsInBuildLog: older plugins print the pod's events in the build's log.
    mutating func failMount(_ fault: VolumeFault, builds count: Int = 3, mirrorsInBuildLog: Bool = false)
        -> LabelledScenario.Label
    {
        let special = makeSpecialJobs(
            "release", pool: cloud.name(of: .build),
            image: "registry.example.com/ci/release-agent:3.\(random.number(1...19)).0")
        addHealthyBuilds(of: special, on: nodes.filter { $0.pool == cloud.name(of: .build) }.map(\.name), until: -1300)
        let claim = "pvc-\(hex(8))-4c1e-4d0b-9a57-\(hex(12))"
        let volume = fault == .missingSecret ? "signing-keys" : claim
        for number in 0..<count {
            let start = -1180 + Double(number) * 70
            let node = pickNode(.build)
            let build = addWaitingBuild(
                of: special[number % special.count], from: start, endingAt: start + 1000, node: node)
            builds[build].pod.reached = .scheduled
            refuseMount(build, fault, claim: claim, mirrorsInBuildLog: mirrorsInBuildLog)
            failProvisioning(build, after: 1000)
        }
        let waiting = addWaitingBuild(of: special[0], from: -120, endingAt: 900, node: pickNode(.build))
        builds[waiting].pod.reached = .scheduled
        refuseMount(waiting, fault, claim: claim, mirrorsInBuildLog: mirrorsInBuildLog)
        builds[waiting].ending = .unfinished(after: window.end)
        builds[waiting].pod.remains = podState(builds[waiting], phase: "Pending")
        return .init("volume-mount-failure", "volume", volume)
    }

    private mutating func refuseMount(_ build: Int, _ fault: VolumeFault, claim: String, mirrorsInBuildLog: Bool) {
        let agent = builds[build].agent
        let start = builds[build].start + .seconds(2)
        let end = min(stop(build), window.end - .seconds(2))
        var words: [(reason: String, text: String, reporter: String)] = []
        switch fault {
        case .missingSecret:
            words = [
                (
                    "FailedMount",
                    "MountVolume.SetUp failed for volume \"signing-keys\" : secret \"signing-keys\" not found",
                    "kubelet"
                )
            ]
        case .multiAttach:
            words = [
                (
                    "FailedAttachVolume",
                    "Multi-Attach error for volume \"\(claim)\" Volume is already used by pod(s) release-\(random.suffix(5))",
                    "attachdetach-controller"
                )
            ]
        }
        for word in words {
            podEvent(
                start, agent.name, word.reason, word.text, by: word.reporter, isWarning: true,
                count: random.number(5...14), until: end - .seconds(40))
            guard mirrorsInBuildLog else { continue }
            for second in [1, 130] {
                builds[build].moreLines.append(
                    .init(
                        at: start + .seconds(Int64(second)),
                        text: "[Warning][\(namespace)/\(agent.name)][\(word.reason)] \(word.text)"))
            }
        }
        builds[build].moreLines.append(
            .init(
                at: start + .seconds(31),
                text:
                    "[PodInfo] \(namespace)/\(agent.name)\n\tContainer [jnlp] waiting [ContainerCreating] No message\n\tPod [Pending][ContainersNotReady] containers with unready status: [jnlp \(agent.template.container)]"
            ))
    }
}
