import Alerts

/// The link that opens Alertmanager's form for a new silence, filled in for this group of alerts.
enum SilenceLink {
    /// - Returns: nil when the notification does not say where its Alertmanager is, or has no label to select by.
    static func url(for group: AlertGroup) -> String? {
        var labels = group.groupLabels
        for name in narrowing where labels[name] == nil { labels[name] = group.commonLabels[name] }
        let root = group.externalURL.hasSuffix("/") ? String(group.externalURL.dropLast()) : group.externalURL
        let matchers = labels.filter { !$0.value.isEmpty }.sorted { rank($0.key) < rank($1.key) }
        guard !matchers.isEmpty else { return nil }
        // Fewer matchers would silence more: a link that is too long is not offered rather than widened.
        let filter = matchers.map { "\($0.key)=\(QueryText.quoted($0.value))" }.joined(separator: ", ")
        return WebAddress.checked("\(root)/#/silences/new?filter=\("{\(filter)}".percentEncoded)")
    }

    /// Labels that a silence keeps although the group does not: without them it would hide other services' alerts.
    private static let narrowing = ["alertname", "service_name", "service", "namespace", "job", "cluster"]

    private static func rank(_ label: String) -> (Int, String) { (label == "alertname" ? 0 : 1, label) }
}
