package import Telemetry

extension Playbook {
    /// How an alert's labels become the things to look at.
    package struct ScopeRules: Hashable, Sendable {
        package var services = Source()
        package var namespaces = Source()
        package var pods = Source()
        /// Jenkins jobs by full name.
        package var jobs = Source()

        package init() {}
    }

    /// Where the names of one kind come from.
    package struct Source: Hashable, Sendable {
        /// Label names in order of trust; the first that an alert has gives the name.
        package var labels: [String] = []
        /// Asked only when an alert has told no service, no namespace and no pod. Of `a/b` the part after the slash
        /// counts, because that is how OpenTelemetry and the Prometheus operator write `job`.
        package var lastResort: [String] = []
        /// Names that are not meant, with `*` and `?`: exporters put their own name on series about others.
        package var except: [String] = []
        /// The names when no alert of the group tells any.
        package var otherwise: [String] = []

        package init(
            labels: [String] = [], lastResort: [String] = [], except: [String] = [], otherwise: [String] = []
        ) {
            self.labels = labels
            self.lastResort = lastResort
            self.except = except
            self.otherwise = otherwise
        }
    }

    /// The services, namespaces, pods and Jenkins jobs that a group of alerts is about.
    ///
    /// - Parameter alerts: the labels of each alert; the names come out in their order, each once.
    package func scope(for alerts: [[String: String]]) -> Scope {
        var selection = Scope()
        for labels in alerts {
            var own = Scope(
                services: scope.services.names(in: labels), namespaces: scope.namespaces.names(in: labels),
                pods: scope.pods.names(in: labels), jobs: scope.jobs.names(in: labels))
            if own.services.isEmpty, own.namespaces.isEmpty, own.pods.isEmpty {
                own.services = scope.services.lastNames(in: labels)
                own.namespaces = scope.namespaces.lastNames(in: labels)
                own.pods = scope.pods.lastNames(in: labels)
            }
            selection.add(own)
        }
        if selection.services.isEmpty { selection.services = scope.services.otherwise }
        if selection.namespaces.isEmpty { selection.namespaces = scope.namespaces.otherwise }
        if selection.pods.isEmpty { selection.pods = scope.pods.otherwise }
        if selection.jobs.isEmpty { selection.jobs = scope.jobs.otherwise }
        return selection
    }
}

extension Scope {
    fileprivate mutating func add(_ other: Scope) {
        services += other.services.filter { !services.contains($0) }
        namespaces += other.namespaces.filter { !namespaces.contains($0) }
        pods += other.pods.filter { !pods.contains($0) }
        jobs += other.jobs.filter { !jobs.contains($0) }
    }
}

extension Playbook.Source {
    /// The name that the first of the labels gives: none, or one.
    fileprivate func names(in alert: [String: String]) -> [String] {
        first(of: labels, in: alert) { $0 }
    }

    fileprivate func lastNames(in alert: [String: String]) -> [String] {
        first(of: lastResort, in: alert) { value in
            value.lastIndex(of: "/").map { String(value[value.index(after: $0)...]) } ?? value
        }
    }

    private func first(of candidates: [String], in alert: [String: String], _ name: (String) -> String) -> [String] {
        for label in candidates {
            guard let value = alert[label].map(name), !value.isEmpty else { continue }
            if !except.contains(where: { Glob.matches(value, $0) }) { return [value] }
        }
        return []
    }
}
