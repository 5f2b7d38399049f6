import Telemetry

/// One alert of Alertmanager and the webhook bodies, version "4", that tell of it.
struct ScenarioAlert {
    let labels: [String: String]
    let annotations: [String: String]
    let startsAt: Timestamp
    let endsAt: Timestamp
    /// In 16 hexadecimal digits, as Alertmanager identifies a set of labels.
    let fingerprint: String
    /// The labels by which the route groups.
    let groupedBy: [String]

    private static let notYet = "0001-01-01T00:00:00Z"

    func webhookBody(isResolved: Bool) -> [UInt8] {
        let status: JSON = isResolved ? "resolved" : "firing"
        let grouping = labels.filter { groupedBy.contains($0.key) }
        let groupKey = grouping.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ")
        let body: JSON = [
            "receiver": "sabueso", "status": status,
            "alerts": [
                [
                    "status": status, "labels": .texts(labels), "annotations": .texts(annotations),
                    "startsAt": .string(startsAt.description),
                    "endsAt": .string(isResolved ? endsAt.description : Self.notYet),
                    "generatorURL": .string(
                        "https://prometheus.example.com/graph?g0.expr=\(labels["alertname"] ?? "")&g0.tab=1"),
                    "fingerprint": .string(fingerprint),
                ]
            ],
            "groupLabels": .texts(grouping), "commonLabels": .texts(labels), "commonAnnotations": .texts(annotations),
            "externalURL": "https://alertmanager.example.com", "version": "4",
            "groupKey": .string("{}:{\(groupKey)}"), "truncatedAlerts": 0,
        ]
        return Array((body.compact + "\n").utf8)
    }
}
