import Languages
import Telemetry

/// The controller went down and came back in the window, with all that says so.
struct ControllerRestart: Sendable {
    /// When it went down, or the first that was seen of it.
    let at: Timestamp
    let findings: [Finding]
    /// Whether somebody wanted it: a rollout, or a restart that was asked for.
    let isPlanned: Bool
    /// The change of its workload that brought it about.
    let rollout: Rollout?
    /// Builds that ran at that time: those whose end never came, and those that went on.
    let lost: [Build]
    let resumed: [Build]

    private static let endedWeight = 2.8
    private static let countedWeight = 2.4
    private static let eventWeight = 2.4
    private static let furtherWeight = 0.6
    private static let logWeight = 2.6
    private static let resumedWeight = 2.6
    private static let cutOffWeight = 2.2
    private static let lostWeight = 0.8
    private static let rolloutWeight = 1.0
    /// What is shown of a restart; more says nothing more.
    private static let mostSigns = 5

    /// A controller needs some minutes to start, and its agents find back to it in that time.
    static let startingTime = Duration.seconds(300)

    private static let upMarks = ["Jenkins is fully up and running", "Started initialization"]
    private static let stopMarks = ["Stopping Jenkins", "Jenkins stopped", "is going to shut down"]
    private static let podReasons: Set<String> = ["Killing", "Started", "SuccessfulDelete", "SuccessfulCreate"]

    static func find(in scene: Scene) -> ControllerRestart? {
        guard scene.controller.name != nil else { return nil }
        var signs = ends(in: scene) + counted(in: scene) + events(in: scene) + lines(in: scene) + resumed(in: scene)
        if signs.isEmpty { signs = cutOff(in: scene) }
        signs.sort {
            ($0.at ?? scene.evidence.window.end, $0.text.english) < (
                $1.at ?? scene.evidence.window.end, $1.text.english
            )
        }
        guard let at = signs.first?.at else { return nil }
        // The clearest sign counts in full, what repeats it a little.
        let clearest = signs.indices.max { (signs[$0].weight, $1) < (signs[$1].weight, $0) }
        var findings = signs.enumerated().map { place, sign in
            place == clearest
                ? sign
                : Finding(
                    sign.source, at: sign.at, text: sign.text, weight: min(sign.weight, furtherWeight),
                    reference: sign.reference)
        }
        findings = Array(
            findings.sorted { ($1.weight, $0.text.english) < ($0.weight, $1.text.english) }.prefix(mostSigns))
        let rollout = ControllerRollout.find(in: scene, before: at)
        if let rollout { findings.append(rollout.finding(weight: rolloutWeight)) }
        let running = scene.builds.filter { $0.population == .window && $0.start <= at }
        let lost = running.filter { $0.outcome == .open && $0.resumedAt == nil && $0.end <= at + BuildReader.clockSkew }
        if let build = lost.first {
            findings.append(
                Finding(
                    .traces, at: build.end,
                    text: lost.count == 1
                        ? "\(1) running build sent no span after it, \(build.title) first"
                        : "\(lost.count) running builds sent no span after it, \(build.title) first",
                    weight: lostWeight, reference: .trace(build.traceID, span: nil)))
        }
        let isPlanned =
            rollout != nil || scene.events(["SuccessfulDelete"]).contains { names($0, scene) }
            || scene.controllerLines(with: stopMarks).contains { $0.at <= at + startingTime }
        return ControllerRestart(
            at: at, findings: findings, isPlanned: isPlanned, rollout: rollout, lost: lost,
            resumed: running.filter { $0.resumedAt != nil })
    }

    /// Agents that lost their connection because nobody was there to keep it.
    func agents(in scene: Scene) -> [AgentLoss] {
        scene.losses.filter { at - AgentLoss.together <= $0.at && $0.at <= at + Self.startingTime }
    }

