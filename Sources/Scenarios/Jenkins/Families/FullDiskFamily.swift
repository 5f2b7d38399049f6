import Telemetry

/// There is no room on a disk.
package enum FullDiskFamily: WorldFamily {
    package static let cause = "disk-full"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.fillNodeDisk() },
            .plain("workspace-volume") { $0.fillWorkspace() },
            .plain("controller-home") { $0.fillControllerHome() },
            .missing("no-events", [.events]) { $0.fillNodeDisk() },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.fillWorkspace() },
            .missing("no-logs", [.logs]) { $0.fillNodeDisk() },
            .missing("truncated", [.rootSpans]) { $0.fillNodeDisk() },
            .decoy("file-watchers") { world in
                // ENOSPC as well, but it is a limit of the kernel that the build runs into.
                let label = world.exhaustFileWatchers()
                return label
            },
            .decoy("evicted") { $0.evictUnderPressure(.ephemeralStorage, builds: 2) },
            .decoy("stopped-by-person") { world in
                _ = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                return .unknown
            },
        ]
    }
}
