import Backends

/// Whether this service's account may list what it looks at in the cluster.
enum ClusterRights {
    /// - Parameter refusals: what was refused or failed, with the server's answer.
    static func finding(
        _ server: Reachability.Server, version: String?, refusals: [(resource: KubernetesResource, error: BackendError)]
    ) -> Finding {
        guard let first = refusals.first else { return Reachability.finding(server, version: version) }
        guard refusals.allSatisfy({ status($0.error) == 403 }) else {
            let worst = refusals.first { status($0.error) != 403 } ?? first
            guard status(worst.error) == 401 else { return Reachability.finding(server, worst.error) }
            return Finding(
                .kubernetes, .failure, on: server.address, "401, it does not know these credentials",
                advice: KubernetesAdvice.credentials(server.kubernetesAccess ?? .url))
        }
        let forbidden = refusals.map(\.resource)
        let isAll = forbidden.count == KubernetesResource.allCases.count
        return Finding(
            .kubernetes, isAll ? .failure : .warning, on: server.address,
            "403, this account may not list \(Wording.list(forbidden.map(\.rawValue), atMost: 5)) over all namespaces",
            advice:
                "kubectl apply deploy/kubernetes/rbac.yaml, or add \(KubernetesResource.rules(allowing: forbidden)) to "
                + "the ClusterRole. With rbac-namespaced.yaml this is refused; single namespaces were not tried.",
            // An account of single namespaces may well be of use.
            isAnswered: !isAll)
    }

    private static func status(_ error: BackendError) -> Int? {
        if case .refused(_, let status, _, _) = error { status } else { nil }
    }
}
