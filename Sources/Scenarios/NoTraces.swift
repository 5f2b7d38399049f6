import Languages
import Telemetry

/// An alert for a service that logs and sends no spans at all; what it logs is what it always logs.
enum NoTraces: ScenarioGenerator {
    static let name = "no-traces"
    static let title = "Invoices take long, and invoice-renderer has no traces"
    /// Thursday, 08:20:00 in Central Europe.
    static let alertedAt = Timestamp(seconds: 1_795_072_800)

    private static let service = "invoice-renderer"
    private static let namespace = "billing"
    private static let pods = ["invoice-renderer-6f7b9c5d48-k8hvz", "invoice-renderer-6f7b9c5d48-t5wqm"]
    private static let node = "aks-apps-30175528-vmss000000"

    static func alert(startsAt: Timestamp) -> ScenarioAlert {
        ScenarioAlert(
            labels: [
                "alertname": "InvoicesLate", "namespace": namespace, "service": service, "severity": "warning",
            ],
            annotations: ["summary": "invoices wait longer than 10 minutes"], startsAt: startsAt,
            endsAt: startsAt + .seconds(1500), fingerprint: "c21a7709be5f4d83", groupedBy: ["alertname", "namespace"])
    }

    static func evidence(alertedAt: Timestamp) -> Evidence {
        var random = SplitMix(seed: 404)
        let window = TimeWindow(start: alertedAt - .seconds(900), end: alertedAt + .seconds(300))
        let baseline = TimeWindow(start: window.start - .seconds(3600), end: window.start)
        var logs: [LogEntry] = []
        var at = baseline.start
        while at < window.end - .seconds(12) {
            logs += lines(at, &random)
            at = at + .seconds(24) + random.milliseconds(0...11_000)
        }
        return Evidence(
            scope: Scope(services: [service], namespaces: [namespace]), window: window, baseline: baseline,
            logs: logs.sorted { $0.at < $1.at }, pods: pods.map(pod),
            nodes: ShopCluster.nodes(alertedAt).filter { $0.name == node },
            gaps: [Gap(.metrics, "not part of the scenario", isTotal: true)])
    }

    /// One invoice.
    private static func lines(_ at: Timestamp, _ random: inout SplitMix) -> [LogEntry] {
        let pod = random.element(of: pods)
        let invoice = random.number(4_000_000...4_999_999)
        let duration = random.milliseconds(300...900)
        let texts = [
            (at, "invoice \(invoice) received"),
            (
                at + duration,
                "invoice \(invoice) rendered, \(random.number(1...7)) pages in \(duration.nanoseconds / 1_000_000) ms"
            ),
        ]
        return texts.map { at, message in
            LogEntry(
                at: at, line: "level=info msg=\"\(message)\"",
                labels: [
                    "namespace": namespace, "pod": pod, "container": service, "app": service, "service_name": service,
                ])
        }
    }

    private static func pod(_ name: String) -> PodState {
        PodState(name: name, namespace: namespace, node: node, labels: ["app.kubernetes.io/name": service])
    }
}
