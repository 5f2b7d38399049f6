import Telemetry

extension JenkinsWorld {
    /// The connection to one agent breaks and does not come back; pod and node know nothing of it.
    mutating func disconnect(at seconds: Double = -360) -> LabelledScenario.Label {
        let build = addBuilds(1, on: pickNode(.spot), endingAt: seconds)[0]
        loseAgent(build, .silent)
        builds[build].pod.remains = runningPod(builds[build])
        return .init("agent-disconnected", "pod", builds[build].agent.name)
    }

    /// The agent's own process ends with an error; its node and the other containers are well.
    mutating func endAgentProcess(at seconds: Double = -80) -> LabelledScenario.Label {
        let build = addBuilds(1, on: pickNode(.spot), endingAt: seconds)[0]
        loseAgent(build, .containerEnded(container: "jnlp", reason: "Error", exitCode: 255))
        builds[build].pod.remains = podState(
            builds[build], phase: "Running",
            terminations: [.init(container: "jnlp", reason: "Error", exitCode: 255, finishedAt: stop(build))])
        return .init("agent-disconnected", "pod", builds[build].agent.name)
    }

    /// A channel breaks, the agent connects again, and its build ends well.
    mutating func reconnectOnce(at seconds: Double = -300) {
        let build = addBuilds(1, on: pickNode(.spot), endingAt: seconds)[0]
        let agent = builds[build].agent
        builds[build].stopsAt = nil
        channelClosed(agent, at(seconds))
        builds[build].moreLines += [
            .init(
                at: at(seconds + 1),
                text:
                    "\(agent.name) seems to be removed or offline (hudson.remoting.ChannelClosedException: channel is already closed); will wait for 5 min 0 sec for it to come back online"
            ),
            .init(at: at(seconds + 8), text: "\(agent.name) is back online"),
        ]
        control(
            seconds + 7, "INFO", "h.TcpSlaveAgentListener$ConnectionHandler#run",
            "Accepted JNLP4-connect connection #\(random.number(100...9999)) from /\(agent.address):\(agent.port)")
    }
}
