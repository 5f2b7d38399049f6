import Alerts
import Languages
import Reporting
import RootCause
import Telemetry

/// A spot node is preempted at 15:29:41 CET and takes three Jenkins builds with it.
enum SpotEvictionIncident {
    static let alert = AlertGroup(
        status: .firing, receiver: "sabueso", groupKey: "{}:{alertname=\"JenkinsJobTraceFailure\"}",
        groupLabels: ["alertname": "JenkinsJobTraceFailure"],
        commonLabels: [
            "alertname": "JenkinsJobTraceFailure", "service_name": "jenkins-master", "severity": "critical",
        ],
        externalURL: "https://alertmanager.example.com",
        alerts: [
            Alert(
                status: .firing,
                labels: [
                    "alertname": "JenkinsJobTraceFailure", "service_name": "jenkins-master", "severity": "critical",
                ], startsAt: Instant.at("14:32:00"),
                generatorURL: "https://prometheus.example.com/graph?g0.expr=increase%28x%5B10m%5D%29+%3E+3&g0.tab=1",
                fingerprint: "35adbd37b265ab03")
        ])

    static let resolved = AlertGroup(
        status: .resolved, receiver: "sabueso", groupKey: alert.groupKey, groupLabels: alert.groupLabels,
        commonLabels: alert.commonLabels, externalURL: alert.externalURL,
        alerts: alert.alerts.map {
            Alert(
                status: .resolved, labels: $0.labels, startsAt: $0.startsAt, endsAt: Instant.at("14:38:50"),
                fingerprint: $0.fingerprint)
        })

    private static let pod = Reference.logsOfPod(namespace: "jenkins", pod: "maven-x7k2p")

