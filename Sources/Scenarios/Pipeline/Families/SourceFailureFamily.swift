/// Git cannot fetch, because of the host that it fetches from.
package enum SourceFailureFamily: PipelineFamily {
    package static let cause = "scm-failure"

    static var table: [PipelineMember] {
        [
            .plain("plain") { world in .init(cause, "host", world.breakGitHost(anyTrouble(&world.random))) },
            .plain("other-host") { world in
                .init(cause, "host", world.breakOtherGitHost(anyTrouble(&world.random)).host)
            },
            .plain("over-ssh") { world in
                let trouble = world.random.element(of: [GitTrouble.refused, .timedOut])
                return .init(cause, "host", world.breakOtherGitHost(trouble, usesSSH: true).host)
            },
            .missing("no-logs", [.logs]) { .init(cause, "host", $0.breakGitHost(.answers(503))) },
            .missing("no-traces", [.traces]) { world in
                .init(cause, "host", world.breakGitHost(anyTrouble(&world.random)))
            },
            .missing("truncated", [.rootSpans]) { world in
                .init(cause, "host", world.breakOtherGitHost(anyTrouble(&world.random)).host)
            },
            .missing("last-lines", [], [.allButLastLines(3)]) { world in
                .init(cause, "host", world.breakGitHost(anyTrouble(&world.random)))
            },
            .missing("sampled", [.sampling(oneIn: 5)], [.exceptions]) { world in
                .init(cause, "host", world.breakGitHost(anyTrouble(&world.random)))
            },
            .decoy("token-expired") { world in
                .init("credential-failure", "credential", world.breakOtherGitHost(.denied).credential)
            },
            .decoy("certificate-expired") { world in
                .init("certificate-expired", "host", world.breakOtherGitHost(.certificateExpired).host)
            },
            .decoy("name-unknown") { world in .init("dns-failure", "host", world.breakGitHost(.unknownName)) },
            .decoy("fetched-at-last") { world in
                // The first try hangs up, the second is well; then it does not compile.
                let label = world.breakCode(.maven)
                for build in world.builds.indices where world.builds[build].isIncident {
                    let job = world.builds[build].job
                    let failed = [
                        "ERROR: Error fetching remote repo 'origin'",
                        "stderr: error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502",
                        "fatal: the remote end hung up unexpectedly", "Retrying after 10 seconds",
                        "Fetching upstream changes from https://\(job.repository).git",
                    ]
                    let lines = world.builds[build].script.stages[0].steps[0].lines
                    world.builds[build].script.stages[0].steps[0].lines =
                        Array(lines.prefix(11)) + failed + lines.dropFirst(11)
                }
                return label
            },
        ]
    }

    private static func anyTrouble(_ random: inout SplitMix) -> GitTrouble {
        random.element(of: [.answers(500), .answers(502), .answers(503), .answers(504), .refused, .timedOut, .hungUp])
    }
}
