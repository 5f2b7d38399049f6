extension Reachability.Server {
    static func tempo(_ address: String, hasTenant: Bool = false) -> Self {
        Self(
            check: .tempo, name: "Tempo", section: "tempo", address: address, demands: VersionDemand.tempo,
            hasTenant: hasTenant)
    }

    static func loki(_ address: String, hasTenant: Bool = false) -> Self {
        Self(
            check: .loki, name: "Loki", section: "loki", address: address, demands: VersionDemand.loki,
            hasTenant: hasTenant)
    }

    static func prometheus(_ address: String, hasTenant: Bool = false) -> Self {
        Self(
            check: .prometheus, name: "Prometheus", section: "prometheus", address: address,
            demands: VersionDemand.prometheus, hasTenant: hasTenant)
    }

    static func kubernetes(_ address: String, by access: ChainPlan.KubernetesAccess = .url) -> Self {
        Self(
            check: .kubernetes, name: "Kubernetes", section: "kubernetes", address: address,
            demands: VersionDemand.kubernetes, kubernetesAccess: access)
    }

    /// Only `grafana.api` has keys for how it is reached.
    static func grafana(_ address: String) -> Self {
        Self(
            check: .grafana, name: "Grafana", section: "grafana.api", address: address, demands: VersionDemand.grafana)
    }

    static func alertmanager(_ address: String, section: String) -> Self {
        Self(
            check: .alertmanager, name: "Alertmanager", section: section, address: address,
            demands: VersionDemand.alertmanager)
    }
}
