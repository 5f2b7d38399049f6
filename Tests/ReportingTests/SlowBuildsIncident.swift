import Alerts
import Languages
import RootCause
import Telemetry

/// Builds that end well and take longer than usual: by one stage, or by the wait for their agents.
enum SlowBuildsIncident {
    static let alert = AlertGroup(
        status: .firing, receiver: "sabueso", groupKey: "{}:{alertname=\"JenkinsBuildsSlow\"}",
        groupLabels: ["alertname": "JenkinsBuildsSlow"],
        commonLabels: ["alertname": "JenkinsBuildsSlow", "service_name": "jenkins-master", "severity": "warning"],
        externalURL: "https://alertmanager.example.com",
        alerts: [
            Alert(
                status: .firing,
                labels: ["alertname": "JenkinsBuildsSlow", "service_name": "jenkins-master", "severity": "warning"],
                startsAt: Instant.at("14:32:00"), fingerprint: "35adbd37b265ab04")
        ])

    static let slowStage = diagnosis(
        Hypothesis(
            cause: .latencyRegression, subject: .init(.service, "jenkins-master"), confidence: 0.731,
            statement:
                "Builds of `shop/main` take 14 min, before 5 min: step `mvn verify` of stage `Test` takes 11 min, "
                + "before 2 min.",
            evidence: [
                Finding(
                    .traces, at: Instant.at("14:12:10"),
                    text: "shop/main #78 took 14 min, its job usually 5 min: 11 min at step `mvn verify` of stage "
                        + "`Test`, before 2 min", weight: 2.6),
                Finding(
                    .traces, at: Instant.at("14:16:40"),
                    text: "shop/main #79 took 13 min, its job usually 5 min: 10 min at step `mvn verify` of stage "
                        + "`Test`, before 2 min", weight: 0.4),
                Finding(.traces, text: "builds of 4 other jobs take as long as before", weight: 0),
            ],
            recommendations: [
                "Compare the trace of shop/main #78 with one from before, at step `mvn verify` of stage `Test`.",
                "See what changed in `shop/main` since its last quick build: commits, tool versions, caches.",
                "Check CPU throttling and disk of agent maven-x7k2p: container_cpu_cfs_throttled_periods_total.",
            ]), slow: [("shop/main", 78, 540), ("shop/main", 79, 480)], shares: (0.61, 0.07))

    static let waits = diagnosis(
        Hypothesis(
            cause: .agentUnschedulable, subject: .init(.pool, "maven"), confidence: 0.85,
            statement: "3 builds of 2 jobs waited 9 min for agents of `maven` since 14:12:10 UTC, before 13 s.",
            evidence: [
                Finding(
                    .traces, at: Instant.at("14:12:10"),
                    text: "shop/main #78 waited 10 min for its agent, its job usually 12 s", weight: 2.8),
                Finding(
                    .metrics, text: "`jenkins_builds_waiting_for_executor` rose to 14, before 0", weight: 0.8),
            ],
            recommendations: [
                "Compare the agents of maven that run with their limits: container cap, pool size, quota.",
                "Look for pods that are still Pending: `kubectl get pods --field-selector=status.phase=Pending`.",
                "If this repeats, raise the maximum size of the pool of maven, or keep a spare node in it.",
            ]), slow: [("shop/main", 78, 600), ("shop/main", 79, 540), ("payments/main", 419, 500)], shares: (0.2, 0.7))

    private static func diagnosis(
        _ hypothesis: Hypothesis, slow: [(job: String, number: Int, seconds: Int)],
        shares: (stage: Double, queue: Double)
    ) -> Diagnosis {
        Diagnosis(
            scope: Scope(services: ["jenkins-master"], namespaces: ["jenkins"]),
            window: Instant.window("14:05:00", "14:36:00"), baseline: Instant.window("13:05:00", "14:05:00"),
            onset: Instant.at("14:12:10"), hypotheses: [hypothesis],
            impact: Impact(
                traces: 41, averageTraceDuration: .seconds(412),
                durationParts: [
                    .init(.stage, "Test", average: .seconds(412 * shares.stage), share: shares.stage),
                    .init(.queue, average: .seconds(412 * shares.queue), share: shares.queue),
                ], spot: .init(),
                builds: .init(
                    total: 41, failed: 0, stopped: 2, slow: slow.count,
                    lost: .seconds(slow.reduce(0) { $0 + $1.seconds })),
                affected: slow.map {
                    .init(
                        kind: .build, name: $0.job, number: $0.number,
                        url: "https://ci.example.com/job/\($0.job.replacing("/", with: "/job/"))/\($0.number)/",
                        outcome: "slow", lost: .seconds($0.seconds))
                }),
            samplings: [Sampling(.traces, taken: 41, total: 41)])
    }
}

/// A service that gets six times the requests and is slow since.
enum TrafficSurgeIncident {
    static let diagnosis = Diagnosis(
        scope: Scope(services: ["checkout"]), window: Instant.window("09:33:00", "09:48:00"),
        baseline: Instant.window("08:33:00", "09:33:00"), onset: Instant.at("09:42:10"),
        hypotheses: [
            Hypothesis(
                cause: .trafficSurge, subject: .init(.service, "checkout"), confidence: 0.94,
                statement: "`checkout` gets 6.2 times the requests since 09:41:00 UTC (124 a second, before 20); it is "
                    + "slower at `POST /pay`.",
                evidence: [
                    Finding(
                        .metrics, at: Instant.at("09:41:00"),
                        text:
                            "`service_requests_per_second` of `checkout` rose 6.2 times at 09:41:00 UTC: 124 a second, "
                            + "before 20", weight: 2.1),
                    Finding(
                        .traces, at: Instant.at("09:42:10"), text: "what goes wrong began 70 s after the rise",
                        weight: 0.6),
                ],
                recommendations: [
                    "See who sends them: requests to `checkout` by client and path, since 09:41:00 UTC.",
                    "Add replicas of `checkout`, or limit the rate at the edge until it falls.",
                    "Check the autoscaler of `checkout` and its maximum: `kubectl describe hpa`.",
                ])
        ],
        impact: Impact(
            traces: 412, failedTraces: 36, averageTraceDuration: .milliseconds(2140),
            durationParts: [
                .init(.service, "checkout", average: .milliseconds(1900), share: 0.888),
                .init(.service, "payments", average: .milliseconds(240), share: 0.112),
            ], errorCorrelationRate: 0.5, correlatedTraces: 18, spotImpact: 0,
            affected: [.init(kind: .service, name: "checkout", outcome: "error")]),
        samplings: [Sampling(.traces, taken: 412, total: 9300)])
}
