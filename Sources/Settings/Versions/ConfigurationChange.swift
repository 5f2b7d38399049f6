/// What became of a line of an older configuration.
package struct ConfigurationChange: Hashable, Sendable, CustomStringConvertible {
    /// In the file as it is.
    package let line: Int
    /// `grafana.dashboard_uid is grafana.dashboard.uid since version 2`.
    package let text: String

    package var description: String { "line \(line): \(text)" }
}
