import Telemetry

/// A rollout of a service's own workload shortly before the service began to go wrong, and what became of it.
///
/// Needs no version in the spans: the cluster remembers when it made the pods, and of which image.
struct ServiceRollout: Sendable {
    /// What followed when the rollout was taken back.
    enum Outcome: Hashable, Sendable {
        /// No call failed any more after the last one that did; nil when none failed after the rollback.
        case calm(since: Timestamp)
        case goesOn
        /// Too little is seen of the time after it.
        case unknown
    }

    let rollout: Rollout
    /// The change that brought back what had been before, and what it helped.
    let undone: (rollout: Rollout, outcome: Outcome)?

    /// Ten minutes in which a new version may serve before it does harm, as where spans tell the version, and five in
    /// which its pods start.
    private static let latest = Duration.seconds(900)
    /// Onsets are found to a few seconds.
    private static let tolerance = Duration.seconds(10)
    /// How long pods that were rolled back may still serve.
    private static let replacement = Duration.seconds(300)
    /// When pods that were there before fail this often beside the new ones, the rollout did not do it.
    private static let innocentShare = 0.25
    private static let fewestCalls = 5

    /// The latest rollout before that time that may explain what the service does since; nil without one.
    static func find(of service: String, in scene: Scene, before onset: Timestamp) -> ServiceRollout? {
        let candidates = workloads(of: service, in: scene).flatMap { workload in
            workload.changes.filter { change in
                (change.kind == .rollout || change.kind == .rollback) && change.at <= onset + tolerance
                    && onset - change.at <= latest
            }.map { Rollout(workload: workload, change: $0) }
        }
        guard
            let rollout = candidates.max(by: {
                ($0.change.at, $1.workload.name) < ($1.change.at, $0.workload.name)
            }), !oldPodsFail(since: onset, rollout, of: service, in: scene)
        else { return nil }
        return ServiceRollout(rollout: rollout, undone: undoing(of: rollout, service, after: onset, in: scene))
    }

    /// Those that run the service's pods; where no pod of it is known, the only one that has its name.
    private static func workloads(of service: String, in scene: Scene) -> [WorkloadState] {
        let all = scene.evidence.workloads.sorted {
            ($0.namespace, $0.kind, $0.name) < ($1.namespace, $1.kind, $1.name)
        }
        guard !all.isEmpty else { return [] }
        let pods = Set(
            scene.spans.places.filter { scene.spans.services[$0.service] == service }.compactMap(\.pod))
        let owners = all.filter { workload in pods.contains { Rollout.isPod($0, of: workload, in: scene.cluster) } }
        guard owners.isEmpty else { return owners }
        let named = all.filter { workload in
            [workload.name, workload.labels["app.kubernetes.io/name"], workload.labels["app"]].contains(service)
                && (pods.isEmpty || pods.contains { $0.hasPrefix(workload.name + "-") })
        }
        return named.count == 1 ? named : []
    }

    private static func oldPodsFail(
        since onset: Timestamp, _ rollout: Rollout, of service: String, in scene: Scene
    ) -> Bool {
        var old = 0
        var new = 0
        for origin in scene.failures.origins where scene.spans.span(of: origin.row).end >= onset {
            let place = scene.spans.places[Int(scene.spans.rows[origin.row].place)]
            guard scene.spans.services[place.service] == service, let pod = place.pod,
                let made = Rollout.change(thatMade: pod, of: rollout.workload, in: scene.cluster)
            else { continue }
            if made == rollout.change { new += 1 } else if made.at < rollout.change.at { old += 1 }
        }
        return old > 0 && Double(old) >= innocentShare * Double(old + new)
    }

    private static func undoing(
        of rollout: Rollout, _ service: String, after onset: Timestamp, in scene: Scene
    ) -> (rollout: Rollout, outcome: Outcome)? {
        let later = rollout.workload.changes.first { change in
            guard change.at > onset, change.kind == .rollback || change.kind == .rollout else { return false }
            return rollout.change.previousImages.isEmpty
                ? change.kind == .rollback : change.images == rollout.change.previousImages
        }
        guard let later else { return nil }
        let failures = scene.failures.origins.filter {
            FailureTarget.service(of: $0.row, in: scene.spans) == service
        }.map { scene.spans.span(of: $0.row).start }
        let undo = Rollout(workload: rollout.workload, change: later)
        guard let last = failures.max() else { return (undo, .unknown) }
        if last > later.at + replacement { return (undo, .goesOn) }
        let since = max(last, later.at)
        return (undo, calls(of: service, after: since, in: scene) >= fewestCalls ? .calm(since: since) : .unknown)
    }

    private static func calls(of service: String, after instant: Timestamp, in scene: Scene) -> Int {
        guard let number = scene.spans.serviceNumber(service) else { return 0 }
        return scene.spans.rows.indices.count { row in
            let parent = Int(scene.spans.rows[row].parent)
            return scene.spans.rows[row].start > instant.nanoseconds && scene.spans.service(of: row) == number
                && scene.spans.population(of: row) == .window
                && (parent < 0 || scene.spans.service(of: parent) != number)
        }
    }
}
