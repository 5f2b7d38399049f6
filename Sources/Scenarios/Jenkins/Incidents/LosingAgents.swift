import Telemetry

/// How a build loses its agent, and what Jenkins says of it.
enum AgentLoss: Hashable {
    /// The pod was deleted, by whomever.
    case deleted
    /// The connection broke and the agent did not come back; nobody saw the pod go.
    case silent
    /// The pod failed as a whole: `Evicted`, `Terminated`, `NodeLost`.
    case podFailed(reason: String, message: String)
    /// One of its containers ended.
    case containerEnded(container: String, reason: String, exitCode: Int)
}

extension JenkinsWorld {
    /// The build is cut off because its agent is gone; its root span is no error, the step and its blocks are.
    mutating func loseAgent(_ build: Int, _ loss: AgentLoss) {
        let at = stop(build)
        let agent = builds[build].agent
        let place = "\(namespace)/\(agent.name)"
        var lines: [BuildEnding.Interruption.Line] = []
        switch loss {
        case .deleted:
            lines = contactLost(agent) + [.init(before: .milliseconds(1310), text: "Pod \(place) was just deleted")]
            control(
                at - .milliseconds(1312), "INFO", "o.c.j.p.k.p.r.Reaper$RemoveAgentOnPodDeleted#onEvent",
                "\(place) was just deleted, so removing corresponding Jenkins agent")
        case .silent:
            loseSilently(build)
            return
        case .podFailed(let reason, let message):
            let words = "\(place) Pod just failed. Reason: \(reason), Message: \(message)."
            lines = contactLost(agent) + [.init(before: .milliseconds(1310), text: words)]
            control(
                at - .milliseconds(1312), "INFO", "o.c.j.p.k.p.r.Reaper$TerminateAgentOnPodFailed#onEvent",
                "\(words) Removing corresponding node \(agent.name) from Jenkins.")
        case .containerEnded(let container, let reason, let exitCode):
            let words = "\(place) Container \(container) was terminated."
            let told = isNewest ? "" : " (Exit Code: \(exitCode), Reason: \(reason))"
            lines = [
                .init(before: .milliseconds(1500), text: words.dropLast() + told + "."),
                .init(before: .milliseconds(1490), text: "- \(container) -- terminated (\(exitCode))"),
                .init(before: .milliseconds(1480), text: "-----Logs-------------"),
                .init(
                    before: .milliseconds(1400),
                    text: "[PodInfo] \(place)\n\tContainer [\(container)] terminated [\(reason)] No message"),
            ]
            control(
                at - .milliseconds(1502), "INFO", "o.c.j.p.k.p.r.Reaper$TerminateAgentOnContainerTerminated#onEvent",
                "\(words) Removing corresponding node \(agent.name) from Jenkins.")
        }
        lines.append(
            .init(before: .milliseconds(240), text: "Agent \(agent.name) was deleted; cancelling node body"))
        channelClosed(agent, at - .milliseconds(900))
        interrupt(build, .init(at: at, cause: "RemovedNodeCause: Agent was removed", isError: true, lines: lines))
    }

    /// Five minutes pass before the build gives up, so it stops that much later than it lost its agent.
    private mutating func loseSilently(_ build: Int) {
        let lost = stop(build)
        let agent = builds[build].agent
        let gaveUp = lost + .milliseconds(Int64(300_000 + random.number(400...9000)))
        builds[build].stopsAt = gaveUp
        builds[build].silentFrom = lost
        channelClosed(agent, lost)
        control(
            lost + .milliseconds(300), "WARNING", "hudson.slaves.ChannelPinger$1#onDead",
            "Ping failed. Terminating the channel \(agent.connection).")
        let closed =
            "hudson.remoting.ChannelClosedException: Channel \"hudson.remoting.Channel@\(String(agent.port, radix: 16)):\(agent.connection)\": Remote call on \(agent.connection) failed. The channel is closing down or has closed down"
        var lines = [
            BuildEnding.Interruption.Line(
                before: gaveUp - lost - .seconds(2),
                text: isNewest
                    ? "\(agent.name) seems to be removed or offline (\(closed)); will wait for 5 min 0 sec for it to come back online"
                    : "Cannot contact \(agent.name): \(closed)")
        ]
        lines.append(
            .init(
                before: .milliseconds(300),
                text:
                    "\(agent.name) has been removed or offline for 5 min 0 sec; assuming it is not coming back, and terminating shell step"
            ))
        interrupt(
            build,
            .init(
                at: gaveUp, cause: "RemovedNodeTimeoutCause: Timeout waiting for agent to come back", isError: true,
                lines: lines))
    }

    private func contactLost(_ agent: WorldAgent) -> [BuildEnding.Interruption.Line] {
        guard !isNewest else { return [] }
        return [
            .init(
                before: .milliseconds(1200),
                text:
                    "\(agent.name) was marked offline: Connection was broken: java.nio.channels.ClosedChannelException"),
            .init(
                before: .milliseconds(2080),
                text:
                    "Cannot contact \(agent.name): hudson.remoting.ChannelClosedException: Channel \"hudson.remoting.Channel@\(String(agent.port, radix: 16)):\(agent.connection)\": Remote call on \(agent.connection) failed. The channel is closing down or has closed down"
            ),
        ]
    }

    mutating func channelClosed(_ agent: WorldAgent, _ at: Timestamp) {
        control(
            at, "INFO", "j.s.DefaultJnlpSlaveReceiver#channelClosed",
            "Computer.threadPoolForRemoting [#\(random.number(2...90))] for \(agent.name) terminated: java.nio.channels.ClosedChannelException"
        )
    }
}
