import Telemetry

/// What spot nodes cost, and how builds fare on them and elsewhere.
enum SpotFigures {
    /// Failed builds whose agents were on a spot node that is likely to have been taken back.
    static func lost(_ hypotheses: [Hypothesis], _ minimum: Double, in scene: Scene) -> [Build] {
        let nodes = Set(hypotheses.filter { $0.cause == .spotEviction && $0.confidence >= minimum }.map(\.subject.name))
        let agents = scene.nodes.filter { nodes.contains($0.node) }.flatMap(\.losses).map(\.agent)
        return scene.builds(harmedOn: agents).filter(\.isFailure)
    }

    static func figures(_ lost: [Build], _ weights: TraceWeights, in scene: Scene) -> Impact.Spot {
        var times: [TraceID: Duration] = [:]
        for build in lost {
            times[build.traceID] = max(times[build.traceID] ?? .zero, max(.zero, build.failedAt - build.start))
        }
        var figures = Impact.Spot(lostBuilds: lost.count, lost: times.values.reduce(.zero, +))
        let places = Places(lost, in: scene)
        var spot = Tally()
        var onDemand = Tally()
        var unplaced = Tally()
        for build in scene.builds where build.population == .window {
            guard build.isFailure || build.outcome == .success else { continue }
            let weight = build.trace == nil ? 1 : weights[build.traceID]
            switch places.isSpot(build) {
            case true?: spot.add(weight, isFailed: build.isFailure)
            case false?: onDemand.add(weight, isFailed: build.isFailure)
            case nil: unplaced.add(weight, isFailed: build.isFailure)
            }
        }
        (figures.builds, figures.failedBuilds) = (TraceWeights.whole(spot.all), TraceWeights.whole(spot.failed))
        (figures.onDemandBuilds, figures.onDemandFailedBuilds) = (
            TraceWeights.whole(onDemand.all), TraceWeights.whole(onDemand.failed)
        )
        figures.unplacedBuilds = TraceWeights.whole(unplaced.all)
        return figures
    }

    /// Builds, each counted for those that it stands for.
    private struct Tally {
        private(set) var all = 0.0
        private(set) var failed = 0.0

        mutating func add(_ weight: Double, isFailed: Bool) {
            all += weight
            failed += isFailed ? weight : 0
        }
    }

    /// Which agents ran on spot nodes.
    private struct Places {
        private let scene: Scene
        private let nodes: Set<String>
        /// A node that is gone has no labels any more; its agents are known by how they were lost.
        private let agents: Set<String>

        init(_ lost: [Build], in scene: Scene) {
            self.scene = scene
            let spot = scene.nodes.filter(\.isSpot)
            nodes = Set(spot.map(\.node))
            agents = Set(spot.flatMap(\.losses).map(\.agent)).union(lost.flatMap(\.lostAgents))
        }

        /// nil where it is not known; a build on agents of both kinds counts as spot, for that is where it can be lost.
        func isSpot(_ build: Build) -> Bool? {
            let known = build.agents.compactMap { agent -> Bool? in
                if agents.contains(agent) { return true }
                guard let node = scene.cluster.node(of: agent) else { return nil }
                if nodes.contains(node) || scene.cluster.isSpot(node) { return true }
                return scene.cluster.isOnDemand(node) ? false : nil
            }
            return known.isEmpty ? nil : known.contains(true)
        }
    }
}
