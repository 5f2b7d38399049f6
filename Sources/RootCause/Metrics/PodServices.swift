import Telemetry

/// Whose pods are whose, so that what is measured of a pod speaks of its service.
enum PodServices {
    private static let labels = ["app.kubernetes.io/name", "app"]

    /// Pod → service. Spans tell it; where there are none, the streams of lines and the labels of pods do.
    static func all(_ evidence: Evidence, spans table: SpanTable) -> [String: String] {
        var services: [String: String] = [:]
        for place in table.places {
            if let pod = place.pod { services[pod] = table.services[place.service] }
        }
        guard evidence.traces.isEmpty else { return services }
        for pod in evidence.pods {
            if let name = labels.lazy.compactMap({ pod.labels[$0] }).first, !name.isEmpty { services[pod.name] = name }
        }
        var logged: [String: String] = [:]
        for entry in evidence.logs {
            guard let pod = entry.pod, let service = entry.service else { continue }
            // Of several names, the same one in whatever order the lines come.
            logged[pod] = min(logged[pod] ?? service, service)
        }
        return services.merging(logged) { _, logged in logged }
    }
}
