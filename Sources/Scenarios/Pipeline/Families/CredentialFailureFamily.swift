/// A credential is not there, or is not accepted any more.
package enum CredentialFailureFamily: PipelineFamily {
    package static let cause = "credential-failure"

    static var table: [PipelineMember] {
        [
            .plain("plain") { $0.missCredential() },
            .plain("git-token") { .init(cause, "credential", $0.breakOtherGitHost(.denied).credential) },
            .plain("git-key") { .init(cause, "credential", $0.breakOtherGitHost(.denied, usesSSH: true).credential) },
            .plain("package-source") { world in
                let found = world.breakPackageSource(.denied, without: [.docker])
                return .init(cause, "credential", found.host)
            },
            .plain("image-registry") { $0.refusePush() },
            .missing("no-logs", [.logs]) { $0.missCredential() },
            .missing("no-traces", [.traces]) { $0.missCredential() },
            .missing("git-token-no-traces", [.traces]) {
                .init(cause, "credential", $0.breakOtherGitHost(.denied).credential)
            },
            .missing("truncated", [.rootSpans]) {
                .init(cause, "credential", $0.breakOtherGitHost(.denied).credential)
            },
            .missing("no-exceptions", EvidenceLoss.cluster, [.exceptions]) { $0.missCredential() },
            .missing("last-lines", [], [.allButLastLines(6)]) { $0.refusePush() },
            .decoy("not-executable") { world in
                // `Permission denied` is a file's, not a person's.
                let pipeline = world.breakJob(world.random.element(of: [.gradle, .maven, .go])) {
                    CodeTrouble.notExecutable($0, &$1)
                }
                return .init("build-failure", "job", pipeline.fullName)
            },
            .decoy("git-host-down") { world in
                let trouble = world.random.element(of: [GitTrouble.answers(503), .refused])
                return .init("scm-failure", "host", world.breakOtherGitHost(trouble).host)
            },
            .decoy("tests-want-refusals") { world in
                // A passing test prints what a wrong password gives; another one fails.
                let pipeline = world.breakJob(.maven) {
                    var breakage = TestTrouble.failure($0, &$1)
                    breakage.printed += TestTrouble.passing(
                        "com.example.HttpException: 401 Unauthorized: Bad credentials", &$1)
                    return breakage
                }
                return .init("test-failure", "job", pipeline.fullName)
            },
        ]
    }
}

extension JenkinsWorld {
    /// A pipeline asks for a credential that Jenkins does not have.
    mutating func missCredential() -> Label {
        let id = random.element(of: [
            "nexus-deployer", "sonar-token", "registry-push", "aws-release", "npm-publish-token", "signing-key",
        ])
        let tools = (0..<random.number(1...2)).map { _ in random.element(of: PipelineTool.allCases) }
        let pipelines = makePipelines(tools)
        addHealthyPast(pipelines)
        for pipeline in pipelines {
            breakBuilds(of: pipeline, builds: 5 - 2 * pipelines.count + 1) { pipeline, random in
                ScriptTrouble.missingCredential(id, in: pipeline.tool.phases.last ?? .build, &random)
            }
        }
        return .init("credential-failure", "credential", id)
    }

    /// The registry of images does not know who pushes; how the pipeline logs in is not in its log.
    mutating func refusePush() -> Label {
        let host = random.element(of: ["harbor.example.com", "registry.partner.example.org", "ghcr.example.com"])
        let pipelines = makePipelines([.docker, .docker])
        addHealthyPast(pipelines)
        let words = random.element(of: [
            "Error response from daemon: Get \"https://\(host)/v2/\": unauthorized: authentication required",
            "Error response from daemon: login attempt to https://\(host)/v2/ failed with status: 401 Unauthorized",
            "denied: token for https://\(host)/v2/ has expired",
        ])
        for pipeline in pipelines {
            breakBuilds(of: pipeline, builds: 2) { pipeline, _ in
                var breakage = Breakage(
                    .publish,
                    printed: [
                        "+ docker login --username ci --password-stdin \(host)",
                        "WARNING! Your credentials are stored unencrypted in '/home/jenkins/.docker/config.json'.",
                        "+ docker push \(host)/\(pipeline.module):latest",
                        "The push refers to repository [\(host)/\(pipeline.module)]",
                    ], lines: [words])
                breakage.seconds = 2...9
                return breakage
            }
        }
        return .init("credential-failure", "credential", host)
    }
}
