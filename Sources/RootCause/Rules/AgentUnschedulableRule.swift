import Languages
import Telemetry

/// Agents waited for a node that the scheduler could not find.
struct AgentUnschedulableRule: Rule {
    let cause = Cause.agentUnschedulable
    let needs: Set<EvidenceSource> = [.events, .pods, .logs, .traces]

    private static let eventWeight = 2.6
    private static let pendingWeight = 0.8
    private static let furtherPodWeight = 0.3
    private static let quotaWeight = 2.8
    private static let healedWeight = -1.2
    /// What a build says of its wait, alone and beside the cluster's own words.
    private static let waitWeight = 2.8
    private static let furtherWaitWeight = 0.8
    /// A pod that is scheduled after this much trying is no failure: the autoscaler needs a minute or two for a node.
    private static let patience = Duration.seconds(180)

    private struct Wait {
        let pod: String
        let at: Timestamp
        /// `FailedScheduling: 0/9 nodes are available`
        let text: Phrase
        /// What the scheduler said; empty where only a metric tells of the wait.
        let message: String
        let source: EvidenceSource
        /// Whether the pod got its node after all, if late.
        let isHealed: Bool
    }

    /// What waits for one pool or label.
    private struct Pool {
        var waits: [Wait] = []
        var builds: [Build] = []
    }

    func drafts(in scene: Scene) -> [Draft] {
        var pools: [String: Pool] = [:]
        let names = PoolNames(in: scene)
        let starts = scene.agentStarts
        var seen: Set<String> = []
        for event in scene.events(["FailedScheduling", "FailedCreate"]) where seen.insert(event.object.name).inserted {
            guard !scene.controller.isPod(event.object.name) else { continue }
            let pod = event.object.name
            let healedAt = placed(pod, starts, in: scene)
            if let healedAt, healedAt - event.at < Self.patience { continue }
            let pool = names.pool(ofPod: pod) ?? event.object.namespace
            pools[pool, default: Pool()].waits.append(
                Wait(
                    pod: pod, at: event.at,
                    text: "\(event.reason) ×\(event.count): \(Words.short(event.message))", message: event.message,
                    source: .events, isHealed: healedAt != nil))
        }
        for (pod, since) in unplaced(in: scene) where seen.insert(pod).inserted {
            pools[names.pool(ofPod: pod) ?? "", default: Pool()].waits.append(
                Wait(
                    pod: pod, at: since, text: "without a node since \(Words.clock(since))", message: "",
                    source: .metrics, isHealed: starts[pod] != nil))
        }
        for build in scene.builds where build.population == .window && isWaiting(build, in: scene) {
            pools[names.pool(of: build) ?? "", default: Pool()].builds.append(build)
        }
        var quota: [String: [LogEntry]] = [:]
        for line in scene.lines(with: ["exceeded quota"]) {
            quota[names.pool(of: line) ?? "", default: []].append(line)
        }
        if pools.isEmpty, let name = quota.keys.min(by: { ($1.isEmpty ? 0 : 1, $0) < ($0.isEmpty ? 0 : 1, $1) }) {
            pools[name] = Pool()
        }
        // What does not say its pool is of the one that is known to be short.
        let named = pools.keys.filter { !$0.isEmpty }
        if named.count == 1, let only = named.first {
            if let nameless = pools.removeValue(forKey: "") {
                pools[only]?.waits += nameless.waits
                pools[only]?.builds += nameless.builds
            }
            quota[only, default: []] += quota.removeValue(forKey: "") ?? []
        }
        return pools.sorted { $0.key < $1.key }.map {
            draft($0.key, $0.value, quota: quota[$0.key] ?? [], in: scene)
        }
    }

