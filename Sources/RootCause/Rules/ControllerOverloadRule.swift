import Languages
import Telemetry

/// The Jenkins controller has more to do than it can: it answers late, loses agents that are well, and its queue grows.
///
/// A queue that grows says nothing alone: it grows as well when there are no agents.
struct ControllerOverloadRule: Rule {
    let cause = Cause.controllerOverload
    let needs: Set<EvidenceSource> = [.metrics, .logs, .traces]

    private static let saturatedWeight = 2.2
    private static let slowWeight = 2.0
    private static let pingWeight = 1.8
    private static let garbageWeight = 1.4
    private static let probeWeight = 1.2
    private static let lateWeight = 1.2
    private static let furtherLateWeight = 0.5
    private static let waitsWeight = 1.0
    private static let queueWeight = 1.0
    private static let harmedWeight = 0.5

    func drafts(in scene: Scene) -> [Draft] {
        guard let name = scene.controller.name else { return [] }
        let losses = pinged(in: scene)
        let own =
            saturation(in: scene) + [Self.slowAnswers(in: scene)].compactMap(\.self) + pings(losses)
            + garbage(in: scene) + probes(in: scene)
            + lateLines(in: scene)
        guard !own.isEmpty else { return [] }
        let waiting = scene.slowBuilds.waits.map { scene.builds[$0.build].title }
        let builds = Set(losses.flatMap(\.builds)).sorted().map { scene.builds[$0] }
        var findings = own + queue(in: scene)
        if own.contains(where: { $0.weight >= Self.slowWeight }) { findings += waits(in: scene) }
        if let build = builds.first {
            findings.append(
                Finding(
                    build.source, at: build.failedAt, text: "\(build.title) did not finish", weight: Self.harmedWeight,
                    reference: .trace(build.traceID, span: nil)))
        }
        let first = findings.max { ($0.weight, $1.text.english) < ($1.weight, $0.text.english) }
        let reason: Phrase = first.map { ": \($0.text)" } ?? .empty
        return [
            Draft(
                subject: .init(.pod, name),
                statement: "The Jenkins controller `\(name)` is overloaded\(scene.since)\(reason).",
                findings: findings,
                recommendations: [
                    "See what keeps it busy: a thread dump (`jcmd 1 Thread.print` in pod \(name)).",
                    "Raise the CPU limit of `\(name)`; look at its garbage collection before raising the heap.",
                    "Move work off the controller: no builds on it, less polling, fewer kept builds.",
                ],
                explains: Set([name]).union(losses.map(\.agent)).union(builds.map(\.title)).union(waiting),
                // What ends the controller, or takes its node away, is the better answer.
                isFallback: true)
        ]
    }

    // MARK: Metrics

    private static let fullShare = 0.9
    private static let throttledShare = 0.3
    private static let calmShare = 0.7
    private static let times = 3.0

    private func ofController(_ row: MetricTable.Row, in scene: Scene) -> Bool {
        if let pod = row.pod { return scene.controller.isPod(pod) }
        return row.service.map(scene.controller.services.contains) ?? false
    }

    private func saturation(in scene: Scene) -> [Finding] {
        let row = scene.metrics.rows.first { row in
            guard ofController(row, in: scene), let scale = row.scale, row.meaning == .cpu || row.meaning == .throttling
            else { return false }
            let least = row.meaning == .cpu ? Self.fullShare : Self.throttledShare
            return row.worst / scale >= least && (row.usual ?? 0) / scale < Self.calmShare * least
        }
        guard let row, let scale = row.scale else { return [] }
        let (now, before) = (Words.percent(row.worst / scale), Words.percent((row.usual ?? 0) / scale))
        return [
            Finding(
                .metrics,
                text: row.meaning == .cpu
                    ? "it uses its processor time to \(now), \(before) before"
                    : "it is held back from the processor to \(now), \(before) before",
                weight: Self.saturatedWeight)
        ]
    }

    private func garbage(in scene: Scene) -> [Finding] {
        let series = scene.metrics.rows.first { row in
            let words = row.name.lowercased().split { !$0.isLetter && !$0.isNumber }
            return words.contains("gc") && (row.pod == nil || ofController(row, in: scene))
                && row.usual.map { row.worst > Self.times * $0 && $0 > 0 } ?? false
        }
        guard let series, let usual = series.usual else { return [] }
        return [
            Finding(
                .metrics,
                text: "\(series.name) is \(Words.decimal(series.worst / usual, places: 0)) times as high as before",
                weight: Self.garbageWeight)
        ]
    }

    private static let longQueue = 5.0

    private func queue(in scene: Scene) -> [Finding] {
        let row = scene.metrics.rows.first { row in
            row.meaning == .queue && row.name.contains("jenkins")
                && row.worst >= max(Self.longQueue, Self.times * (row.before.max() ?? 0))
        }
        guard let row else { return [] }
        return [
            Finding(
                .metrics,
                text:
                    "\(row.name) grew to \(Words.decimal(row.worst, places: 0)) from \(Words.decimal(row.usual ?? 0, places: 0))",
                weight: Self.queueWeight)
        ]
    }

