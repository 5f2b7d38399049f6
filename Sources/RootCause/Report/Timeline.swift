import Languages
import Telemetry

/// Merges what happened, from all sources, into one list in the order of time.
enum Timeline {
    private static let most = 24
    /// The same text within this time is the same thing.
    private static let repeated = Duration.seconds(60)
    /// Shortly before the window the cause may show already.
    private static let lead = Duration.seconds(120)
    private static let telling: Set<String> = [
        "Evicted", "TaintManagerEviction", "Preempted", "NodeNotReady", "NodeNotSchedulable", "FailedScheduling",
        "Failed", "BackOff", "OOMKilling", "Killing", "ExceededGracePeriod", "FailedMount", "Unhealthy", "Rebooted",
        "CordonAndDrain", "RebalanceRecommendation", "TerminateScheduled", "RebootScheduled", "RedeployScheduled",
        "FreezeScheduled", "ScheduledEvent",
    ]

    private enum Rank: Int { case node, agent, build, other }

    private struct Step {
        let entry: TimelineEntry
        /// The lower, the sooner it is left out when there are too many.
        let value: Int
        /// Of what has the same time, causes come before effects.
        var rank = Rank.other
        /// Whether it is told although it came long before the window.
        var isCause = false
    }

    static func make(in scene: Scene, keyLines: [KeyLine]) -> [TimelineEntry] {
        let window = scene.evidence.window
        let shown = TimeWindow(start: window.start - lead, end: window.end)
        var steps =
            events(in: scene, shown: shown) + nodes(in: scene) + controller(in: scene) + losses(in: scene)
            + builds(in: scene) + services(in: scene) + alerts(in: scene) + rollouts(in: scene)
        for line in keyLines where !AgentLossWords.areIn(line.text) {
            let times = line.count > 1 ? " (×\(line.count))" : ""
            let writer = (line.service ?? line.pod).map(Phrase.init(verbatim:)) ?? "log"
            steps.append(
                step(line.at, .logs, "\(writer): \(Words.short(line.text, characters: 100))\(times)", 1))
        }
        steps = withoutRepeats(steps.filter { $0.isCause || shown.contains($0.entry.at) })
        if steps.count > most {
            let kept = steps.enumerated().sorted { ($1.element.value, $0.offset) < ($0.element.value, $1.offset) }
                .prefix(most)
            steps = kept.sorted { $0.offset < $1.offset }.map(\.element)
        }
        return steps.map(\.entry)
    }

    private static func step(
        _ at: Timestamp, _ source: EvidenceSource, _ text: Phrase, _ value: Int, _ rank: Rank = .other
    ) -> Step {
        Step(entry: TimelineEntry(at: at, source: source, text: text), value: value, rank: rank)
    }

    /// What conditions, metrics and logs say of a node where no event does.
    private static func nodes(in scene: Scene) -> [Step] {
        scene.nodes.filter { !$0.losses.isEmpty || $0.notice != nil }.flatMap { trouble in
            let name: Phrase = "node \(trouble.node)\(trouble.isSpot ? " (spot)" : "")"
            var steps: [Step] = []
            for notice in [trouble.notice, trouble.shutdown].compactMap(\.self) where notice.source != .events {
                steps.append(
                    step(notice.at, notice.source, "\(name): \(Words.short(notice.text, characters: 80))", 4, .node))
            }
            let events = scene.cluster.events(of: "Node", trouble.node)
            if let notReady = trouble.notReady, !events.contains(where: { $0.reason == "NodeNotReady" }) {
                steps.append(step(notReady, .nodes, "\(name) went NotReady", 3, .node))
            }
            return steps
        }
    }

    private static func controller(in scene: Scene) -> [Step] {
        guard let restart = ControllerRestart.find(in: scene), let name = scene.controller.name,
            let first = restart.findings.first(where: { $0.at == restart.at }) ?? restart.findings.first
        else { return [] }
        let change = restart.rollout?.finding(weight: 0)
        return (change.map { [step($0.at ?? restart.at, $0.source, $0.text, 4, .node)] } ?? []) + [
            step(
                restart.at, first.source, "controller \(name) restarted: \(Words.short(first.text, characters: 80))",
                4,
                .node)
        ]
    }

    /// Of pods, what is normal is only told of those that failed.
    private static func events(in scene: Scene, shown: TimeWindow) -> [Step] {
        let concerned = Set(scene.losses.map(\.agent)).union(scene.failedBuilds.flatMap(\.agents))
        let told = scene.cluster.events.filter { event in
            guard shown.overlaps(event) else { return false }
            if NodeNotice.isNotice(event) { return true }
            return telling.contains(event.reason)
                && (event.type == "Warning" || event.object.kind == "Node" || concerned.contains(event.object.name))
        }
        // The same of several pods within a minute is one step.
        var groups: [(first: ClusterEvent, names: [String])] = []
        var last: [String: Int] = [:]
        var named: [Set<String>] = []
        for event in told {
            let key = "\(event.object.kind) \(event.reason)"
            if event.object.kind == "Pod", let group = last[key], event.at - groups[group].first.at < repeated {
                if named[group].insert(event.object.name).inserted { groups[group].names.append(event.object.name) }
            } else {
                last[key] = groups.count
                groups.append((event, [event.object.name]))
                named.append([event.object.name])
            }
        }
        return groups.map { event, names in
            let kind = EventWords.kind(event.object.kind, isMany: names.count > 1)
            let spot = event.object.kind == "Node" && scene.cluster.isSpot(event.object.name) ? " (spot)" : ""
            let times = event.count > 1 ? " (×\(event.count))" : ""
            let namesOne = names.count > 1 && event.message.contains(event.object.name)
            let words = namesOne ? "" : EventWords.message(of: event)
            let message = words.isEmpty ? "" : ": \(Words.short(words, characters: 80))"
            return step(
                max(event.at, shown.start), .events,
                "\(kind) \(Words.list(names))\(spot): \(event.reason)\(message)\(times)",
                NodeNotice.isNotice(event) ? 4 : event.object.kind == "Node" ? 3 : 2,
                event.object.kind == "Node" ? .node : .agent)
        }
    }