    /// Agents that metrics call unschedulable for longer than anybody would wait, by name.
    private func unplaced(in scene: Scene) -> [(pod: String, since: Timestamp)] {
        let window = scene.evidence.window
        var found: [String: Timestamp] = [:]
        for series in scene.evidence.metrics where series.isCalled(.unschedulable) {
            guard let pod = series.labels["pod"], !scene.controller.isPod(pod) else { continue }
            let times = series.samples.filter { $0.value == 1 && $0.at < window.end }.map(\.at)
            guard let first = times.min(), let last = times.max(), last >= window.start, last - first >= Self.patience
            else { continue }
            found[pod] = min(found[pod] ?? first, first)
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// When the pod got a node: by its events, by what its build did on it, or, at last, by its state.
    private func placed(_ pod: String, _ starts: [String: Timestamp], in scene: Scene) -> Timestamp? {
        if let event = scene.cluster.events(of: "Pod", pod).first(where: { $0.reason == "Scheduled" }) {
            return event.at
        }
        if let started = starts[pod] { return started }
        guard let state = scene.cluster.pods[pod], !state.node.isEmpty, state.phase != "Pending" else { return nil }
        return scene.evidence.window.start
    }

    /// Whether a build ended because it waited, or has waited for long and waits still.
    private func isWaiting(_ build: Build, in scene: Scene) -> Bool {
        guard build.waitedFor != nil else { return false }
        // Its pod has a node: it waits for something else.
        guard build.agents.allSatisfy({ scene.cluster.node(of: $0) == nil }) else { return false }
        if build.outcome == .timedOut { return true }
        return build.outcome == .open && scene.evidence.window.end - build.end >= Self.patience
    }

    private func draft(_ name: String, _ pool: Pool, quota: [LogEntry], in scene: Scene) -> Draft {
        let waits = pool.waits
        var findings: [Finding] = []
        for (position, wait) in waits.prefix(3).enumerated() {
            findings.append(
                Finding(
                    wait.source, at: wait.at, text: "pod \(wait.pod): \(wait.text)",
                    weight: position == 0 ? Self.eventWeight : Self.furtherPodWeight))
        }
        let pending = waits.filter { scene.cluster.pods[$0.pod]?.phase == "Pending" }
        if let first = pending.first {
            findings.append(Finding(.pods, text: "pod \(first.pod) is still Pending", weight: Self.pendingWeight))
        }
        if !waits.isEmpty, waits.allSatisfy(\.isHealed) {
            findings.append(Finding(.events, text: "all of them got a node later", weight: Self.healedWeight))
        }
        if let line = quota.first {
            findings.append(Finding(.logs, at: line.at, text: Words.quotation(line.line), weight: Self.quotaWeight))
        }
        if let build = pool.builds.first {
            let label = build.waitedFor.flatMap { $0.isEmpty ? nil : $0 } ?? name
            let agent: Phrase = label.isEmpty ? "an agent" : "an agent with label \(label)"
            findings.append(
                Finding(
                    .traces, at: build.end,
                    text: build.isFailure
                        ? "\(build.title) ended while it waited for \(agent)"
                        : "\(build.title) still waits for \(agent)",
                    weight: findings.isEmpty ? Self.waitWeight : Self.furtherWaitWeight,
                    reference: .trace(build.traceID, span: nil)))
            if pool.builds.count > 1 {
                findings.append(
                    Finding(
                        .traces, text: "\(pool.builds.count) builds wait so", weight: Self.furtherPodWeight))
            }
        }
        let pods = waits.map(\.pod)
        let reason: Phrase =
            waits.first { !$0.message.isEmpty }.map { ": \(Words.short($0.message, characters: 90))" }
            ?? (quota.isEmpty ? .empty : ": the quota is used up")
        let harmed = Set(scene.builds(harmedOn: pods).map(\.title)).union(pool.builds.map(\.title))
        return Draft(
            subject: .init(.pool, name),
            statement:
                "\(Self.waiting(pods: pods.count, builds: pool.builds.count, for: name))\(scene.since)\(reason).",
            findings: findings, recommendations: Self.recommendations(name, waits, quota),
            explains: Set(pods).union(harmed))
    }

    /// - Parameter name: of the pool; empty where it is not known.
    private static func waiting(pods: Int, builds: Int, for name: String) -> Phrase {
        let isBuild = pods == 0 && builds > 0
        let place: Phrase =
            name.isEmpty
            ? isBuild ? "an agent" : "a node" : isBuild ? "an agent of `\(name)`" : "a node of `\(name)`"
        if pods > 0 {
            return pods == 1
                ? "\(1) agent waited in vain for \(place)" : "\(pods) agents waited in vain for \(place)"
        }
        if builds == 0 { return "Agents wait for \(place)" }
        return builds == 1
            ? "\(1) build waited in vain for \(place)" : "\(builds) builds waited in vain for \(place)"
    }

    private static func recommendations(_ pool: String, _ waits: [Wait], _ quota: [LogEntry]) -> [Phrase] {
        let message = waits.first { !$0.message.isEmpty }?.message ?? ""
        let isQuota = !quota.isEmpty || message.contains("exceeded quota")
        let short = ["cpu", "memory", "ephemeral-storage", "pods"].first { message.contains("Insufficient \($0)") }
        let compare: Phrase = "Compare what the agents request with what a node of the pool has, and with its taints."
        let raise: Phrase =
            pool.isEmpty
            ? "Raise the maximum size of the agents' node pool."
            : "Raise the maximum size of the node pool `\(pool)` runs on."
        if isQuota { return ["Raise the namespace's quota, or lower the container cap of the cloud in Jenkins."] }
        if let short { return ["\(raise) It is short of \(short).", compare] }
        if message.contains("taint") || message.contains("affinity") || message.contains("selector") {
            let give: Phrase =
                pool.isEmpty
                ? "Give the pod template the tolerations and node selector of its pool."
                : "Give the pod template of `\(pool)` the tolerations and node selector of its pool."
            return [give, compare]
        }
        if waits.isEmpty {
            let label: Phrase = pool.isEmpty ? "the label that the pipeline asks for" : "the label `\(pool)`"
            return ["Check that a pod template or an agent of Jenkins has \(label).", raise]
        }
        return [compare, raise]
    }
}

extension Scene {
    /// When each agent first did something for a build.
    var agentStarts: [String: Timestamp] {
        var starts: [String: Timestamp] = [:]
        for trace in spans.traceRows where trace.isPipeline {
            for row in trace.rows {
                let span = spans.span(of: row)
                guard let agent = span.attributes.text("jenkins.computer.name") else { continue }
                starts[agent] = min(starts[agent] ?? span.start, span.start)
            }
        }
        return starts
    }
}