    private static func ends(in scene: Scene) -> [Finding] {
        scene.controllerEnds.map { end in
            let code: Phrase = end.exitCode.map { ", exit code \($0)" } ?? .empty
            return Finding(
                end.source, at: end.at, text: "container \(end.container) of \(end.pod) ended (\(end.reason)\(code))",
                weight: endedWeight, reference: .logsOfPod(namespace: nil, pod: end.pod))
        }
    }

    private static func counted(in scene: Scene) -> [Finding] {
        scene.controllerRestartCounts.map { pod, at in
            Finding(.metrics, at: at, text: "the count of restarts of \(pod) rose", weight: countedWeight)
        }
    }

    private static func events(in scene: Scene) -> [Finding] {
        scene.events(podReasons).filter { names($0, scene) }.map { event in
            Finding(
                .events, at: event.at,
                text:
                    "\(EventWords.kind(event.object.kind)) \(event.object.name): \(event.reason): \(Words.short(event.message))",
                weight: event.message.contains("failed liveness probe") ? endedWeight : eventWeight)
        }
    }

    /// Whether an event is about the controller's pod: its own, or of the workload that makes it.
    private static func names(_ event: ClusterEvent, _ scene: Scene) -> Bool {
        if event.object.kind == "Pod" {
            return scene.controller.isPod(event.object.name) && !isOfSidecar(event.message)
        }
        return ["StatefulSet", "ReplicaSet"].contains(event.object.kind)
            && NamedAgent.find(in: event.message, among: Set(scene.controller.pods)) != nil
    }

    /// A container beside Jenkins may come and go without harm: `Started container config-reload`.
    private static func isOfSidecar(_ message: String) -> Bool {
        guard let range = message.lowercased().firstRange(of: "container ") else { return false }
        let name = message[range.upperBound...].prefix { !$0.isWhitespace && $0 != "," }
        return !name.isEmpty && !isMain(String(name))
    }

    /// The names that charts give to the container that Jenkins runs in.
    static func isMain(_ container: String) -> Bool {
        container.isEmpty || container.contains("jenkins") || container.contains("controller")
            || container.contains("master")
    }

    private static func lines(in scene: Scene) -> [Finding] {
        scene.controllerLines(with: upMarks + stopMarks).prefix(mostSigns).map { line in
            Finding(
                .logs, at: line.at, text: Words.quotation(line.line), weight: logWeight,
                reference: line.pod.map { .logsOfPod(namespace: line.namespace, pod: $0) })
        }
    }

    private static func resumed(in scene: Scene) -> [Finding] {
        let builds = scene.builds.filter { $0.resumedAt.map(scene.evidence.window.contains) ?? false }
        guard let first = builds.min(by: { ($0.resumedAt ?? $0.end, $0.title) < ($1.resumedAt ?? $1.end, $1.title) })
        else { return [] }
        return [
            Finding(
                .logs, at: first.resumedAt,
                text: builds.count == 1
                    ? "\(1) build went on after a restart of Jenkins, \(first.title) first"
                    : "\(builds.count) builds went on after a restart of Jenkins, \(first.title) first",
                weight: resumedWeight, reference: .logsOfTrace(first.traceID))
        ]
    }

    /// Builds that run side by side do not all stop in the same moment, unless what traces them does.
    private static let fewestCutOff = 3
    private static let leastSilence = Duration.seconds(20)

    /// Without any word of it: every build that ran at one time is without an end, and others began only later.
    private static func cutOff(in scene: Scene) -> [Finding] {
        let builds = scene.builds.filter { $0.population == .window }
        let open = builds.filter { $0.outcome == .open }
        guard open.count >= fewestCutOff, let last = open.map(\.end).max(),
            let next = builds.filter({ $0.start > last }).map(\.start).min(), next - last >= leastSilence,
            !builds.contains(where: { $0.start <= last && $0.end > last })
        else { return [] }
        return [
            Finding(
                .traces, at: last,
                text:
                    "all \(open.count) builds that ran then have no end; the next one began \(Words.duration(seconds: (next - last).inSeconds)) later",
                weight: cutOffWeight, reference: .trace(open[0].traceID, span: nil))
        ]
    }
}
