extension AlertGroup {
    /// A label with the value that it must have.
    package struct Matcher: Hashable, Sendable {
        package let label: String
        package let value: String
    }

    /// The labels by which a silence finds this group and nothing else, the alert's name first, then by name.
    ///
    /// Empty when the group has no label to select by: an empty list would silence everything, and is never sent.
    package var silenceMatchers: [Matcher] {
        var labels = groupLabels
        for name in Self.narrowing where labels[name] == nil { labels[name] = commonLabels[name] }
        return labels.filter { !$0.value.isEmpty }.map { Matcher(label: $0.key, value: $0.value) }
            .sorted { Self.rank($0.label) < Self.rank($1.label) }
    }

    /// Labels that a silence keeps although the group does not: without them it would hide other services' alerts.
    private static let narrowing = ["alertname", "service_name", "service", "namespace", "job", "cluster"]

    private static func rank(_ label: String) -> (Int, String) { (label == "alertname" ? 0 : 1, label) }
}
