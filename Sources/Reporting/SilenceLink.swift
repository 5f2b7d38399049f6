import Alerts

/// The link that opens Alertmanager's form for a new silence, filled in for this group of alerts.
enum SilenceLink {
    /// - Returns: nil when the notification does not say where its Alertmanager is, or has no label to select by.
    static func url(for group: AlertGroup) -> String? {
        let root = group.externalURL.hasSuffix("/") ? String(group.externalURL.dropLast()) : group.externalURL
        let matchers = group.silenceMatchers
        guard !matchers.isEmpty else { return nil }
        // Fewer matchers would silence more: a link that is too long is not offered rather than widened.
        let filter = matchers.map { "\($0.label)=\(QueryText.quoted($0.value))" }.joined(separator: ", ")
        return WebAddress.checked("\(root)/#/silences/new?filter=\("{\(filter)}".percentEncoded)")
    }
}