    /// Agents that were lost within a minute are one step.
    private static func losses(in scene: Scene) -> [Step] {
        var groups: [(first: AgentLoss, agents: [String])] = []
        for loss in scene.losses {
            if let last = groups.last, loss.at - last.first.at < repeated {
                groups[groups.count - 1].agents.append(loss.agent)
            } else {
                groups.append((loss, [loss.agent]))
            }
        }
        return groups.map { first, agents in
            let text = Words.short(first.text, characters: 80)
            return step(
                first.at, first.source,
                agents.count > 1 ? "agents \(Words.list(agents)) lost: \(text)" : "agent \(agents[0]) lost: \(text)", 3,
                .agent)
        }
    }

    /// Builds that ended alike within a minute are one step.
    private static func builds(in scene: Scene) -> [Step] {
        var groups: [(at: Timestamp, outcome: Build.Outcome, titles: [String])] = []
        for build in scene.failedBuilds.sorted(by: { ($0.failedAt, $0.title) < ($1.failedAt, $1.title) }) {
            if let last = groups.last, last.outcome == build.outcome, build.failedAt - last.at < repeated {
                groups[groups.count - 1].titles.append(build.title)
            } else {
                groups.append((build.failedAt, build.outcome, [build.title]))
            }
        }
        return groups.map { group in
            step(group.at, .traces, ended(group.titles, group.outcome), 4, .build)
        }
    }

    private static func ended(_ titles: [String], _ outcome: Build.Outcome) -> Phrase {
        let names = Words.list(titles)
        let isOne = titles.count == 1
        return switch outcome {
        case .lostAgent:
            isOne ? "\(1) build lost its agent: \(names)" : "\(titles.count) builds lost their agents: \(names)"
        case .timedOut: isOne ? "\(1) build timed out: \(names)" : "\(titles.count) builds timed out: \(names)"
        case .unstable: isOne ? "\(1) build unstable: \(names)" : "\(titles.count) builds unstable: \(names)"
        default: isOne ? "\(1) build failed: \(names)" : "\(titles.count) builds failed: \(names)"
        }
    }

    /// The first failure that begins in each service; of a sample, the first of those that were looked at.
    private static func services(in scene: Scene) -> [Step] {
        var seen: Set<String> = []
        var steps: [Step] = []
        let isSampled = scene.failuresAreSampled
        for origin in scene.failures.origins {
            let service = FailureTarget.service(of: origin.row, in: scene.spans)
            guard seen.insert(service).inserted else { continue }
            let span = scene.spans.span(of: origin.row)
            let reason = FailureMarks.reason(of: span).map { " (\(Words.short($0, characters: 60)))" } ?? ""
            let text: Phrase =
                isSampled
                ? "first failure looked at in \(service): `\(span.name)`\(reason)"
                : "first failure in \(service): `\(span.name)`\(reason)"
            steps.append(step(span.start, .traces, text, 3))
        }
        return steps
    }

    /// A storm of alerts does not make everything else be forgotten.
    private static let mostAlerts = 6

    /// What else fired and concerns it, the nearest to the onset first.
    private static func alerts(in scene: Scene) -> [Step] {
        guard !scene.otherAlerts.isEmpty else { return [] }
        let reach = AlertReach(scene)
        let onset = scene.onset ?? scene.evidence.window.start
        let nearest = scene.otherAlerts.compactMap(reach.part).enumerated().sorted { left, right in
            func distance(_ alert: OtherAlert) -> Duration { max(alert.began - onset, onset - alert.began) }
            return (distance(left.element), left.offset) < (distance(right.element), right.offset)
        }
        return nearest.prefix(mostAlerts).map { step($0.element.began, .metrics, $0.element.title, 2) }
    }

    /// What was changed about the first suspect before it went wrong, and that it was taken back.
    private static func rollouts(in scene: Scene) -> [Step] {
        guard let onset = scene.onset, let suspect = BlamedService.all(in: scene).first,
            let found = ServiceRollout.find(of: suspect.blame.service, in: scene, before: onset)
        else { return [] }
        let told = found.rollout.finding(weight: 0)
        let undone = found.findingOfUndoing(helped: 0, inVain: 0)
        return [told, undone].compactMap(\.self).map { finding in
            var step = step(finding.at ?? onset, finding.source, finding.text, 4, .node)
            step.isCause = true
            return step
        }
    }

    private static func withoutRepeats(_ steps: [Step]) -> [Step] {
        var last: [String: Timestamp] = [:]
        return steps.sorted {
            ($0.entry.at, $0.rank.rawValue, $0.entry.source.rawValue, $0.entry.text.english) < (
                $1.entry.at, $1.rank.rawValue, $1.entry.source.rawValue, $1.entry.text.english
            )
        }.filter { step in
            let text = step.entry.text.english
            if let known = last[text], step.entry.at - known < repeated { return false }
            last[text] = step.entry.at
            return true
        }
    }
}
