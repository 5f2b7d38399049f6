import Telemetry

/// What happens on a day like any other.
extension JenkinsWorld {
    /// Adds the ordinary builds: half before the window and half in it, the last of which still run at its end.
    mutating func addEverydayWork() {
        let before = Self.starts(traffic.buildsOfBaseline, from: baseline.start + .seconds(5), to: baseline.end)
        let during = Self.starts(traffic.buildsOfWindow, from: window.start, to: window.end - .seconds(20))
        let incident = builds.count
        for start in before + during {
            let job = random.element(of: jobs)
            var build = makeBuild(of: job, startingAt: start + random.milliseconds(0...16_000))
            guard closedJobs[job.fullName].map({ build.start < $0 }) ?? true else { continue }
            if let slowFrom, build.start > slowFrom { build.script.slowDown(by: random.number(5...9)) }
            let time = TimeWindow(start: build.start, end: build.end + .seconds(2))
            guard !outages.contains(where: { $0.overlaps(time) }) else { continue }
            guard let node = openNode(of: job.template, during: time) else { continue }
            build.agent.node = node
            if time.end > window.end {
                build.ending = .unfinished(after: window.end)
                build.pod.remains = runningPod(build)
            }
            builds.append(build)
        }
        addEverydayFailures(from: incident)
    }

    private static func starts(_ count: Int, from start: Timestamp, to end: Timestamp) -> [Timestamp] {
        (0..<count).map { start + (end - start) * $0 / count }
    }

    private mutating func openNode(of template: AgentTemplate, during time: TimeWindow) -> String? {
        let open = nodes.filter { $0.pool == template.pool && $0.isOpen(time) }
        return open.isEmpty ? nil : random.element(of: open).name
    }

    /// The first build after this one that ended well, so that it may end otherwise.
    private func firstHealthy(after index: Int, in window: TimeWindow, where fits: (WorldBuild) -> Bool) -> Int? {
        builds.indices.first {
            $0 >= index && builds[$0].ending == .success && window.contains(builds[$0].start) && fits(builds[$0])
                && builds[$0].end < window.end
        }
    }

    private mutating func addEverydayFailures(from incident: Int) {
        guard everyday != .none else { return }
        let stopped = [(baseline, 9), (baseline, 61), (window, 5), (window, 31)]
        for (time, offset) in stopped.prefix(traffic.stoppedBuilds) {
            let first = incident + traffic.share(offset + (time == window ? 100 : 0))
            if let index = firstHealthy(after: first, in: time, where: { _ in true }) {
                builds[index].ending = offset % 2 == 1 && offset > 20 ? superseded(index) : stoppedByPerson(index)
            }
        }
        for offset in [30, 80].prefix(traffic.failedTests) {
            if let index = firstHealthy(
                after: incident + traffic.share(offset), in: baseline, where: { Self.isTested($0) })
            {
                let stage = builds[index].script.working.last ?? ""
                let at = builds[index].start + builds[index].script.time(into: stage)
                builds[index].ending = failedTest(builds[index], at: at)
            }
        }
        guard everyday == .withFlakyTest else { return }
        if let index = firstHealthy(
            after: incident + traffic.buildsOfBaseline, in: window, where: { $0.job.template.trade == .maven })
        {
            builds[index].ending = .unstable(lines: Self.flakyTest(builds[index].job))
        }
    }

    private static func isTested(_ build: WorldBuild) -> Bool {
        build.job.template.trade != .docker && build.job.template.trade != .terraform
    }

    private func stoppedByPerson(_ index: Int) -> BuildEnding {
        .interrupted(
            .byPerson(at: builds[index].start + builds[index].script.duration * 2 / 3))
    }

    private func superseded(_ index: Int) -> BuildEnding {
        .interrupted(
            .byNewerBuild(of: builds[index].job, at: builds[index].start + builds[index].script.duration * 2 / 3))
    }

    /// A test that fails for good, as JUnit and Maven say it.
    func failedTest(_ build: WorldBuild, at: Timestamp) -> BuildEnding {
        .failed(.init(at: at, lines: Self.brokenTest(build.job)))
    }

    static func brokenTest(_ job: WorldJob) -> [String] {
        switch job.template.trade {
        case .maven, .docker, .terraform:
            [
                "[ERROR] Tests run: 24, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 2.114 s <<< FAILURE! -- in com.example.TotalsTest",
                "[ERROR] com.example.TotalsTest.roundsHalfUp:71 expected: <12.35> but was: <12.34>",
                "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.2:test (default-test) on project app: There are test failures.",
                "[INFO] BUILD FAILURE",
            ]
        case .node:
            [
                "FAIL src/cart/totals.test.ts", "  ● totals › rounds half up", "    Expected: 12.35",
                "    Received: 12.34",
                "Tests:       1 failed, 311 passed, 312 total",
            ]
        case .go:
            [
                "--- FAIL: TestTotals (0.01s)", "    totals_test.go:44: got 12.34, want 12.35",
                "FAIL\texample.com/totals\t0.214s",
            ]
        }
    }

    static func flakyTest(_ job: WorldJob) -> [String] {
        [
            "[ERROR] Tests run: 31, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 9.81 s <<< FAILURE! -- in com.example.EventsTest",
            "[ERROR] com.example.EventsTest.arrivesInOrder:112 expected: <3> but was: <2>",
            "[Checks API] No suitable checks publisher found.",
        ]
    }
}