    static let diagnosis = Diagnosis(
        scope: Scope(services: ["jenkins-master"], namespaces: ["jenkins"]),
        window: Instant.window("14:22:00", "14:36:00"), baseline: Instant.window("13:52:00", "14:22:00"),
        onset: Instant.at("14:29:41"),
        hypotheses: [
            Hypothesis(
                cause: .spotEviction, subject: .init(.node, "aks-spot-3"), confidence: 0.943,
                statement: "Spot node `aks-spot-3` was preempted at 14:29:41 UTC: 3 agents lost, 3 builds did not "
                    + "finish (payments/main #418, shop/PR-17 #6 and shop/main #77).",
                evidence: [
                    Finding(
                        .events, at: Instant.at("14:29:41"),
                        text: "node aks-spot-3: PreemptScheduled: VM aks-spot-3 Preempt Scheduled, event id 7A1D52C0",
                        weight: 3.1),
                    Finding(
                        .logs, at: Instant.at("14:30:02"), text: "agent maven-x7k2p lost: Cannot contact maven-x7k2p",
                        weight: 1.4,
                        reference: pod),
                    Finding(.nodes, text: "aks-spot-3 carries the label of a spot node", weight: 0.8),
                ],
                recommendations: [
                    "Re-run payments/main #418, shop/PR-17 #6 and shop/main #77.",
                    "Wrap the stages in `retry` with `kubernetesAgent()`.",
                    "Two more evictions like this today: move release jobs to the on-demand pool.",
                ]),
            Hypothesis(
                cause: .agentDisconnected, subject: .init(.pod, "maven-x7k2p"), confidence: 0.41,
                statement: "Agent maven-x7k2p lost its connection at 15:30:04.",
                evidence: [Finding(.logs, at: Instant.at("14:30:04"), text: "ChannelClosedException", weight: 1)],
                recommendations: ["Look at the agent's log."]),
            Hypothesis(
                cause: .agentOOMKilled, subject: .init(.pod, "maven-x7k2p"), confidence: 0.08,
                statement: "Agent maven-x7k2p may have been out of memory.", evidence: [], recommendations: []),
        ],
        suspects: [
            Suspect(kind: .node, name: "aks-spot-3", node: "aks-spot-3", score: 0.94),
            Suspect(
                kind: .pod, name: "maven-x7k2p", service: "jenkins-master", pod: "maven-x7k2p", node: "aks-spot-3",
                score: 0.4),
        ],
        timeline: [
            TimelineEntry(
                at: Instant.at("14:29:41"), source: .events,
                text: "node aks-spot-3 (spot): PreemptScheduled: VM aks-spot-3 Preempt Scheduled, event id…"),
            TimelineEntry(
                at: Instant.at("14:29:58"), source: .events,
                text: "node aks-spot-3 (spot): NodeNotReady: Node aks-spot-3 status is now: NodeNotReady"),
            TimelineEntry(
                at: Instant.at("14:29:58"), source: .events,
                text: "pods maven-9zl3c, maven-q4v8d and maven-x7k2p: NodeNotReady: Node is not ready"),
            TimelineEntry(
                at: Instant.at("14:30:01"), source: .events,
                text: "pods maven-9zl3c, maven-q4v8d and maven-x7k2p: TaintManagerEviction"),
            TimelineEntry(
                at: Instant.at("14:30:02"), source: .logs,
                text: "agents maven-x7k2p, maven-q4v8d and maven-9zl3c lost: Cannot contact maven-x7k2p: "
                    + "hudson.remoting.ChannelClosedException"),
            TimelineEntry(
                at: Instant.at("14:30:04"), source: .traces,
                text: "3 builds lost their agents: payments/main #418, shop/PR-17 #6 and shop/main #77"),
            TimelineEntry(
                at: Instant.at("14:30:04"), source: .logs,
                text: "jenkins-master: jenkins/maven-x7k2p was just deleted, so removing… (×3)"),
        ],
        impact: Impact(
            traces: 41, failedTraces: 3, averageTraceDuration: .seconds(412),
            durationParts: [
                .init(.stage, "Test", average: .seconds(251), share: 251.0 / 412),
                .init(.queue, average: .seconds(62), share: 62.0 / 412),
                .init(.stage, "Build", average: .seconds(58), share: 58.0 / 412),
                .init(.rest, average: .seconds(41), share: 41.0 / 412),
            ], errorCorrelationRate: 1, correlatedTraces: 3, spotImpact: 1,
            spot: .init(
                lostBuilds: 3, lost: .seconds(2281), builds: 12, failedBuilds: 3, onDemandBuilds: 29,
                onDemandFailedBuilds: 0),
            builds: .init(total: 41, failed: 3, lost: .seconds(2281)),
            jobs: ["payments/main", "shop/PR-17", "shop/main"], branches: ["PR-17", "main"],
            people: ["dev@example.com"],
            affected: [
                build("payments/main", 418, "main", 1204), build("shop/PR-17", 6, "PR-17", 395, "dev@example.com"),
                build("shop/main", 77, "main", 682),
            ]),
        gaps: [Gap(.metrics, "Prometheus did not answer within 5 s", isTotal: true)],
        samplings: [
            Sampling(.traces, taken: 41, total: 41), Sampling(.logs, taken: 8310, total: nil),
            Sampling(.events, taken: 96, total: 96),
        ],
        keyLines: [
            KeyLine(
                at: Instant.at("14:30:04"),
                text: "Cannot contact maven-x7k2p: hudson.remoting.ChannelClosedException", count: 3,
                service: "jenkins-master", pod: "jenkins-master-0", traceID: TraceID(high: 0x4bf9, low: 0x92f3)),
            KeyLine(
                at: Instant.at("14:30:02"),
                text: "jenkins/maven-x7k2p was just deleted, so removing corresponding Jenkins agent",
                service: "jenkins-master", pod: "jenkins-master-0"),
        ],
        exemplar: Exemplar(
            traceID: TraceID(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736),
            spanID: SpanID(0x00f0_67aa_0ba9_02b7), service: "jenkins-master", operation: "Stage: Build",
            window: Instant.window("14:24:10", "14:30:06")))

    private static func build(
        _ name: String, _ number: Int, _ branch: String, _ lost: Int, _ startedBy: String? = nil
    ) -> Impact.Affected {
        let path = name.split(separator: "/").map { "/job/\($0)" }.joined()
        return .init(
            kind: .build, name: name, number: number, url: "https://ci.example.com\(path)/\(number)/",
            traceID: TraceID(high: 0x4bf9, low: UInt64(number)), outcome: "ABORTED", branch: branch,
            startedBy: startedBy, lost: .seconds(lost))
    }
}
