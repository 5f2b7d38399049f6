import Telemetry

/// Trouble in the cluster that has nothing to do with builds, and trouble that is over in seconds.
extension JenkinsWorld {
    /// The kubelet evicts a pod of the monitoring from a node without builds.
    mutating func evictStranger(at seconds: Double) {
        let object = ClusterEvent.Object(
            kind: "Pod", namespace: "monitoring", name: "node-agent-\(random.suffix(5))")
        event(
            at(seconds), object, "Evicted",
            "The node was low on resource: memory. Threshold quantity: 750Mi, available: 688Mi. Container agent was using 512Mi, request is 128Mi, has larger consumption of memory. ",
            by: "kubelet", isWarning: true, count: 1, until: nil)
    }

    /// A nightly report waits for an image that does not exist.
    mutating func backOffStranger() {
        let object = ClusterEvent.Object(
            kind: "Pod", namespace: "reports",
            name: "nightly-report-\(random.number(28_000_000...29_000_000))-\(random.suffix(5))")
        event(
            at(-3000), object, "BackOff", "Back-off pulling image \"registry.example.com/reports/nightly:2.1\"",
            by: "kubelet",
            isWarning: false, count: 240, until: at(200))
        event(
            at(-3000), object, "Failed", "Error: ImagePullBackOff", by: "kubelet", isWarning: true, count: 240,
            until: at(190))
    }

    /// A database of somebody else cannot mount its disk.
    mutating func holdBackStranger() {
        let object = ClusterEvent.Object(kind: "Pod", namespace: "sandbox", name: "postgres-0")
        event(
            at(-2400), object, "FailedMount",
            "MountVolume.SetUp failed for volume \"pvc-\(hex(8))-11aa-4be2-8f0d-\(hex(12))\" : rpc error: code = Internal desc = failed to format and mount device",
            by: "kubelet", isWarning: true, count: 60, until: at(210))
    }

    /// The agent's image comes at the second attempt.
    mutating func pullTwice(_ build: Int) {
        let agent = builds[build].agent
        let image = agent.template.image
        podEvent(
            builds[build].start + .seconds(2), agent.name, "Failed",
            "Failed to pull image \"\(image)\": rpc error: code = Unknown desc = failed to pull and unpack image \"\(image)\": failed to do request: Head \"https://registry.example.com/v2/\": net/http: TLS handshake timeout",
            isWarning: true)
        podEvent(
            builds[build].start + .seconds(6), agent.name, "Pulled",
            "Successfully pulled image \"\(image)\" in 2.418s (2.418s including waiting). Image size: 512330911 bytes.")
    }

    /// The kubelet's cache is not filled when the pod arrives; a second later it is.
    mutating func mountLate(_ build: Int) {
        podEvent(
            builds[build].start + .seconds(1), builds[build].agent.name, "FailedMount",
            "MountVolume.SetUp failed for volume \"kube-api-access-\(random.suffix(5))\" : object \"\(namespace)\"/\"kube-root-ca.crt\" not registered",
            isWarning: true)
    }

    /// A stopped step does not end on SIGTERM.
    mutating func endUnwillingly(_ build: Int) {
        let at = stop(build)
        builds[build].ending = .interrupted(
            .init(
                at: at, cause: "UserInterruption: Aborted by jenkins-user", isError: false,
                lines: [
                    .init(before: .seconds(21), text: "Aborted by jenkins-user"),
                    .init(before: .milliseconds(20_900), text: "Sending interrupt signal to process"),
                    .init(before: .milliseconds(800), text: "After 20s process did not stop"),
                    .init(before: .milliseconds(500), text: "script returned exit code 137"),
                ]))
    }
}
