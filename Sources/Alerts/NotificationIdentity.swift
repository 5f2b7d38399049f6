import Telemetry

/// What makes two deliveries the same notification: group, receiver, and each alert's fingerprint, status and start.
///
/// Alertmanager delivers at least once, a peer of its cluster may deliver the same again under another `externalURL`, and
/// every `repeat_interval` (or after each refusal, every `group_interval`) it sends an unchanged group anew.
package struct NotificationIdentity: Hashable, Sendable {
    /// An unambiguous text: the parts' lengths are written before them, so no label can imitate a boundary.
    package let canonicalText: String

    package init(_ group: AlertGroup) {
        let alerts = group.alerts.map { alert in
            // An alert without a fingerprint is told apart by its labels.
            let name =
                alert.fingerprint.isEmpty
                ? alert.labels.sorted { $0.key < $1.key }.map { Self.joined([$0.key, $0.value]) }.joined()
                : alert.fingerprint
            return Self.joined([name, alert.status.rawValue, String(alert.startsAt.nanoseconds)])
        }
        canonicalText = Self.joined([group.groupKey, group.receiver] + alerts.sorted())
    }

    private static func joined(_ parts: [String]) -> String {
        parts.map { "\($0.utf8.count):\($0)" }.joined()
    }
}
