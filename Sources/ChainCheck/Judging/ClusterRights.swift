import Backends

/// Whether this service's account may list what it looks at in the cluster.
enum ClusterRights {
    /// What was refused or failed, with the server's answer.
    struct Refusal: Hashable, Sendable {
        let resource: KubernetesResource
        /// nil: over all of them.
        let namespace: String?
        let error: BackendError

        init(_ resource: KubernetesResource, in namespace: String? = nil, _ error: BackendError) {
            self.resource = resource
            self.namespace = namespace
            self.error = error
        }

        var status: Int? { if case .refused(_, let status, _, _) = error { status } else { nil } }
        /// The account is known, and may not.
        var isForbidden: Bool { status == 403 }
    }

    /// - Parameter namespaces: those that were asked one by one, because the account may not list over all; empty when it
    ///   was asked over all alone.
    static func finding(
        _ server: Reachability.Server, version: String?, refusals: [Refusal], namespaces: [String] = []
    ) -> Finding {
        guard let first = refusals.first else {
            return Reachability.finding(
                server, version: version,
                note: namespaces.isEmpty ? nil : "in \(named(namespaces)), not over all")
        }
        guard refusals.allSatisfy(\.isForbidden) else {
            let worst = refusals.first { !$0.isForbidden } ?? first
            guard worst.status == 401 else { return Reachability.finding(server, worst.error) }
            return Finding(
                .kubernetes, .failure, on: server.address, "401, it does not know these credentials",
                advice: KubernetesAdvice.credentials(server.kubernetesAccess ?? .url))
        }
        return namespaces.isEmpty ? overAll(server, refusals) : single(server, refusals, namespaces)
    }

    private static func named(_ namespaces: [String]) -> String {
        "the namespace\(namespaces.count == 1 ? "" : "s") \(Wording.list(namespaces))"
    }

    private static func overAll(_ server: Reachability.Server, _ refusals: [Refusal]) -> Finding {
        let forbidden = refusals.map(\.resource)
        let isAll = forbidden.count == KubernetesResource.allCases.count
        let role = "add \(KubernetesResource.rules(allowing: forbidden)) to the ClusterRole"
        let isOfNamespaces = forbidden.contains { !$0.belongsToNoNamespace }
        return Finding(
            .kubernetes, isAll ? .failure : .warning, on: server.address,
            "403, this account may not list \(Wording.list(forbidden.map(\.rawValue), atMost: 5))"
                + (isOfNamespaces ? " over all namespaces" : ""),
            advice: isOfNamespaces
                ? "kubectl apply -f deploy/kubernetes/rbac.yaml, or \(role). With rbac-namespaced.yaml, name its namespaces "
                    + "in the playbooks, scope.namespaces.otherwise, and they are asked."
                : "kubectl apply -f deploy/kubernetes/rbac.yaml, or \(role).",
            // An account of single namespaces may well be of use.
            isAnswered: !isAll)
    }

    private static func single(
        _ server: Reachability.Server, _ refusals: [Refusal], _ namespaces: [String]
    ) -> Finding {
        let places = namespaces.filter { name in refusals.contains { $0.namespace == name } }
        guard !places.isEmpty else { return overAll(server, refusals) }
        let forbidden = KubernetesResource.allCases.filter { resource in
            refusals.contains { $0.resource == resource && $0.namespace != nil }
        }
        let ofNamespaces = KubernetesResource.allCases.count { !$0.belongsToNoNamespace }
        let isNothingLeft = refusals.count { $0.namespace != nil } == ofNamespaces * namespaces.count
        return Finding(
            .kubernetes, isNothingLeft ? .failure : .warning, on: server.address,
            "403, this account may not list \(Wording.list(forbidden.map(\.rawValue), atMost: 5)) in \(named(places))",
            advice:
                "Copy the RoleBinding of deploy/kubernetes/rbac-namespaced.yaml for \(named(places)), with the rule "
                + "\(KubernetesResource.rules(allowing: forbidden)) in its role.")
    }
}
