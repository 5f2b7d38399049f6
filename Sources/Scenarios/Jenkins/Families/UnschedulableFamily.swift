/// There is no place for agents of one label.
package enum UnschedulableFamily: WorldFamily {
    package static let cause = "agent-unschedulable"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.crowdOut(.poolIsFull) },
            .plain("quota") { $0.crowdOut(.quota) },
            .plain("not-in-build-log") { $0.crowdOut(.poolIsFull, mirrorsInBuildLog: false) },
            .missing("no-events", [.events]) { $0.crowdOut(.poolIsFull) },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.crowdOut(.poolIsFull) },
            .missing("no-logs", [.logs]) { $0.crowdOut(.poolIsFull) },
            .missing("truncated", [.rootSpans]) { $0.crowdOut(.poolIsFull) },
            .decoy("healed-in-seconds") { world in
                // The autoscaler makes room within seconds; then the build does not compile.
                let label = world.breakCompilation()
                _ = world.addNode(to: .spot, at: -700)
                for build in world.builds.indices { world.waitForAutoscaler(build) }
                return label
            },
            .decoy("image-pull") { $0.failImagePull(.notFound) },
            .decoy("stopped-by-person") { world in
                let stopped = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                for build in stopped { world.waitForAutoscaler(build) }
                return .unknown
            },
        ]
    }
}
