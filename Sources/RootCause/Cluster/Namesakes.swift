import Telemetry

/// Pods of one name in several namespaces: which of them the evidence is about.
///
/// Spans, agents and log lines name pods without saying where they live, and every chart calls its first pod the same:
/// `jenkins-0`. What is known of a stranger of that name must not be told of this one.
struct Namesakes {
    /// By name, the namespaces that are meant; a name that is not in it is not ambiguous, or nothing decides.
    private let meant: [String: Set<String>]

    init(_ evidence: Evidence) {
        var found: [String: Set<String>] = [:]
        func note(_ pod: String?, _ namespace: String?) {
            guard let pod, !pod.isEmpty, let namespace, !namespace.isEmpty else { return }
            found[pod, default: []].insert(namespace)
        }
        for pod in evidence.pods { note(pod.name, pod.namespace) }
        for event in evidence.events where event.object.kind == "Pod" {
            note(event.object.name, event.object.namespace)
        }
        for series in evidence.metrics { note(series.labels["pod"], series.labels["namespace"]) }
        for entry in evidence.logs { note(entry.pod, entry.namespace) }
        let told = Told(evidence, among: found)
        var meant: [String: Set<String>] = [:]
        for (name, namespaces) in found {
            if let own = told.namespaces[name] {
                if !namespaces.isSubset(of: own) { meant[name] = own }
            } else if namespaces.count > 1, told.ofJenkins.contains(name) {
                let own = namespaces.intersection(told.homes)
                if !own.isEmpty { meant[name] = own }
            }
        }
        self.meant = meant
    }

    /// The same without what strangers of those names did.
    func removed(from evidence: Evidence) -> Evidence {
        guard !meant.isEmpty else { return evidence }
        var own = evidence
        own.pods.removeAll { isStranger($0.name, $0.namespace) }
        own.events.removeAll { $0.object.kind == "Pod" && isStranger($0.object.name, $0.object.namespace) }
        own.metrics.removeAll { isStranger($0.labels["pod"] ?? "", $0.labels["namespace"] ?? "") }
        own.logs.removeAll { isStranger($0.pod ?? "", $0.namespace ?? "") }
        return own
    }

    private func isStranger(_ pod: String, _ namespace: String) -> Bool {
        guard !namespace.isEmpty, let own = meant[pod] else { return false }
        return !own.contains(namespace)
    }
}

extension Namesakes {
    /// Who says in which namespace a pod lives.
    private struct Told {
        /// By the pod's own spans, and by the lines of builds, which the controller writes.
        private(set) var namespaces: [String: Set<String>] = [:]
        /// Pods that builds name: their agents, and the controller.
        private(set) var ofJenkins: Set<String> = []
        /// The namespaces that agents and the controller are known to live in.
        private(set) var homes: Set<String> = []

        init(_ evidence: Evidence, among names: [String: Set<String>]) {
            for trace in evidence.traces {
                for span in trace.spans {
                    if let agent = span.attributes.text("jenkins.computer.name") { ofJenkins.insert(agent) }
                    let sender = span.resource.text("k8s.pod.name")
                    if let pod = sender, names[pod] != nil, let namespace = span.resource.text("k8s.namespace.name") {
                        namespaces[pod, default: []].insert(namespace)
                        if PipelineNames.isPipeline(span.name) { homes.insert(namespace) }
                    }
                    guard PipelineNames.isPipeline(span.name) else { continue }
                    if let pod = sender ?? span.resource.text("host.name") { ofJenkins.insert(pod) }
                }
            }
            for entry in evidence.logs where BuildNotes.run(of: entry) != nil {
                guard let pod = entry.pod else { continue }
                ofJenkins.insert(pod)
                guard let namespace = entry.namespace else { continue }
                namespaces[pod, default: []].insert(namespace)
                homes.insert(namespace)
            }
            for pod in evidence.pods where !pod.namespace.isEmpty {
                if ClusterView.isAgent(pod) {
                    ofJenkins.insert(pod.name)
                    homes.insert(pod.namespace)
                } else if names[pod.name]?.count == 1, ofJenkins.contains(pod.name) {
                    homes.insert(pod.namespace)
                }
                if pod.labels["app.kubernetes.io/component"].map(Controller.components.contains) ?? false {
                    ofJenkins.insert(pod.name)
                }
            }
        }
    }
}
