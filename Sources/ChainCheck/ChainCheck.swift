package import Telemetry

/// Looks at every link of the chain from a span to a message, all at the same time.
///
/// Each check has its own limit of time, and none waits for another: a server that hangs hides nothing.
package struct ChainCheck: Sendable {
    let plan: ChainPlan
    let now: @Sendable () -> Timestamp
    let watch: ClockWatch
    private let clock: any Clock<Duration>
    private let limit: Duration

    /// Three requests of the usual timeout, one after the other.
    package static let usualLimit = Duration.seconds(30)
    /// As many requests one after the other have their whole timeout.
    private static let requestsInARow = 3

    /// - Parameters:
    ///   - now: this machine's time; evidence is asked for up to it, and the servers' clocks are compared with it.
    ///   - limit: for each check; nil: the usual one, or longer where a server's timeout is longer.
    ///   - clock: for the limit.
    package init(
        _ plan: ChainPlan, now: @escaping @Sendable () -> Timestamp, limit: Duration? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.plan = plan
        self.now = now
        self.limit = limit ?? Self.limit(plan)
        self.clock = clock
        watch = ClockWatch(now: now)
    }

    /// The findings in the order of ``Check``.
    package func findings() async -> [Finding] {
        var findings = await withTaskGroup(of: [Finding].self) { group in
            for job in jobs { group.addTask { await self.bounded(job) } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        findings.append(Clocks.finding(watch.samples))
        let failed = Set(findings.filter { $0.verdict == .failure }.map(\.check))
        findings = findings.map { $0.explained(by: failed) }
        let order = Dictionary(
            uniqueKeysWithValues: Check.allCases.enumerated().map { index, check in (check, index) })
        return findings.sorted { left, right in
            (order[left.check] ?? 0, left.target) < (order[right.check] ?? 0, right.target)
        }
    }

    /// Checks that are made together, because one answer serves all of them.
    struct Job: Sendable {
        let checks: [Check]
        let target: String
        /// Asked for all of it: when it hangs, that is why this takes too long.
        var server: Check?
        let findings: @Sendable () async -> [Finding]
    }

    /// A timeout that somebody raised is waited for.
    static func limit(_ plan: ChainPlan) -> Duration {
        let servers = [
            plan.tempo, plan.loki, plan.prometheus, plan.kubernetes, plan.grafana?.server, plan.alertmanager,
        ]
        let longest = servers.compactMap { $0?.timeout }.max() ?? .zero
        return max(usualLimit, longest * requestsInARow)
    }

    private var jobs: [Job] {
        [
            tempoJob, lokiJob, prometheusJob, kubernetesJob, grafanaJob, tracesJob, logsJob, alertSeriesJob,
            querySeriesJob, alertingJob, journalJob,
        ] + grafanaDataJobs + chatJobs
    }

    private func bounded(_ job: Job) async -> [Finding] {
        let (clock, limit) = (clock, limit)
        return await withTaskGroup(of: [Finding]?.self) { group in
            group.addTask { await job.findings() }
            group.addTask {
                try? await clock.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
                ?? job.checks.map { check in
                    Finding(
                        check, .failure, on: job.target, "it took longer than \(Wording.age(limit))",
                        advice: "Look at what is slow there, and try again.", isAnswered: false,
                        unless: job.server.map { $0 == check ? [] : [$0] } ?? [])
                }
        }
    }

    /// A job that has nothing to look at.
    static func skipping(_ checks: [Check], _ reason: String, advice: String) -> Job {
        Job(checks: checks, target: "") {
            checks.map { Finding($0, .skipped, on: "", reason, advice: advice) }
        }
    }
}
