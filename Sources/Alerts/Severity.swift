/// How bad people say that an alert is, told by its label `severity`.
package enum Severity: Int, Hashable, Sendable, Comparable {
    /// `info`, `none`, `debug`…: nobody has to get up.
    case low
    /// `warning`, and whatever word people chose that is not known here, or none at all.
    case medium
    /// `critical`, `page`…
    case high

    /// - Parameter label: in any case of its letters.
    package init(label: String?) {
        switch label?.lowercased() {
        case "critical", "page", "emergency", "fatal": self = .high
        case "info", "information", "informational", "notice", "low", "none", "debug": self = .low
        default: self = .medium
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

    /// The worst of these labels; of two that are as bad, the first. nil where no alert has one.
    package static func worst(of labels: some Sequence<String?>) -> String? {
        labels.compactMap(\.self).reduce(nil) { worst, label in
            guard let worst else { return label }
            return Severity(label: label) > Severity(label: worst) ? label : worst
        }
    }
}
