import Telemetry

/// What goes wrong because of the code: the truth behind many a decoy.
extension JenkinsWorld {
    /// A job's tests fail, in two builds of it.
    ///
    /// - Parameter node: where they ran; some node of the job's pool when nil.
    mutating func breakTests(at seconds: [Double] = [-520, -95], on node: String? = nil) -> LabelledScenario.Label {
        let job = pickJob(.maven)
        for time in seconds {
            let build = addBuild(of: job, on: node ?? pickNode(.spot), endingAt: time, in: "Test")
            fail(build, lines: Self.brokenTest(job))
        }
        closeJob(job, from: seconds[0])
        return .init("test-failure", "job", job.fullName)
    }

    /// A job does not compile any more, in two builds of it.
    mutating func breakCompilation(at seconds: [Double] = [-480, -85], on node: String? = nil) -> LabelledScenario.Label
    {
        let job = pickJob(.maven)
        let file = job.workspace + "/src/main/java/com/example/Totals.java"
        for time in seconds {
            let build = addBuild(of: job, on: node ?? pickNode(.spot), endingAt: time, in: "Build")
            fail(
                build,
                lines: [
                    "[ERROR] COMPILATION ERROR : ", "[ERROR] \(file):[71,34] cannot find symbol",
                    "[ERROR]   symbol:   method roundHalfUp(java.math.BigDecimal)",
                    "[INFO] BUILD FAILURE",
                    "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project app: Compilation failure",
                ])
        }
        closeJob(job, from: seconds[0])
        return .init("build-failure", "job", job.fullName)
    }

    /// A job's front end watches more files than the kernel lets it: `ENOSPC` on a disk with room.
    mutating func exhaustFileWatchers(at seconds: [Double] = [-510, -90]) -> LabelledScenario.Label {
        let job = pickJob(.node)
        for time in seconds {
            let build = addBuild(of: job, on: pickNode(.spot), endingAt: time, in: "Verify")
            fail(
                build,
                lines: [
                    "Error: ENOSPC: System limit for number of file watchers reached, watch '\(job.workspace)/src'",
                    "    at FSWatcher.<computed> (node:internal/fs/watchers:247:19)",
                    "  errno: -28, syscall: 'watch', code: 'ENOSPC'",
                ])
        }
        closeJob(job, from: seconds[0])
        return .init("build-failure", "job", job.fullName)
    }

    /// The Maven process of a job has too small a heap; its container has memory left.
    mutating func exhaustHeapOfBuild(at seconds: [Double] = [-530, -75]) -> LabelledScenario.Label {
        let job = pickJob(.maven)
        for time in seconds {
            let build = addBuild(of: job, on: pickNode(.spot), endingAt: time, in: "Build")
            fail(
                build,
                lines: [
                    "[ERROR] java.lang.OutOfMemoryError: Java heap space",
                    "\tat com.sun.tools.javac.code.Scope$ScopeImpl.dble(Scope.java:332)",
                    "[INFO] BUILD FAILURE",
                    "[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.13.0:compile (default-compile) on project app: Fatal error compiling: java.lang.OutOfMemoryError: Java heap space",
                ])
        }
        closeJob(job, from: seconds[0])
        return .init("build-failure", "job", job.fullName)
    }

    /// Somebody stops builds that ran well: no failure at all.
    mutating func stopByPerson(builds count: Int, on node: String, at seconds: Double = -60) -> [Int] {
        let stopped = addBuilds(count, on: node, endingAt: seconds)
        for build in stopped { interrupt(build, .byPerson(at: stop(build))) }
        return stopped
    }

    /// Newer builds of pull requests replace older ones through `disableConcurrentBuilds`: the plugin calls that an error,
    /// and it is none.
    mutating func replaceByNewer(builds count: Int, on node: String, at seconds: Double = -60) {
        for build in addBuilds(count, on: node, endingAt: seconds) {
            let job = builds[build].job
            interrupt(
                build,
                .init(
                    at: stop(build), cause: "CancelledCause: Superseded by \(job.displayName) #%next%", isError: true,
                    lines: [.init(before: .milliseconds(400), text: "Superseded by \(job.displayName) #%next%")]))
        }
    }

    mutating func pickJob(_ trade: AgentTemplate.Trade) -> WorldJob {
        let candidates = jobs.filter { $0.template.trade == trade }
        return random.element(of: candidates.isEmpty ? jobs : candidates)
    }

    /// No ordinary build of it begins so late that it would have to fail as well.
    mutating func closeJob(_ job: WorldJob, from seconds: Double) {
        closedJobs[job.fullName] = at(seconds) - .seconds(600)
    }
}
