import Telemetry

/// What failed and slow builds cost, and whom.
struct BuildCosts {
    let builds: Impact.Builds
    /// Failed ones first, then those that were slow.
    let affected: [Impact.Affected]

    init(in scene: Scene, weights: TraceWeights) {
        let own = scene.builds.filter { $0.population == .window }
        let failed = scene.failedBuilds
        let slow = Self.slow(in: scene)
        var lost: [TraceID: Duration] = [:]
        for build in failed { lost[build.traceID] = max(lost[build.traceID] ?? .zero, Self.lost(build)) }
        for (number, seconds) in slow {
            let trace = scene.builds[number].traceID
            lost[trace] = max(lost[trace] ?? .zero, .milliseconds((seconds * 1000).rounded()))
        }
        func count(_ builds: [Build]) -> Int {
            // Of an unknown number nothing is estimated.
            guard !weights.basis.isOpen else { return builds.count }
            return TraceWeights.whole(builds.reduce(0) { $0 + ($1.trace == nil ? 1 : weights[$1.traceID]) })
        }
        builds = Impact.Builds(
            total: count(own), failed: failed.count, stopped: count(own.filter { $0.outcome == .stopped }),
            stoppedUnexplained: count(own.filter { $0.outcome == .stopped && !$0.isExplained }),
            running: count(own.filter { $0.outcome == .open }), slow: slow.count,
            lost: lost.values.reduce(.zero, +))
        affected =
            failed.map {
                Self.affected($0, outcome: $0.result ?? "not finished", lost: Self.lost($0), in: scene)
            }
            + slow.map { number, seconds in
                Self.affected(
                    scene.builds[number], outcome: Impact.Affected.slow,
                    lost: .milliseconds((seconds * 1000).rounded()), in: scene)
            }
    }

    /// The places of builds that ended well and were slow or waited, with the seconds that they took more than usual.
    private static func slow(in scene: Scene) -> [(build: Int, seconds: Double)] {
        var seconds: [Int: Double] = [:]
        for wait in scene.slowBuilds.waits where !scene.builds[wait.build].isFailure {
            seconds[wait.build] = wait.excess
        }
        for slow in scene.slowBuilds.slow where !scene.builds[slow.build].isFailure {
            seconds[slow.build] = slow.excess
        }
        return seconds.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// From its start to its failure.
    private static func lost(_ build: Build) -> Duration { max(.zero, build.failedAt - build.start) }

    private static func affected(
        _ build: Build, outcome: String, lost: Duration, in scene: Scene
    ) -> Impact.Affected {
        let origin = BuildOrigin(build, in: scene.spans)
        return Impact.Affected(
            kind: .build, name: build.job, number: build.number, url: build.url, traceID: build.traceID,
            outcome: outcome, branch: origin.branch, startedBy: origin.startedBy, lost: lost)
    }
}

/// What was built and who wanted it, as far as the spans say it.
struct BuildOrigin: Hashable {
    let branch: String?
    let startedBy: String?

    /// What Jenkins calls itself where nobody in particular started a build.
    private static let nobody: Set<String> = ["SYSTEM", "anonymous"]

    init(_ build: Build, in table: SpanTable) {
        let rows = build.trace.map { table.traceRows[$0].rows } ?? 0..<0
        let root = build.root.map { table.span(of: $0) }
        startedBy = (root?.attributes.text("ci.pipeline.run.user") ?? root.flatMap(Self.user(inCauseOf:)))
            .flatMap { Self.nobody.contains($0) ? nil : $0 }
        let last = build.job.split(separator: "/").last.map(String.init)
        // The job of a multibranch project is called by its branch, a pull request by its number.
        let isBranch =
            root?.attributes.text("ci.pipeline.type") == "multibranch"
            || root?.attributes["ci.pipeline.multibranch.type"] != nil
            || root.map { Self.causes(of: $0).contains(where: Self.ofBranches.contains) } == true
            || last.map(Self.isRequest) == true || last?.contains("%2F") == true
            || last.map(Self.usualBranches.contains) == true && build.job.contains("/")
        if isBranch, let last {
            branch = Self.decoded(last)
        } else {
            branch = rows.lazy.compactMap { table.span(of: $0).attributes.text("git.branch") }.first
        }
    }

    /// `UserIdCause:jdoe`, as the plugin writes a cause.
    private static func user(inCauseOf root: Span) -> String? {
        let mark = "UserIdCause:"
        let named = causes(of: root).first { $0.hasPrefix(mark) }?.dropFirst(mark.count)
        return named.flatMap { $0.isEmpty ? nil : String($0) }
    }

    private static func causes(of root: Span) -> [String] {
        switch root.attributes["ci.pipeline.run.cause"] {
        case .array(let values)?: values.map(\.description)
        case let value?: [value.description]
        case nil: []
        }
    }

    /// Only a multibranch project's builds begin by them: https://plugins.jenkins.io/branch-api
    private static let ofBranches: Set<String> = ["BranchEventCause", "BranchIndexingCause"]

    /// A job of such a name in a folder is a branch of a multibranch project, also where its root span is missing.
    private static let usualBranches: Set<String> = ["main", "master", "develop", "trunk"]

    /// `PR-17` and `MR-17`.
    private static func isRequest(_ name: String) -> Bool {
        (name.hasPrefix("PR-") || name.hasPrefix("MR-")) && name.count > 3 && name.dropFirst(3).allSatisfy(\.isNumber)
    }

    /// Jenkins writes `feature/x` as `feature%2Fx` in a job's name.
    private static func decoded(_ name: String) -> String { name.replacing("%2F", with: "/") }
}