    // MARK: Its answers

    private static let fewestAnswers = 5
    /// Answers below this are never a complaint.
    private static let slowAnswer = 1.0

    /// Web requests of the window against those of the baseline.
    static func slowAnswers(in scene: Scene) -> Finding? {
        let table = scene.spans
        var before: [Double] = []
        var after: [Double] = []
        var slowest: (row: Int, seconds: Double)?
        for trace in table.traceRows where !trace.isPipeline {
            let row = trace.rows.lowerBound
            guard table.rows[row].kind == .server,
                scene.controller.services.contains(table.services[table.service(of: row)])
            else { continue }
            let seconds = Double(table.rows[row].duration) * 1e-9
            switch trace.population {
            case .baseline: before.append(seconds)
            case .window:
                after.append(seconds)
                if slowest.map({ seconds > $0.seconds }) ?? true { slowest = (row, seconds) }
            case .neither: break
            }
        }
        guard before.count >= fewestAnswers, after.count >= fewestAnswers, let slowest,
            let usual = before.sorted().quantile(0.5), let now = after.sorted().quantile(0.5),
            now >= slowAnswer, now >= times * usual
        else { return nil }
        let span = table.span(of: slowest.row)
        return Finding(
            .traces, at: span.start,
            text: "its web pages take \(Words.duration(seconds: now)), \(Words.duration(seconds: usual)) before",
            weight: slowWeight, reference: .trace(span.traceID, span: span.id))
    }

    private static let pingMarks = [
        "Ping failed. Terminating the channel", "hudson.slaves.ChannelPinger", "Ping started at",
    ]
    private static let fewestPings = 3

    /// Agents that were lost although their nodes are well.
    private func pinged(in scene: Scene) -> [AgentLoss] {
        let taken = Set(scene.nodes.filter { $0.wentAway || $0.notice != nil }.map(\.node))
        let lines = scene.controllerLines(with: Self.pingMarks)
        guard lines.count >= Self.fewestPings else { return [] }
        let losses = scene.losses.filter { loss in !(loss.node.map(taken.contains) ?? false) }
        // Agents of one node may have lost their connection for their node's sake.
        let nodes = Set(losses.map(\.node))
        return losses.count >= Self.fewestPings && (nodes.count > 1 || nodes == [nil]) ? losses : []
    }

    private func pings(_ losses: [AgentLoss]) -> [Finding] {
        guard let first = losses.first else { return [] }
        return [
            Finding(
                first.source, at: first.at,
                text: "\(losses.count) agents did not answer its pings in time, and their nodes are well",
                weight: Self.pingWeight, reference: first.reference)
        ]
    }

    private func probes(in scene: Scene) -> [Finding] {
        let event = scene.events(["Unhealthy"]).first {
            $0.object.kind == "Pod" && scene.controller.isPod($0.object.name)
        }
        return event.map {
            [
                Finding(
                    .events, at: $0.at, text: "pod \($0.object.name): \(Words.short($0.message))",
                    weight: Self.probeWeight)
            ]
        } ?? []
    }

    /// What Jenkins, its plugins and its libraries write when threads do not get to run in time.
    private static let lateMarks = [
        " took longer than ", "GC overhead", " unresponsive for ", " spent too much time (",
        " is still running. Execution aborted", "sent ping but didn't receive pong",
    ]
    private static let mostLateLines = 3
    /// Lines of the window to those of as much quiet time, below which they are usual.
    private static let timesAsMany = 3.0

    /// The first of each kind, unless the quiet time had them too.
    private func lateLines(in scene: Scene) -> [Finding] {
        let usual = scene.controllerLinesBefore(with: Self.lateMarks)
        var findings: [Finding] = []
        for mark in Self.lateMarks {
            let own = scene.controllerLines(with: [mark])
            let before = Double(usual.count { $0.line.contains(mark) }) * scene.spans.stretches.baselineScale
            guard let line = own.first, Double(own.count) >= Self.timesAsMany * before else { continue }
            findings.append(
                Finding(
                    .logs, at: line.at, text: Words.quotation(line.line),
                    weight: findings.isEmpty ? Self.lateWeight : Self.furtherLateWeight))
        }
        return Array(findings.prefix(Self.mostLateLines))
    }

    /// Pools of several kinds are not short all at once; the one who hands their agents out is slow.
    private func waits(in scene: Scene) -> [Finding] {
        let names = PoolNames(in: scene)
        let pools = Set(scene.slowBuilds.waits.compactMap { $0.times.label ?? names.pool(of: scene.builds[$0.build]) })
        guard pools.count > 1 else { return [] }
        return [
            Finding(
                .traces, text: "builds wait for agents of \(Words.list(pools.sorted())) alike",
                weight: Self.waitsWeight)
        ]
    }
}
