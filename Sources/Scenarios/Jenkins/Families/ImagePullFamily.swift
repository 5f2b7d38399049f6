import Telemetry

/// An agent's image does not come.
package enum ImagePullFamily: WorldFamily {
    package static let cause = "image-pull-failure"

    static var table: [WorldMember] {
        [
            .plain("plain") { $0.failImagePull(.notFound) },
            .plain("rate-limit") { $0.failImagePull(.rateLimit) },
            .plain("eks", cloud: .eks) { $0.failImagePull(.notFound, builds: 3) },
            .missing("no-events", [.events]) { $0.failImagePull(.notFound) },
            .missing("no-cluster", EvidenceLoss.cluster) { $0.failImagePull(.rateLimit) },
            .missing("no-logs", [.logs]) { $0.failImagePull(.notFound) },
            .missing("truncated", [.rootSpans]) { $0.failImagePull(.notFound) },
            .decoy("other-pod-backoff") { world in
                // A nightly report has waited for its image for hours; the builds' tests fail.
                world.backOffStranger()
                return world.breakTests()
            },
            .decoy("healed") { world in
                // The registry answered late once; the agent came, and was killed for its memory later.
                let label = world.killAgentForMemory()
                world.pullTwice(0)
                return label
            },
            .decoy("stopped-by-person") { world in
                world.backOffStranger()
                _ = world.stopByPerson(builds: 2, on: world.pickNode(.spot))
                return .unknown
            },
        ]
    }
}
