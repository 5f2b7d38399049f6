import Telemetry

extension JenkinsWorld {
    private static let fullDiskWords = [
        [
            "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-jar-plugin:3.4.2:jar (default-jar) on project app: Error assembling JAR: Problem creating jar: No space left on device"
        ],
        [
            "npm ERR! code ENOSPC", "npm ERR! syscall write", "npm ERR! errno -28",
            "npm ERR! nospc ENOSPC: no space left on device, write",
        ],
        ["write /tmp/go-build2918310/b812/_pkg_.a: no space left on device"],
        ["ERROR: failed to solve: write /var/lib/docker/tmp/layer-3fd1: no space left on device"],
    ]

    /// The lines of a step that finds no room, in the words of its tool.
    func fullDiskLines(_ job: WorldJob) -> [String] {
        switch job.template.trade {
        case .maven: Self.fullDiskWords[0]
        case .node: Self.fullDiskWords[1]
        case .go: Self.fullDiskWords[2]
        case .docker, .terraform: Self.fullDiskWords[3]
        }
    }

    /// A node's disk is full, and the builds on it cannot write any more.
    mutating func fillNodeDisk(builds count: Int = 3, at seconds: Double = -240) -> LabelledScenario.Label {
        let node = pickNode(.spot)
        let since = at(seconds - 20)
        for number in 0..<count {
            let build = addBuilds(1, on: node, endingAt: seconds + Double(number * 44))[0]
            fail(build, lines: fullDiskLines(builds[build].job))
        }
        change(node) { $0.closedFrom = since - .seconds(120) }
        nodeEvent(
            since, node, "FreeDiskSpaceFailed",
            "Failed to garbage collect required amount of images. Attempted to free \(random.number(4_000_000_000...9_000_000_000)) bytes, but only found 0 bytes eligible to free.",
            isWarning: true, count: 2, until: since + .seconds(300))
        nodeEvent(since + .seconds(8), node, "NodeHasDiskPressure", "Node \(node) status is now: NodeHasDiskPressure")
        change(node) { node in
            node.conditions.removeAll { $0.type == "DiskPressure" }
            node.conditions.append(
                .init(
                    type: "DiskPressure", status: "True", reason: "KubeletHasDiskPressure",
                    message: "kubelet has disk pressure", since: since + .seconds(8)))
            node.taints.append("node.kubernetes.io/disk-pressure:NoSchedule")
        }
        return .init("disk-full", "node", node)
    }

    /// The volume of one agent's workspace is full; its node has room.
    mutating func fillWorkspace(at seconds: Double = -75) -> LabelledScenario.Label {
        let node = pickNode(.spot)
        let build = addBuilds(1, on: node, endingAt: seconds)[0]
        fail(build, lines: fullDiskLines(builds[build].job))
        return .init("disk-full", "pod", builds[build].agent.name)
    }

    /// The controller's own volume is full: builds cannot be saved.
    mutating func fillControllerHome(builds count: Int = 4, at seconds: Double = -210) -> LabelledScenario.Label {
        for number in 0..<count {
            let build = addBuild(
                of: random.element(of: jobs(in: .spot)), on: pickNode(.spot), endingAt: seconds + Double(number * 37))
            let folders = builds[build].job.fullName.split(separator: "/").joined(separator: "/jobs/")
            fail(
                build,
                lines: [
                    "java.io.IOException: No space left on device",
                    "\tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)",
                    "\tat hudson.util.AtomicFileWriter.write(AtomicFileWriter.java:204)",
                ],
                exception: "java.io.IOException", message: "No space left on device")
            control(
                stop(build) - .milliseconds(200), "WARNING", "o.j.p.workflow.flow.FlowExecutionList#saveAll",
                "Failed to persist /var/jenkins_home/jobs/\(folders)/builds/lastBuild/workflow/\(random.number(20...60)).xml: java.io.IOException: No space left on device"
            )
        }
        for second in stride(from: seconds, to: 200, by: 45) {
            control(
                second, "SEVERE", "hudson.model.Descriptor#save",
                "Failed to save /var/jenkins_home/queue.xml: java.nio.file.FileSystemException: /var/jenkins_home/atomic\(random.number(10_000...99_999))tmp: No space left on device"
            )
        }
        return .init("disk-full", "pod", controller.pod)
    }
}
