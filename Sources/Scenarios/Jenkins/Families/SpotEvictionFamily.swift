/// A spot node is taken back under its builds.
package enum SpotEvictionFamily: ScenarioFamily {
    package static let cause = "spot-eviction"

    private enum Member: String, CaseIterable {
        case plain
    }

    package static var members: [String] { Member.allCases.map(\.rawValue) }

    package static func make(_ member: String, seed: UInt64) -> LabelledScenario {
        var world = JenkinsWorld(seed: seed)
        let node = world.pickNode(.spot)
        let lost = world.addBuilds(3, on: node, endingAt: -40)
        for build in lost { world.loseAgent(build, .deleted) }
        world.preempt(node, at: -66, builds: lost, traces: [.notice, .notReady, .taintEviction])
        return world.finish("\(cause)/\(member)", .plain, .init(cause, "node", node))
    }
}
