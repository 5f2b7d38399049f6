import Languages
import Telemetry

/// Builds wait longer for their agents than they used to: there is no room for more, or it comes late.
///
/// Only the traces tell it; where the scheduler's own events do, the other rule about agents without a node has more to
/// say. However many builds wait, and of however many jobs, it is one finding.
struct AgentWaitRule: Rule {
    let cause = Cause.agentUnschedulable
    let needs: Set<EvidenceSource> = [.traces]

    /// What the longest wait says is worth 2.8, told in two pieces: that it was long, and what of the build it was.
    private static let waitWeight = 2.4
    private static let divisionWeight = 0.4
    private static let furtherBuildWeight = 0.3
    private static let mostFurther = 4
    private static let severalJobsWeight = 0.6
    private static let eventWeight = 1.0
    private static let queueWeight = 0.8
    /// The controller that is slow at everything is slow with agents too.
    private static let controllerWeight = -1.5
    /// Pools of several kinds wait, and web pages that need no agent take long as well.
    private static let slowControllerWeight = -2.5
    /// Of all waits' time, the share of those pools that have to be named.
    private static let namedPools = 3
    /// A hypothesis with less does not stand in for this one.
    private static let telling = 0.4

    func drafts(in scene: Scene) -> [Draft] {
        let waits = scene.slowBuilds.waits.sorted { ($1.excess, $0.build) < ($0.excess, $1.build) }
        guard !waits.isEmpty else { return [] }
        let pools = Self.pools(of: waits, in: scene)
        guard let pool = pools.first else { return [] }
        let labels = Set(pools.map(\.name))
        // A pool by another name than any that builds ask for is the same wait, told by its events.
        let isTold = AgentUnschedulableRule().drafts(in: scene).contains {
            $0.confidence >= Self.telling && ($0.subject.name == pool.name || !labels.contains($0.subject.name))
        }
        guard !isTold else { return [] }
        return [draft(pools, waits, in: scene)]
    }

    private struct Pool {
        let name: String
        var seconds: Double
    }

    /// The most waited for first.
    private static func pools(of waits: [SlowBuilds.Wait], in scene: Scene) -> [Pool] {
        var seconds: [String: Double] = [:]
        let names = PoolNames(in: scene)
        for wait in waits {
            seconds[wait.times.label ?? names.pool(of: scene.builds[wait.build]) ?? "", default: 0] += wait.excess
        }
        return seconds.map { Pool(name: $0.key, seconds: $0.value) }
            .sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) }
    }

    private func draft(_ pools: [Pool], _ waits: [SlowBuilds.Wait], in scene: Scene) -> Draft {
        var findings = waits.prefix(Self.mostFurther + 1).enumerated().map { position, wait in
            let build = scene.builds[wait.build]
            return Finding(
                .traces, at: build.start,
                text:
                    "\(build.title) waited \(Words.duration(seconds: wait.times.queue)) for its agent, its job usually \(Words.duration(seconds: wait.usual))",
                weight: position == 0 ? Self.waitWeight : Self.furtherBuildWeight,
                reference: .trace(build.traceID, span: build.root.map { scene.spans.span(of: $0).id }))
        }
        if let first = waits.first, let pace = scene.slowBuilds.paces[scene.builds[first.build].job] {
            findings.append(
                Finding(
                    .traces,
                    text: SlowBuildWords.division(
                        first.times, pace, at: .wait, of: scene.builds[first.build].title),
                    weight: Self.divisionWeight))
        }
        let jobs = Set(waits.map { scene.builds[$0.build].job })
        if jobs.count > 1 {
            findings.append(
                Finding(.traces, text: "builds of \(jobs.count) jobs wait alike", weight: Self.severalJobsWeight))
        }
        findings += around(scene)
        if pools.count > 1, let slow = ControllerOverloadRule.slowAnswers(in: scene) {
            findings.append(
                Finding(
                    slow.source, at: slow.at, text: "the controller is slow at everything: \(slow.text)",
                    weight: Self.slowControllerWeight, reference: slow.reference))
        } else if let gaps = GapGrowth.find(in: scene) {
            findings.append(gaps.finding(weight: Self.controllerWeight))
        }
        let after = Robust(waits.map(\.times.queue))?.median ?? 0
        let before = Robust(waits.map(\.usual))?.median ?? 0
        let names = pools.filter { !$0.name.isEmpty }.prefix(Self.namedPools).map { "`\($0.name)`" }
        let pool = pools[0].name
        let agents: Phrase = names.isEmpty ? "agents" : "agents of \(Words.list(Array(names)))"
        let whose: Phrase = pool.isEmpty ? .empty : " of \(pool)"
        let whoseJobs = Words.count(jobs.count, "job")
        let (now, usual) = (Words.duration(seconds: after), Words.duration(seconds: before))
        return Draft(
            subject: .init(.pool, pool),
            statement: waits.count == 1
                ? "\(1) build of \(whoseJobs) waited \(now) for \(agents)\(scene.since), before \(usual)."
                : "\(waits.count) builds of \(whoseJobs) waited \(now) for \(agents)\(scene.since), before \(usual).",
            findings: findings,
            recommendations: [
                "Compare the agents\(whose) that run with their limits: container cap, pool size, quota.",
                "Look for pods that are still Pending: `kubectl get pods --field-selector=status.phase=Pending`.",
                "If this repeats, raise the maximum size of the pool\(whose), or keep a spare node in it.",
            ],
            explains: Set(waits.map { scene.builds[$0.build].title }))
    }

    /// What else says that agents were short: the scheduler, and the queue.
    private func around(_ scene: Scene) -> [Finding] {
        var findings: [Finding] = []
        if let event = scene.events(["FailedScheduling", "FailedCreate"]).first {
            findings.append(
                Finding(
                    .events, at: event.at,
                    text: "pod \(event.object.name): \(event.reason): \(Words.short(event.message))",
                    weight: Self.eventWeight))
        }
        let grown = scene.metrics.rows.first { row in
            guard row.meaning == .queue, let usual = Robust(row.before), row.before.count >= JobPace.fewestBuilds else {
                return false
            }
            return usual.isExceeded(by: row.worst) && row.worst - usual.median >= 1
        }
        if let grown {
            findings.append(
                Finding(
                    .metrics,
                    text:
                        "`\(grown.name)` rose to \(Words.decimal(grown.worst, places: 0)), before \(Words.decimal(grown.usual ?? 0, places: 0))",
                    weight: Self.queueWeight))
        }
        return findings
    }
}
