import Telemetry

/// Counts who is affected.
enum ImpactFigures {
    private static let mostAffected = 50

    static func count(in scene: Scene, hypotheses: [Hypothesis], minimumConfidence: Double) -> Impact {
        let table = scene.spans
        let builds = scene.builds.filter { $0.population == .window }
        let buildTraces = Set(builds.compactMap(\.trace))
        // A build of which only the log is there has a trace all the same.
        let untraced = Set(builds.filter { $0.trace == nil }.map(\.traceID)).count
        let failedBuilds = scene.failedBuilds
        // Web requests to the controller carry the same service name as its builds: they are no part of build rates.
        let controllers = Set(buildTraces.map { table.service(of: table.traceRows[$0].rows.lowerBound) })
        let all = table.traceRows.indices.filter { table.traceRows[$0].population == .window }
        let counted = all.filter { number in
            buildTraces.contains(number)
                || !controllers.contains(table.service(of: table.traceRows[number].rows.lowerBound))
        }
        let failedIDs = Set(
            Set(scene.failures.traces).intersection(counted).map { table.traces[$0].id } + failedBuilds.map(\.traceID))
        let weights = TraceWeights(scene.evidence)
        let correlated = correlated(failedIDs, in: scene).count
        let lostToSpot = SpotFigures.lost(hypotheses, minimumConfidence, in: scene)
        let costs = BuildCosts(in: scene, weights: weights)
        let affected = costs.affected
        let ids = counted.map { table.traces[$0].id }
        return Impact(
            basis: weights.basis,
            traces: weights.basis.isOpen
                ? ids.count + untraced : max(weights.count(ids) + untraced, failedIDs.count),
            failedTraces: failedIDs.count,
            // In an order of their own: sums of doubles depend on it.
            estimatedFailedTraces: weights.isEstimate ? weights.count(failedIDs.sorted()) : nil,
            averageTraceDuration: average(of: counted, weights, in: table),
            durationParts: DurationParts.of(counted, weights, in: scene),
            errorCorrelationRate: failedIDs.isEmpty ? nil : Double(correlated) / Double(failedIDs.count),
            correlatedTraces: correlated,
            spotImpact: failedIDs.isEmpty
                ? nil : Double(Set(lostToSpot.map(\.traceID)).count) / Double(failedIDs.count),
            spot: builds.isEmpty ? nil : SpotFigures.figures(lostToSpot, weights, in: scene),
            builds: builds.isEmpty ? nil : costs.builds,
            jobs: Set(affected.map(\.name)).sorted(), branches: Set(affected.compactMap(\.branch)).sorted(),
            people: Set(affected.compactMap(\.startedBy)).sorted(),
            affected: Array((affected + affectedServices(in: scene)).prefix(mostAffected)))
    }

    private static func average(of traces: [Int], _ weights: TraceWeights, in table: SpanTable) -> Duration? {
        var seconds = 0.0
        var count = 0.0
        for number in traces {
            guard let duration = table.traces[number].window?.duration.inSeconds else { continue }
            let weight = weights[table.traces[number].id]
            seconds += weight * duration
            count += weight
        }
        return count > 0 ? .milliseconds((seconds / count * 1000).rounded()) : nil
    }

    /// Failing traces for which log lines or events were found: by the trace's id, or by its agents and their nodes.
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
        for node in scene.nodes where node.notice != nil {
            for loss in node.losses { found.formUnion(agents[loss.agent] ?? []) }
        }
        return found.intersection(failed)
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
