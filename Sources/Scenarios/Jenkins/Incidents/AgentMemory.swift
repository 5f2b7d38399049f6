import Telemetry

extension JenkinsWorld {
    /// Whom the kernel kills when a container of an agent needs more memory than it may.
    enum MemoryVictim: Hashable {
        /// The whole container: the agent goes with it.
        case container
        /// One process of the build: the step fails with 137 and the agent lives on.
        case process
    }

    /// An agent's container needs more memory than its limit.
    ///
    /// - Parameter leavesPod: whether the API server still shows the pod.
    mutating func killAgentForMemory(
        _ victim: MemoryVictim = .container, at seconds: Double = -55, leavesPod: Bool = true
    ) -> LabelledScenario.Label {
        let node = pickNode(.spot)
        let maven = jobs(in: .spot).filter { $0.template.trade == .maven }
        let job = random.element(of: maven.isEmpty ? jobs(in: .spot) : maven)
        let build = addBuild(of: job, on: node, endingAt: seconds)
        let agent = builds[build].agent
        let process = job.template.trade == .maven ? "java" : job.template.trade == .node ? "node" : "compile"
        let size = random.number(4_080_000...4_190_000)
        nodeEvent(
            stop(build) - .seconds(2), node, "OOMKilling",
            "Memory cgroup out of memory: Killed process \(random.number(11_000...31_000)) (\(process)) total-vm:\(size * 2)kB, anon-rss:\(size)kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:9216kB oom_score_adj:984",
            by: "kernel-monitor", isWarning: true)
        switch victim {
        case .container:
            loseAgent(
                build, .containerEnded(container: agent.template.container, reason: "OOMKilled", exitCode: 137))
            if leavesPod {
                builds[build].pod.remains = podState(
                    builds[build], phase: "Running",
                    terminations: [
                        .init(
                            container: agent.template.container, reason: "OOMKilled", exitCode: 137,
                            finishedAt: stop(build) - .seconds(2))
                    ])
            }
        case .process:
            fail(
                build,
                lines: [
                    "/home/jenkins/agent/workspace/script.sh.copy: line 3:   \(random.number(90...900)) Killed                  \(process == "java" ? "mvn -B -ntp verify" : process)"
                ], message: "script returned exit code 137")
        }
        return .init("agent-oom-killed", "pod", agent.name)
    }
}
