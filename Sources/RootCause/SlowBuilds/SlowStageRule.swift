import Languages
import Telemetry

/// Builds end well and take longer than usual, because one stage or step of them does.
///
/// The subject is the service whose traces they are; job and stage are in the statement. One finding for all builds: what
/// slows down several jobs at once has one cause.
struct SlowStageRule: Rule {
    let cause = Cause.latencyRegression
    let needs: Set<EvidenceSource> = [.traces]

    /// What the slow build says is worth 2.6, told in two pieces: that it took longer, and where its time went.
    private static let slowWeight = 2.1
    private static let divisionWeight = 0.5
    private static let furtherBuildWeight = 0.4
    private static let mostFurther = 3
    /// Where nothing in particular takes longer, what they run on may be at fault.
    private static let vagueWeight = -1.2
    /// When the controller is slow from step to step in all jobs, that is the finding.
    private static let controllerWeight = -2.0
    /// As many are as slow on any day.
    private static let chanceWeight = -1.5

    func drafts(in scene: Scene) -> [Draft] {
        // Requests to the same service have been looked at already, and are told in more detail.
        let told = Set(LatencyRegressionRule().drafts(in: scene).map(\.subject))
        let own = scene.slowBuilds.slow.filter { $0.reason != .wait }
        return Dictionary(grouping: own) { service(of: $0, in: scene) }.sorted { $0.key < $1.key }
            .filter { !told.contains(.init(.service, $0.key)) }
            .compactMap { draft($0.key, $0.value, in: scene) }
    }

    private func service(of slow: SlowBuilds.Slow, in scene: Scene) -> String {
        let spans = scene.spans
        return scene.builds[slow.build].root.map { spans.services[spans.service(of: $0)] } ?? ""
    }

    private func draft(_ service: String, _ slow: [SlowBuilds.Slow], in scene: Scene) -> Draft? {
        // The reason that costs most: the same step may be slow in several jobs.
        let groups = Dictionary(grouping: slow) { SlowBuildWords.place(of: $0.reason)?.english ?? "" }
        let costs = groups.map { (place: $0.key, builds: $0.value, cost: $0.value.reduce(0) { $0 + $1.excess }) }
        guard let leading = costs.max(by: { ($0.cost, $1.place) < ($1.cost, $0.place) }) else { return nil }
        let builds = leading.builds.sorted { ($1.excess, $0.build) < ($0.excess, $1.build) }
        let shown = builds[0]
        var findings = builds.prefix(Self.mostFurther + 1).enumerated().map { position, one in
            Finding(
                .traces, at: scene.builds[one.build].start, text: SlowBuildWords.sentence(one, in: scene),
                weight: position == 0 ? Self.slowWeight : Self.furtherBuildWeight,
                reference: reference(to: one, in: scene))
        }
        findings.append(
            Finding(
                .traces,
                text: SlowBuildWords.division(
                    shown.times, shown.pace, at: shown.reason, of: scene.builds[shown.build].title),
                weight: Self.divisionWeight))
        let jobs = Set(builds.map { scene.builds[$0.build].job })
        let healthy = Set(scene.slowBuilds.compared.keys.map { scene.builds[$0].job }).subtracting(
            slow.map { scene.builds[$0.build].job })
        if !healthy.isEmpty {
            findings.append(
                Finding(
                    .traces, text: "builds of \(Words.count(healthy.count, "other job")) take as long as before",
                    weight: 0))
        }
        if leading.place.isEmpty {
            findings.append(
                Finding(.traces, text: "no stage or step stands out in them", weight: Self.vagueWeight))
        }
        let chance = SlowByChance(builds, in: scene)
        if chance.isLikely { findings.append(chance.finding(weight: Self.chanceWeight)) }
        if let gaps = GapGrowth.find(in: scene) { findings.append(gaps.finding(weight: Self.controllerWeight)) }
        let job = scene.builds[shown.build].job
        let further = jobs.count - 1
        let others: Phrase =
            switch further {
            case 0: .empty
            case 1: "; so does that of \(1) other job"
            default: "; so do those of \(further) other jobs"
            }
        return Draft(
            subject: .init(.service, service),
            statement:
                "\(SlowBuildWords.comparison(of: builds.filter { scene.builds[$0.build].job == job }, job: job))\(others).",
            findings: findings,
            recommendations: recommendations(shown, in: scene),
            explains: Set(builds.map { scene.builds[$0.build].title }))
    }

    private func reference(to slow: SlowBuilds.Slow, in scene: Scene) -> Reference {
        .trace(
            scene.builds[slow.build].traceID,
            span: scene.builds[slow.build].root.map { scene.spans.span(of: $0).id })
    }

