/// The labels of an alert that fired: which thing it is about.
struct AlertLabels: Hashable, Sendable {
    /// Without the metric's name and the state.
    let all: [String: String]

    init(_ labels: [String: String]) {
        var all = labels
        all["__name__"] = nil
        all["alertstate"] = nil
        self.all = all
    }

    var name: String { all["alertname"] ?? "" }

    /// Alerts that are there to show that alerting works, or to silence others, have this severity: `Watchdog` and
    /// `InfoInhibitor` of kube-prometheus.
    var isOfAlertingItself: Bool { all["severity"] == "none" }

    /// The one thing that a person would go and look at, the most telling label first; nil where none names one.
    ///
    /// Of kube-state-metrics, `pod`, `service` and `instance` may be those of the exporter itself; the ones of the thing
    /// then begin with `exported_`.
    var subject: (kind: String, name: String)? {
        for (label, kind) in Self.subjectLabels {
            if let value = value(of: label) { return (kind, value) }
        }
        return nil
    }

    /// All names of things that it has, to be compared with those of an incident.
    var names: Set<String> { Set(Self.subjectLabels.compactMap { value(of: $0.label) }) }

    private func value(of label: String) -> String? {
        if let exported = all["exported_\(label)"], !exported.isEmpty { return exported }
        guard let value = all[label], !value.isEmpty, !isOfExporter(label, value) else { return nil }
        // An address with the port that was scraped.
        return label == "instance" ? value.split(separator: ":").first.map(String.init) : value
    }

    /// Whether a label names what measured, and not what was measured.
    private func isOfExporter(_ label: String, _ value: String) -> Bool {
        guard let exporter = all["job"], Self.exporters.contains(where: exporter.contains) else { return false }
        return Self.exporters.contains { value.contains($0) }
            || ["instance", "service"].contains(label) && all["node"] != nil
    }

    private static let exporters = ["kube-state-metrics", "node-exporter"]

    /// As kube-prometheus' rules, Jenkins' and those of services name things.
    private static let subjectLabels: [(label: String, kind: String)] = [
        ("node", "node"), ("nodename", "node"), ("persistentvolumeclaim", "volume"), ("pod", "pod"),
        ("deployment", "deployment"), ("statefulset", "statefulset"), ("daemonset", "daemonset"),
        ("job_name", "job"), ("service_name", "service"), ("service", "service"), ("app", "service"),
        ("host", "host"), ("instance", "instance"), ("namespace", "namespace"),
    ]

    /// Whether these are the labels of the same alert, as the notification tells it: no label that both have differs.
    ///
    /// Alertmanager's copy has the external labels of Prometheus and lacks what relabelling dropped; the series may have
    /// labels of the store that keeps it.
    func isSame(as notified: [String: String]) -> Bool {
        all.allSatisfy { label, value in notified[label].map { $0 == value } ?? true } && notified["alertname"] == name
    }
}
