import Languages
import Telemetry

/// An agent that was lost without a word in its build: the trace was cut off, or the root never came.
///
/// The cluster tells instead: the agent's pod was evicted, or its node went away while the build ran.
enum SilentLoss {
    private struct Sign {
        let at: Timestamp
        let text: Phrase
    }

    private static let podReasons: Set<String> = ["Evicted", "TaintManagerEviction", "Preempted"]
    private static let lostPodReasons: Set<String> = ["Evicted", "NodeLost", "Terminated", "NodeShutdown"]

    /// The builds, of which those that ended without a reason, or did not end, have lost their agent where the cluster
    /// says so.
    static func settle(_ builds: [Build], in cluster: ClusterView, window: TimeWindow) -> [Build] {
        let notices = NodeNotice.all(in: cluster, window: window)
        return builds.map { build in
            guard build.population == .window,
                build.outcome == .open || (build.outcome == .stopped && !build.isExplained),
                let (agent, sign) = build.agents.lazy.compactMap({ agent in
                    sign(of: agent, build, cluster, notices).map { (agent, $0) }
                }).first
            else { return build }
            var settled = build
            settled.outcome = .lostAgent
            settled.isExplained = true
            settled.lostAgents = [agent]
            settled.lossText = sign.text
            return settled
        }
    }

    private static func sign(
        of agent: String, _ build: Build, _ cluster: ClusterView, _ notices: [NodeNotice]
    ) -> Sign? {
        var signs: [Sign] = []
        for event in cluster.events(of: "Pod", agent) where podReasons.contains(event.reason) {
            signs.append(Sign(at: event.at, text: "pod \(agent): \(event.reason)"))
        }
        for end in cluster.ends(of: agent) where end.reason == PodEnd.outOfMemory {
            if let at = end.at { signs.append(Sign(at: at, text: "container \(end.container) was OOMKilled")) }
        }
        if let node = cluster.node(of: agent) {
            signs += notices.filter { $0.node == node }.map { Sign(at: $0.at, text: "node \(node): \($0.text)") }
            signs += cluster.notReady(node).map { Sign(at: $0, text: "node \(node) went NotReady") }
            if let removal = cluster.removal(of: node) {
                signs.append(Sign(at: removal.at, text: "node \(node) was removed from the cluster"))
            }
            if let at = cluster.series.vanished[node] {
                signs.append(Sign(at: at, text: "node \(node) is measured no more"))
            }
        }
        if let pod = cluster.pods[agent], lostPodReasons.contains(pod.reason) {
            signs.append(Sign(at: build.end, text: "pod \(agent): \(pod.reason)"))
        }
        // An agent that was ended before was not needed any more.
        let ended = cluster.events(of: "Pod", agent).first { $0.reason == "Killing" }?.at
        return signs.filter { sign in
            isInTime(sign.at, build) && ended.map { sign.at <= $0 + BuildReader.clockSkew } ?? true
        }.min { ($0.at, $0.text.english) < ($1.at, $1.text.english) }
    }

    private static func isInTime(_ at: Timestamp, _ build: Build) -> Bool {
        guard build.start <= at else { return false }
        // Nothing more was heard of an open build; an aborted one ended soon after.
        if build.outcome == .open { return build.end <= at + NodeTrouble.reportingDelay }
        return at <= build.end + NodeTrouble.reportingDelay && build.end <= at + NodeTrouble.noticePeriod
    }
}
