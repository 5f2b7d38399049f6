import Yams

/// What matters here of Alertmanager's configuration, as its status page shows it: without its secrets.
struct AlertmanagerConfiguration: Hashable, Sendable {
    struct Webhook: Hashable, Sendable {
        let receiver: String
        /// nil where it is hidden: since 0.26 an address counts as a secret, and `url_file` is one.
        ///
        /// Source: https://github.com/prometheus/alertmanager/pull/3228
        let url: String?
        let sendsResolved: Bool
    }

    let route: AlertRoute
    /// Of all receivers, in the order of the file.
    let webhooks: [Webhook]

    /// nil for what is no configuration of Alertmanager.
    init?(yaml: String) {
        guard let root = try? compose(yaml: yaml)?.mapping, let route = root["route"]?.mapping else { return nil }
        self.route = AlertRoute(route)
        webhooks = (root["receivers"]?.sequence.map(Array.init) ?? []).flatMap { node -> [Webhook] in
            guard let receiver = node.mapping, let name = receiver["name"]?.string else { return [] }
            return (receiver["webhook_configs"]?.sequence.map(Array.init) ?? []).compactMap(\.mapping).map { webhook in
                let url = webhook["url"]?.string
                return Webhook(
                    receiver: name, url: url?.contains("://") == true ? url : nil,
                    // Of webhooks this is on unless it is switched off.
                    sendsResolved: webhook["send_resolved"]?.string != "false")
            }
        }
    }
}

extension AlertRoute {
    fileprivate init(_ node: Node.Mapping) {
        receiver = node["receiver"]?.string
        continues = node["continue"]?.string == "true"
        routes = (node["routes"]?.sequence.map(Array.init) ?? []).compactMap(\.mapping).map(AlertRoute.init)
        for entry in node["matchers"]?.sequence.map(Array.init) ?? [] {
            matchers += entry.string.flatMap(AlertMatcher.parse) ?? []
        }
        // The older forms, which are still read.
        for (key, operation) in [("match", AlertMatcher.Operation.equal), ("match_re", .matching)] {
            for pair in node[key]?.mapping.map(Array.init) ?? [] {
                guard let label = pair.key.string, let value = pair.value.string else { continue }
                matchers.append(AlertMatcher(label: label, operation: operation, value: value))
            }
        }
    }
}
