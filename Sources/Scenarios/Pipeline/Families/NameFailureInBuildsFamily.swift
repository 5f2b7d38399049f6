/// Builds cannot look up a host's name.
package enum NameFailureInBuildsFamily: PipelineFamily {
    package static let cause = "dns-failure"

    static var table: [PipelineMember] {
        [
            .plain("builds") { .init(cause, "host", $0.breakGitHost(.unknownName)) },
            .plain("builds-over-ssh") { .init(cause, "host", $0.breakOtherGitHost(.unknownName, usesSSH: true).host) },
            .plain("builds-packages") { .init(cause, "host", $0.breakPackageSource(.unknownName).host) },
            .plain("builds-mirror") { .init(cause, "host", $0.breakMirror(.unknownName)) },
            .missing("builds-no-traces", [.traces]) { .init(cause, "host", $0.breakPackageSource(.unknownName).host) },
            .missing("builds-truncated", [.rootSpans]) {
                .init(cause, "host", $0.breakOtherGitHost(.unknownName).host)
            },
            .missing("builds-last-lines", [], [.allButLastLines(14)]) {
                .init(cause, "host", $0.breakPackageSource(.unknownName).host)
            },
            .missing("builds-no-exceptions", EvidenceLoss.cluster, [.exceptions]) {
                .init(cause, "host", $0.breakMirror(.unknownName))
            },
            .decoy("builds-optional-step") { world in
                // Statistics that never arrive, in good builds as in bad ones; the code does not compile.
                let label = world.breakCode(world.random.element(of: PipelineTool.testing))
                for build in world.builds.indices {
                    world.builds[build].script.stages[1].steps[0].lines.insert(
                        contentsOf: [
                            "+ curl -sS -X POST https://metrics.legacy.example.com/ci/start",
                            "curl: (6) Could not resolve host: metrics.legacy.example.com", "+ true",
                        ], at: 0)
                }
                return label
            },
            .decoy("builds-tests-want-it") { world in
                let words = world.random.element(of: [
                    "java.net.UnknownHostException: no-such-host.invalid: Name or service not known",
                    "java.net.UnknownHostException: db.invalid",
                ])
                let pipeline = world.breakJob(.maven) {
                    var breakage = TestTrouble.failure($0, &$1)
                    breakage.printed += TestTrouble.passing(words, &$1)
                    return breakage
                }
                return .init("test-failure", "job", pipeline.fullName)
            },
            .decoy("builds-refused") { world in
                .init("scm-failure", "host", world.breakGitHost(.refused))
            },
        ]
    }
}
