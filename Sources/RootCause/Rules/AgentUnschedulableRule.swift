import Telemetry

/// Agents waited for a node that the scheduler could not find.
struct AgentUnschedulableRule: Rule {
    let cause = Cause.agentUnschedulable
    let needs: Set<EvidenceSource> = [.events, .pods, .logs]

    private static let eventWeight = 2.6
    private static let pendingWeight = 0.8
    private static let furtherPodWeight = 0.3
    private static let quotaWeight = 2.8
    /// A pod that is scheduled after this much trying is no failure: the autoscaler needs a minute or two for a node.
    private static let patience = Duration.seconds(180)

    func drafts(in scene: Scene) -> [Draft] {
        struct Wait {
            let pod: String
            let namespace: String
            let event: ClusterEvent
        }
        var waits: [Wait] = []
        var seen: Set<String> = []
        for event in scene.events(["FailedScheduling", "FailedCreate"]) where seen.insert(event.object.name).inserted {
            let scheduled = scene.cluster.events(of: "Pod", event.object.name).first { $0.reason == "Scheduled" }
            if let scheduled, scheduled.at - event.at < Self.patience { continue }
            waits.append(Wait(pod: event.object.name, namespace: event.object.namespace, event: event))
        }
        let quota = scene.lines(with: ["exceeded quota"])
        guard !waits.isEmpty || !quota.isEmpty else { return [] }
        let byPool = Dictionary(grouping: waits) { pool(of: $0.pod, namespace: $0.namespace, in: scene) }
        if byPool.isEmpty {
            return [draft("agents", waits: [], quota: quota, in: scene)]
        }
        return byPool.sorted { $0.key < $1.key }.map { pool, waits in
            draft(pool, waits: waits.map { ($0.pod, $0.event) }, quota: quota, in: scene)
        }
    }

    private func pool(of pod: String, namespace: String, in scene: Scene) -> String {
        scene.cluster.pods[pod]?.labels["jenkins/label"] ?? namespace
    }

    private func draft(
        _ pool: String, waits: [(pod: String, event: ClusterEvent)], quota: [LogEntry], in scene: Scene
    ) -> Draft {
        var findings: [Finding] = []
        for (position, wait) in waits.prefix(3).enumerated() {
            findings.append(
                Finding(
                    .events, at: wait.event.at,
                    text:
                        "pod \(wait.pod): \(wait.event.reason) ×\(wait.event.count): \(Phrases.short(wait.event.message))",
                    weight: position == 0 ? Self.eventWeight : Self.furtherPodWeight))
        }
        let pending = waits.filter { scene.cluster.pods[$0.pod]?.phase == "Pending" }
        if let first = pending.first {
            findings.append(Finding(.pods, text: "pod \(first.pod) is still Pending", weight: Self.pendingWeight))
        }
        if let line = quota.first {
            findings.append(Finding(.logs, at: line.at, text: Phrases.short(line.line), weight: Self.quotaWeight))
        }
        let pods = waits.map(\.pod)
        let waiting = pods.isEmpty ? "Agents wait" : "\(Phrases.count(pods.count, "agent")) waited in vain"
        let reason =
            waits.first.map { ": \(Phrases.short($0.event.message, characters: 90))" } ?? ": the quota is used up"
        return Draft(
            subject: .init(.pool, pool), statement: "\(waiting) for a node of `\(pool)`\(scene.since)\(reason).",
            findings: findings,
            recommendations: [
                "Compare what the agents request with what a node of the pool has, and with its taints.",
                "Raise the maximum size of the node pool, or the namespace's quota.",
            ],
            explains: Set(pods).union(scene.builds(harmedOn: pods).map(\.title)))
    }
}
