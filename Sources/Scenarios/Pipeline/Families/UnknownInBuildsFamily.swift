/// Nothing of what is left carries a cause; above all, builds that were stopped on purpose are no failure.
package enum UnknownInBuildsFamily: PipelineFamily {
    package static let cause = "unknown"

    static var table: [PipelineMember] {
        [
            .plain("builds-stopped-by-people") { world in
                world.stopOnPurpose(world.random.number(4...7), byPeople: true)
                return .unknown
            },
            .plain("builds-replaced") { world in
                world.stopOnPurpose(world.random.number(4...7), byPeople: false)
                return .unknown
            },
            .plain("builds-stopped-and-replaced") { world in
                world.stopOnPurpose(world.random.number(5...8), byPeople: nil)
                return .unknown
            },
            .missing("builds-stopped-no-logs", [.logs]) { world in
                world.stopOnPurpose(5, byPeople: nil)
                return .unknown
            },
            .missing("builds-stopped-no-traces", [.traces]) { world in
                world.stopOnPurpose(5, byPeople: true)
                return .unknown
            },
            .missing("builds-nothing-but-roots", [.logs] + EvidenceLoss.cluster, [.allButRootSpans]) { world in
                // Builds were aborted. Their nodes were taken back, but nothing of that is left.
                _ = world.preemptSpotNode(builds: 3)
                return .unknown
            },
            .decoy("builds-one-failed") { world in
                let label = world.breakCode(.maven)
                world.stopOnPurpose(5, byPeople: nil)
                return label
            },
            .decoy("builds-one-timed-out") { world in
                let label = world.timeOut(builds: 2)
                world.stopOnPurpose(4, byPeople: true)
                return label
            },
        ]
    }
}
