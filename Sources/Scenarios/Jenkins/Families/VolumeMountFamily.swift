import Telemetry

/// Agents do not start because a volume is not there.
package enum VolumeMountFamily: WorldFamily {
    package static let cause = "volume-mount-failure"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.failMount(.missingSecret) },
            .plain("multi-attach") { $0.failMount(.multiAttach) },
            .plain("in-build-log") { $0.failMount(.missingSecret, mirrorsInBuildLog: true) },
            .missing("no-events", [.events]) { $0.failMount(.missingSecret, mirrorsInBuildLog: true) },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.failMount(.multiAttach, mirrorsInBuildLog: true) },
            .missing("no-logs", [.logs]) { $0.failMount(.missingSecret) },
            .missing("truncated", [.rootSpans]) { $0.failMount(.multiAttach) },
            .decoy("healed-in-seconds") { world in
                // The kubelet's cache was not filled yet, as so often; then the image does not come.
                let label = world.failImagePull(.notFound)
                for build in world.builds.indices { world.mountLate(build) }
                return label
            },
            .decoy("other-pod-stuck") { world in
                world.holdBackStranger()
                return world.breakTests()
            },
            .decoy("stopped-by-person") { world in
                let stopped = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                for build in stopped { world.mountLate(build) }
                return .unknown
            },
        ]
    }
}
