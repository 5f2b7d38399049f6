import Yams

/// What matters here of Alertmanager's configuration, as its status page shows it: without its secrets, and with each
/// receiver's `http_config` filled in from `global`.
struct AlertmanagerConfiguration: Hashable, Sendable {
    struct Webhook: Hashable, Sendable {
        let receiver: String
        /// nil where it is hidden: since 0.26 an address counts as a secret, and `url_file` is one.
        ///
        /// Source: https://github.com/prometheus/alertmanager/pull/3228
        let address: WebhookAddress?
        let sendsResolved: Bool
        let credentials: WebhookCredentials
    }

    let route: AlertRoute
    /// Of all receivers, in the order of the file.
    let webhooks: [Webhook]

    /// nil for what is no configuration of Alertmanager.
    init?(yaml: String) {
        guard let root = try? compose(yaml: yaml)?.mapping, let route = root["route"]?.mapping else { return nil }
        self.route = AlertRoute(route)
        let common = root["global"]?.mapping?["http_config"]?.mapping
        webhooks = (root["receivers"]?.sequence.map(Array.init) ?? []).flatMap { node -> [Webhook] in
            guard let receiver = node.mapping, let name = receiver["name"]?.string else { return [] }
            return (receiver["webhook_configs"]?.sequence.map(Array.init) ?? []).compactMap(\.mapping).map { webhook in
                let address = webhook["url"]?.string.flatMap(WebhookAddress.init)
                return Webhook(
                    receiver: name, address: address,
                    // Of webhooks this is on unless it is switched off.
                    sendsResolved: webhook["send_resolved"]?.string != "false",
                    credentials: WebhookCredentials(webhook["http_config"]?.mapping ?? common, address))
            }
        }
    }
}

/// How a receiver shows who it is, as far as its configuration is shown.
///
/// Source: https://prometheus.io/docs/alerting/latest/configuration/#http_config
enum WebhookCredentials: Hashable, Sendable {
    case none
    /// The name is no secret.
    case basic(username: String?)
    case bearer
    /// None beside a URL that is hidden, and may have basic ones.
    case unseen
    /// OAuth, headers, a scheme of its own: what is sent cannot be seen.
    case other

    fileprivate init(_ http: Node.Mapping?, _ address: WebhookAddress?) {
        if let authorization = http?["authorization"]?.mapping {
            self = (authorization["type"]?.string ?? "Bearer").lowercased() == "bearer" ? .bearer : .other
        } else if let basic = http?["basic_auth"]?.mapping {
            self = .basic(username: basic["username"]?.string)
        } else if http?["bearer_token"] != nil || http?["bearer_token_file"] != nil {
            // The older form.
            self = .bearer
        } else if http?["oauth2"] != nil || http?["http_headers"] != nil {
            self = .other
        } else if let username = address?.username {
            self = .basic(username: username)
        } else {
            self = address == nil ? .unseen : .none
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
