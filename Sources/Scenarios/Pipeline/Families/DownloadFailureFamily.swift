/// A package does not come, because of the host that it should come from.
package enum DownloadFailureFamily: PipelineFamily {
    package static let cause = "dependency-download-failure"

    static var table: [PipelineMember] {
        [
            .plain("plain") { world in
                .init(cause, "host", world.breakMirror(anyTrouble(&world.random)))
            },
            .plain("one-source") { $0.missPackages() },
            .plain("image-build") { $0.missPackages(.docker) },
            .missing("no-traces", [.traces]) { $0.missPackages() },
            .missing("truncated", [.rootSpans]) { $0.missPackages() },
            .missing("last-lines", [], [.allButLastLines(14)]) { $0.missPackages(without: [.python]) },
            .missing("no-exceptions", EvidenceLoss.cluster, [.exceptions]) { $0.missPackages() },
            .missing("no-logs", [.logs]) { world in
                // One job's build stage fails with a status, and nobody can say more.
                let trouble = anyTrouble(&world.random)
                let found = world.breakPackageSource(trouble, without: [.docker], jobs: 1)
                return .init("build-failure", "job", found.pipelines[0].fullName)
            },
            .decoy("fetched-at-last") { world in
                // The first try fails, the second is well; then tests fail.
                let tool = world.random.element(of: [PipelineTool.maven, .npm, .yarn])
                let source = PackageSource.pick(for: tool, &world.random)
                let label = world.failTests(tool)
                for build in world.builds.indices where world.builds[build].isIncident {
                    world.builds[build].script.stages[1].steps[0].lines.insert(contentsOf: source.retried(tool), at: 1)
                }
                return label
            },
            .decoy("no-such-package") { world in
                // The source answers all others: what the job asks for is misspelt.
                let tool = world.random.element(of: [PipelineTool.maven, .gradle, .npm, .python])
                let found = world.breakPackageSource(.hasNoSuchPackage, of: tool, jobs: 1)
                return .init("build-failure", "job", found.pipelines[0].fullName)
            },
            .decoy("not-let-in") { world in
                let found = world.breakPackageSource(.denied, without: [.docker])
                return .init("credential-failure", "credential", found.host)
            },
            .decoy("git-host-down") { world in
                .init("scm-failure", "host", world.breakOtherGitHost(.answers(502)).host)
            },
        ]
    }

    static func anyTrouble(_ random: inout SplitMix) -> PackageSource.Trouble {
        random.element(of: [.answers(500), .answers(502), .answers(503), .answers(504), .refused, .timedOut])
    }
}

extension JenkinsWorld {
    mutating func missPackages(_ tool: PipelineTool? = nil, without: Set<PipelineTool> = []) -> Label {
        let trouble = DownloadFailureFamily.anyTrouble(&random)
        return .init(
            "dependency-download-failure", "host", breakPackageSource(trouble, of: tool, without: without).host)
    }
}

extension PackageSource {
    /// What a tool prints that tries again and is lucky.
    func retried(_ tool: PipelineTool) -> [String] {
        switch tool {
        case .npm:
            [
                "npm http fetch GET 503 \(url)/vite attempt 1 failed with 503",
                "npm http fetch GET 200 \(url)/vite 412ms",
            ]
        case .yarn: ["info There appears to be trouble with your network connection. Retrying..."]
        default:
            [
                "[WARNING] Could not transfer metadata com.example:parent/maven-metadata.xml from/to central (\(url)): status code: 503, reason phrase: Service Unavailable (503)",
                "[INFO] Retrying request to {s}->\(url)",
            ]
        }
    }
}
