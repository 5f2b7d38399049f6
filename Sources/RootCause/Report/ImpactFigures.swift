import Telemetry

/// Counts who is affected.
enum ImpactFigures {
    private static let mostAffected = 50

    static func count(in scene: Scene, hypotheses: [Hypothesis], minimumConfidence: Double) -> Impact {
        let table = scene.spans
        let builds = scene.builds.filter { $0.population == .window }
        let buildTraces = Set(builds.map(\.trace))
        let failedBuilds = scene.failedBuilds
        // Web requests to the controller carry the same service name as its builds: they are no part of build rates.
        let controllers = Set(buildTraces.map { table.service(of: table.traceRows[$0].rows.lowerBound) })
        let counted = table.traceRows.indices.filter { number in
            let trace = table.traceRows[number]
            guard trace.population == .window else { return false }
            return buildTraces.contains(number) || !controllers.contains(table.service(of: trace.rows.lowerBound))
        }
        let failedTraces = Set(scene.failures.traces).intersection(counted).union(failedBuilds.map(\.trace))
        let durations = counted.compactMap { table.traces[$0].window?.duration.inSeconds }
        let failedIDs = Set(failedTraces.map { table.traces[$0].id })
        return Impact(
            // What was fetched is a sample: shares are of all that the backend counted.
            traces: max(counted.count, scene.evidence.tracesInWindow ?? 0), failedTraces: failedTraces.count,
            averageTraceDuration: durations.mean.map { .milliseconds(($0 * 1000).rounded()) },
            errorCorrelationRate: failedTraces.isEmpty
                ? nil : Double(correlated(failedIDs, in: scene).count) / Double(failedTraces.count),
            spotImpact: failedTraces.isEmpty
                ? nil
                : Double(lostToSpot(hypotheses, minimumConfidence, in: scene).count) / Double(failedTraces.count),
            affected: Array((affectedBuilds(failedBuilds) + affectedServices(in: scene)).prefix(mostAffected)))
    }

    /// Failing traces for which log lines or events were found: by the trace's id, or by its agents.
    private static func correlated(_ failed: Set<TraceID>, in scene: Scene) -> Set<TraceID> {
        var found: Set<TraceID> = []
        var agents: [String: [TraceID]] = [:]
        for build in scene.failedBuilds {
            for agent in build.agents { agents[agent, default: []].append(build.traceID) }
        }
        for (row, entry) in zip(scene.logs.rows, scene.logs.entries) {
            if let id = row.span >= 0 ? scene.spans.span(of: row.span).traceID : entry.traceID, failed.contains(id) {
                found.insert(id)
            }
            if let pod = entry.pod, let ids = agents[pod] { found.formUnion(ids) }
        }
        for loss in scene.losses where loss.isLogged { found.formUnion(agents[loss.agent] ?? []) }
        for event in scene.cluster.events where event.object.kind == "Pod" {
            found.formUnion(agents[event.object.name] ?? [])
        }
        return found.intersection(failed)
    }

    private static func lostToSpot(_ hypotheses: [Hypothesis], _ minimum: Double, in scene: Scene) -> Set<Int> {
        let nodes = Set(hypotheses.filter { $0.cause == .spotEviction && $0.confidence >= minimum }.map(\.subject.name))
        let agents = scene.nodes.filter { nodes.contains($0.node) }.flatMap(\.losses).map(\.agent)
        return Set(scene.builds(harmedOn: agents).filter(\.isFailure).map(\.trace))
    }

    private static func affectedBuilds(_ builds: [Build]) -> [Impact.Affected] {
        builds.map { build in
            Impact.Affected(
                kind: .build, name: build.job, number: build.number, url: build.url, traceID: build.traceID,
                outcome: build.result ?? "not finished")
        }
    }

    /// The services at whose door failing traces began, each with its first one.
    private static func affectedServices(in scene: Scene) -> [Impact.Affected] {
        var seen: Set<String> = []
        return scene.failures.traces.compactMap { number in
            let root = scene.spans.traceRows[number].rows.lowerBound
            let service = scene.spans.services[scene.spans.service(of: root)]
            guard seen.insert(service).inserted else { return nil }
            return Impact.Affected(
                kind: .service, name: service, traceID: scene.spans.traces[number].id, outcome: "error")
        }.sorted { $0.name < $1.name }
    }
}
