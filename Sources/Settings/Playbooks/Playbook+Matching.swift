extension Playbook {
    /// Which alerts a playbook is for. Everything that is given must hold; nothing given matches every alert.
    package struct Match: Hashable, Sendable {
        /// Patterns of which the alert's name must fit one, with `*` and `?`; empty fits all.
        package var alertNames: [String] = []
        /// Labels that the alert must have with exactly these values.
        package var labels: [String: String] = [:]

        package init() {}

        package var isEverything: Bool { labels.isEmpty && (alertNames.isEmpty || alertNames.contains("*")) }
    }

    /// Whether this playbook is for an alert with these labels.
    package func matches(labels: [String: String]) -> Bool {
        let name = labels["alertname"] ?? ""
        guard match.alertNames.isEmpty || match.alertNames.contains(where: { Glob.matches(name, $0) }) else {
            return false
        }
        return match.labels.allSatisfy { labels[$0.key] == $0.value }
    }
}

extension [Playbook] {
    /// The playbook for a group of alerts: the first that is for one of them.
    ///
    /// Never nil: what no playbook is for is treated by the built-in `default`, because an alert that is silently
    /// dropped is worse than one that is looked at without instructions.
    ///
    /// - Parameter alerts: the labels of each alert.
    package func matching(_ alerts: [[String: String]]) -> Playbook {
        first { playbook in alerts.contains(where: playbook.matches) } ?? .anything
    }

    /// The same for a single alert.
    package func matching(labels: [String: String]) -> Playbook { matching([labels]) }
}
