import Telemetry

/// In which namespace pods, services and volume claims are, as far as the evidence says so.
///
/// One that is known in two namespaces has none here: a command about the wrong pod is worse than one with a gap.
struct Namespaces {
    private var pods: [String: Set<String>] = [:]
    private var services: [String: Set<String>] = [:]
    private var volumes: [String: Set<String>] = [:]

    init(_ evidence: Evidence) {
        for pod in evidence.pods { Self.note(pod.namespace, of: pod.name, in: &pods) }
        for event in evidence.events {
            switch event.object.kind {
            case "Pod": Self.note(event.object.namespace, of: event.object.name, in: &pods)
            case "PersistentVolumeClaim": Self.note(event.object.namespace, of: event.object.name, in: &volumes)
            default: break
            }
        }
        for entry in evidence.logs {
            guard let namespace = entry.namespace else { continue }
            if let pod = entry.pod { Self.note(namespace, of: pod, in: &pods) }
            if let service = entry.service { Self.note(namespace, of: service, in: &services) }
        }
        // A step of a pipeline carries the name of its agent beside the namespace of its controller: only what says both
        // of itself is taken.
        for span in evidence.traces.lazy.flatMap(\.spans) {
            guard let namespace = span.resource.text("k8s.namespace.name") else { continue }
            if let pod = span.resource.text("k8s.pod.name") { Self.note(namespace, of: pod, in: &pods) }
            Self.note(namespace, of: span.service, in: &services)
        }
    }

    private static func note(_ namespace: String, of name: String, in known: inout [String: Set<String>]) {
        guard !namespace.isEmpty, !name.isEmpty else { return }
        known[name, default: []].insert(namespace)
    }

    func namespace(of subject: Hypothesis.Subject) -> String? {
        switch subject.kind {
        case .pod: Self.only(pods[subject.name])
        case .service: Self.only(services[subject.name])
        case .volume: Self.only(volumes[subject.name])
        case .node, .image, .host, .credential, .pool, .job, .none: nil
        }
    }

    func namespace(of suspect: Suspect) -> String? {
        switch suspect.kind {
        case .pod: Self.only(pods[suspect.name])
        case .service: Self.only(services[suspect.name])
        case .node: nil
        }
    }

    private static func only(_ namespaces: Set<String>?) -> String? {
        namespaces.flatMap { $0.count == 1 ? $0.first : nil }
    }
}