    private func recommendations(_ slow: SlowBuilds.Slow, in scene: Scene) -> [Phrase] {
        let build = scene.builds[slow.build]
        let place = SlowBuildWords.place(of: slow.reason)
        let agent = build.agents.first
        return [
            "Compare the trace of \(build.title) with one from before\(place.map { ", at \($0)" } ?? .empty).",
            "See what changed in `\(build.job)` since its last quick build: commits, tool versions, caches.",
            agent.map { "Check CPU throttling and disk of agent \($0): container_cpu_cfs_throttled_periods_total." },
        ].compactMap(\.self)
    }
}

/// Slow builds in words.
enum SlowBuildWords {
    /// "stage `Test`, step `mvn verify`"; nil where nothing in particular is slow.
    static func place(of reason: SlowBuilds.Reason) -> Phrase? {
        switch reason {
        case .wait: "the wait for an agent"
        case .gaps: "the time between steps"
        case .stage(let stage): "stage `\(stage)`"
        case .step(let place):
            "step `\(place.step)`" + (place.stage.map { " of stage `\($0)`" } ?? .empty)
        case .everything: nil
        }
    }

    /// "shop/main #78 took 14 min, its job usually 5 min: 11 min at stage `Test`, before 2 min"
    static func sentence(_ slow: SlowBuilds.Slow, in scene: Scene) -> Phrase {
        let part = part(of: slow)
        let detail: Phrase =
            part.map {
                ": \(Words.duration(seconds: $0.after)) at \($0.place), before \(Words.duration(seconds: $0.before))"
            } ?? .empty
        return
            "\(scene.builds[slow.build].title) took \(Words.duration(seconds: slow.times.total)), its job usually \(Words.duration(seconds: slow.pace.total.median))\(detail)"
    }

    /// "critical path of shop/main #78: 79 % step `mvn verify`; queue and agent 40 s, before 12 s; run 13 min, before
    /// 4 min; between steps, controller to agent, 20 s, before 15 s"
    static func division(
        _ times: BuildTimes, _ pace: JobPace, at reason: SlowBuilds.Reason, of title: String
    ) -> Phrase {
        let bottleneck: Phrase? =
            switch reason {
            case .step(let place): share(times.steps[place], of: times).map { "\($0) step `\(place.step)`" }
            case .stage(let stage): share(times.stages[stage], of: times).map { "\($0) stage `\(stage)`" }
            case .wait, .gaps, .everything: nil
            }
        let (queue, usualQueue) = (Words.duration(seconds: times.queue), Words.duration(seconds: pace.queue.median))
        let usualRun = max(0, pace.total.median - pace.queue.median - pace.gaps.median)
        let (gaps, usualGaps) = (Words.duration(seconds: times.gaps), Words.duration(seconds: pace.gaps.median))
        let parts: [Phrase] = [
            bottleneck, "queue and agent \(queue), before \(usualQueue)",
            "run \(Words.duration(seconds: times.run)), before \(Words.duration(seconds: usualRun))",
            "between steps, controller to agent, \(gaps), before \(usualGaps)",
        ].compactMap(\.self)
        return "critical path of \(title): \(parts.joined(separator: "; "))"
    }

    private static func share(_ seconds: Double?, of times: BuildTimes) -> String? {
        guard let seconds, times.total > 0 else { return nil }
        return Words.percent(seconds / times.total)
    }

    /// "Builds of `shop/main` take 14 min, before 5 min: stage `Test` takes 11 min, before 2 min"; with medians.
    static func comparison(of slow: [SlowBuilds.Slow], job: String) -> Phrase {
        guard let total = Robust(slow.map(\.times.total)), let first = slow.first else { return "Builds are slow" }
        var text: Phrase =
            "Builds of `\(job)` take \(Words.duration(seconds: total.median)), before \(Words.duration(seconds: first.pace.total.median))"
        let parts = slow.compactMap(part)
        if let now = Robust(parts.map(\.after)), let part = parts.first {
            text +=
                ": \(part.place) takes \(Words.duration(seconds: now.median)), before \(Words.duration(seconds: part.before))"
        }
        return text
    }

    private static func part(of slow: SlowBuilds.Slow) -> (place: Phrase, before: Double, after: Double)? {
        guard let place = place(of: slow.reason) else { return nil }
        return switch slow.reason {
        case .wait: (place, slow.pace.queue.median, slow.times.queue)
        case .gaps: (place, slow.pace.gaps.median, slow.times.gaps)
        case .stage(let stage): (place, slow.pace.stage(stage), slow.times.stages[stage] ?? 0)
        case .step(let step): (place, slow.pace.step(step), slow.times.steps[step] ?? 0)
        case .everything: nil
        }
    }
}
