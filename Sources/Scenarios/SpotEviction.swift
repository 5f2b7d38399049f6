import Languages
import Telemetry

/// A node of a spot pool is taken back under three builds; 38 others and two hours of history are healthy.
enum SpotEviction: ScenarioGenerator {
    static let name = "spot-eviction"
    static let title = "Builds of jenkins-master end aborted, three of them within a second"
    /// Thursday, 15:31:00 in Central Europe.
    static let alertedAt = Timestamp(seconds: 1_795_098_660)

    static let service = "jenkins-master"
    static let lostNode = "aks-spot-31542618-vmss000003"
    /// The nodes that stay.
    static let nodes = [
        "aks-spot-31542618-vmss000001", "aks-build-20417733-vmss000000", "aks-build-20417733-vmss000002",
    ]
    static let controllerNode = "aks-system-11873250-vmss000000"

    /// The cloud says that it will take the node, counted from the alert.
    static func notice(_ alertedAt: Timestamp) -> Timestamp { alertedAt - .seconds(79) }

    /// The builds that ran on it.
    static let lostBuilds: [(job: String, number: Int, pod: String, ranFor: Int)] = [
        ("payments/main", 418, "maven-x7k2p", 251), ("shop/PR-17", 6, "maven-q4v8d", 143),
        ("shop/main", 77, "maven-9zl3c", 318),
    ]

    /// Half an hour before the alert and five minutes after it, which is the playbook's window.
    private static func window(_ alertedAt: Timestamp) -> TimeWindow {
        TimeWindow(start: alertedAt - .seconds(1800), end: alertedAt + .seconds(300))
    }

    static func alert(startsAt: Timestamp) -> ScenarioAlert {
        ScenarioAlert(
            labels: ["alertname": "JenkinsJobTraceFailure", "service_name": service, "severity": "critical"],
            annotations: ["summary": "builds of \(service) failed or lost their agent in 10 minutes"],
            startsAt: startsAt, endsAt: startsAt + .seconds(465), fingerprint: "6b1f0c5e94d27a38",
            groupedBy: ["alertname", "service_name"])
    }

    static func evidence(alertedAt: Timestamp) -> Evidence {
        var random = SplitMix(seed: 418)
        let window = window(alertedAt)
        let baseline = TimeWindow(start: window.start - .seconds(7200), end: window.start)
        var cluster = SpotEvictionCluster(alertedAt: alertedAt)
        var spans: [Span] = []
        var logs: [LogEntry] = []
        for build in builds(alertedAt, window, baseline, &random) {
            let run = JenkinsTracer.run(build, &random)
            spans += run.spans
            logs += run.lines
            cluster.add(build, endedAt: run.end, &random)
        }
        cluster.loseNode()
        logs += cluster.logs
        return Evidence(
            scope: Scope(services: [service]), window: window, baseline: baseline, traces: Trace.grouping(spans),
            logs: logs.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element),
            events: cluster.events.sorted { ($0.at, $0.object.name, $0.reason) < ($1.at, $1.object.name, $1.reason) },
            pods: cluster.pods, nodes: cluster.nodes, gaps: [Gap(.metrics, "not part of the scenario", isTotal: true)])
    }

    // MARK: The builds

    /// A build that has no number yet.
    private struct Plan {
        let job: String
        let start: Timestamp
        let agent: JenkinsAgent
        let outcome: JenkinsBuild.Outcome
    }

    /// The jobs beside those that lose a build, with the number that their first one has.
    private static let otherJobs = [
        "infra/terraform-plan": 905, "mobile/main": 148, "search/main": 212, "shop/PR-19": 2, "shop/PR-21": 1,
        "web/release-2.4": 33,
    ]

    private static func builds(
        _ alertedAt: Timestamp, _ window: TimeWindow, _ baseline: TimeWindow, _ random: inout SplitMix
    ) -> [JenkinsBuild] {
        let plans = (healthyPlans(alertedAt, window, baseline, &random) + lostPlans(alertedAt, &random))
            .sorted { ($0.start, $0.job) < ($1.start, $1.job) }
        var numbers = otherJobs
        for lost in lostBuilds {
            // So many came before that the lost one gets the number that it has.
            let ofJob = plans.filter { $0.job == lost.job }
            numbers[lost.job] = lost.number - (ofJob.firstIndex { $0.agent.name == lost.pod } ?? 0)
        }
        return plans.map { plan in
            let number = numbers[plan.job, default: 1]
            numbers[plan.job] = number + 1
            return JenkinsBuild(
                job: plan.job, number: number, start: plan.start, agent: plan.agent, outcome: plan.outcome,
                service: service)
        }
    }

    private static func healthyPlans(
        _ alertedAt: Timestamp, _ window: TimeWindow, _ baseline: TimeWindow, _ random: inout SplitMix
    ) -> [Plan] {
        let jobs = (otherJobs.keys + ["payments/main", "shop/main"]).sorted()
        // Those of the window have to end in it, and the longest takes ten minutes.
        let quiet = stride(from: Int64(0), to: 6600, by: 660).map { baseline.start + .seconds($0) }
        let busy = (0..<38).map { window.start + .seconds(20 + Int64($0) * 36) }
        return (quiet + busy).enumerated().map { index, start in
            let begin = start + random.milliseconds(0...25_000)
            // Early enough, some still ran on the node that is lost later.
            let places = begin < notice(alertedAt) - .seconds(900) ? nodes + [lostNode] : nodes
            return Plan(
                job: jobs[(index * 5 + random.number(0...2)) % jobs.count], start: begin,
                agent: agent("maven-\(random.suffix(5))", random.element(of: places), &random),
                // One of the quiet time was replaced by a newer one, which is aborted and healthy.
                outcome: index == 6 ? .superseded(at: begin + .seconds(131)) : .success)
        }
    }

    private static func lostPlans(_ alertedAt: Timestamp, _ random: inout SplitMix) -> [Plan] {
        lostBuilds.enumerated().map { index, lost in
            let end = notice(alertedAt) + .milliseconds(23_180 + Int64(index) * 310)
            return Plan(
                job: lost.job, start: end - .seconds(Int64(lost.ranFor)), agent: agent(lost.pod, lostNode, &random),
                outcome: .agentLost(at: end))
        }
    }

    private static func agent(_ name: String, _ node: String, _ random: inout SplitMix) -> JenkinsAgent {
        JenkinsAgent(
            name: name, label: "maven", node: node, address: "10.244.\(random.number(2...9)).\(random.number(4...250))")
    }
}
