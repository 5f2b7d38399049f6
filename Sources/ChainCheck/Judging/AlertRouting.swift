/// Whether Alertmanager has a receiver that posts to this service, and routes that lead there.
enum AlertRouting {
    /// Where this service takes notifications.
    static let path = "/webhooks/alertmanager"
    /// What a receiver is called whose address is hidden, so that it may still be known.
    private static let ownName = "sabueso"

    /// An alert with the labels that its rule gives it.
    struct Alert: Hashable, Sendable {
        let name: String
        let labels: [String: String]
    }

    static func finding(_ configuration: AlertmanagerConfiguration, _ alerts: [Alert], on address: String) -> Finding {
        let seen = configuration.webhooks.filter { $0.url.map(isOurs) ?? false }
        let hidden = configuration.webhooks.filter { $0.url == nil }
        let named = hidden.filter { $0.receiver.lowercased().contains(ownName) }
        let ours = seen.isEmpty ? named : seen
        guard !ours.isEmpty else { return noReceiver(hidden, on: address) }

        let receivers = Set(ours.map(\.receiver))
        let list = Wording.list(receivers.sorted())
        let destinations = alerts.map { (alert: $0, where: configuration.route.destinations(of: $0.labels)) }
        let never = destinations.filter { $0.where.possible.isDisjoint(with: receivers) }.map(\.alert.name)
        let routed = "receiver \(list)" + (seen.isEmpty ? ", whose address is hidden" : "")
        guard never.count < alerts.count else {
            return Finding(
                .alertRouting, .failure, on: address, "\(routed), and no route leads \(Wording.list(never)) there",
                advice: "Add a route for it before those that take the alert, with continue: true "
                    + "(deploy/alertmanager/alertmanager.yaml).")
        }
        guard never.isEmpty else {
            return Finding(
                .alertRouting, .warning, on: address, "\(routed), but \(Wording.list(never)) never gets there",
                advice: "Widen its route's matchers (deploy/alertmanager/alertmanager.yaml).")
        }
        guard ours.allSatisfy(\.sendsResolved) else {
            return Finding(
                .alertRouting, .warning, on: address, "\(routed), without send_resolved",
                advice: "Set send_resolved: true, or no message in the chat ever turns green.")
        }
        let perhaps = destinations.filter { $0.where.certain.isDisjoint(with: receivers) }.map(\.alert.name)
        let certainty =
            perhaps.isEmpty
            ? "gets \(Wording.list(alerts.map(\.name)))" : "gets \(Wording.list(perhaps)) by their labels"
        return Finding(.alertRouting, .ok, on: address, "\(routed), \(certainty)")
    }

    private static func noReceiver(_ hidden: [AlertmanagerConfiguration.Webhook], on address: String) -> Finding {
        guard hidden.isEmpty else {
            let names = Set(hidden.map(\.receiver)).sorted()
            return Finding(
                .alertRouting, .warning, on: address,
                "it hides the addresses of \(Wording.list(names)), and none is called \(ownName)",
                advice: "Look whether one of them ends in \(path), and call it \(ownName).")
        }
        return Finding(
            .alertRouting, .failure, on: address, "no receiver has a webhook that ends in \(path)",
            advice: "Add the receiver and the route of deploy/alertmanager/alertmanager.yaml; with the operator, "
                + "deploy/alertmanager/alertmanagerconfig.yaml.")
    }

    private static func isOurs(_ url: String) -> Bool {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        return path.hasSuffix(Self.path) || path.hasSuffix(Self.path + "/")
    }
}
