import Alerts
import Telemetry

/// The link that opens Alertmanager's form for a new silence, filled in for this group of alerts.
///
/// The form takes matchers and a comment from its address and proposes two hours; how long the silence lasts cannot be
/// said there. Source: `SilenceFormGetParams` and `defaultDuration` in Alertmanager's `ui/app/src`.
enum SilenceLink {
    /// - Parameter incident: becomes the silence's comment, without which the form is not sent.
    /// - Returns: nil when the notification does not say where its Alertmanager is, or has no label to select by.
    static func url(for group: AlertGroup, incident: String? = nil) -> String? {
        let root = group.externalURL.hasSuffix("/") ? String(group.externalURL.dropLast()) : group.externalURL
        let matchers = group.silenceMatchers
        guard !matchers.isEmpty else { return nil }
        // Fewer matchers would silence more: a link that is too long is not offered rather than widened.
        let filter = matchers.map { "\($0.label)=\(QuotedText.doubleQuoted($0.value))" }.joined(separator: ", ")
        let comment = incident.map { "&comment=\($0.percentEncoded)" } ?? ""
        return WebAddress.checked("\(root)/#/silences/new?filter=\("{\(filter)}".percentEncoded)\(comment)")
    }
}
