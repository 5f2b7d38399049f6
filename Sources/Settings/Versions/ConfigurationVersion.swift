import Yams

/// The form of the configuration's keys, as its key `version` says.
///
/// A file without the key is of version 1. A key that is renamed makes a new version, with a ``KeyChange`` that
/// says what became of it; keys that are added do not.
package enum ConfigurationVersion {
    /// The newest that this program knows.
    package static let current = 2

    /// What each version changed of the one before it.
    static let changes: [KeyChange] = [
        KeyChange(since: 2, parent: ["grafana"], key: "dashboard_uid", section: "dashboard", name: "uid")
    ]

    /// The version of a file; nil for one whose `version` is no number.
    static func of(_ root: Node) -> Int? {
        guard let mapping = root.mapping, let version = mapping["version"] else { return 1 }
        return version.scalar.flatMap { Int($0.string) }
    }

    /// What became of a key, for who still writes it; nil for one that never was.
    ///
    /// - Parameter path: `grafana.dashboard_uid`.
    static func hint(for path: String) -> String? { changes.first { $0.path == path }?.description }
}

extension YAMLShape<Int> {
    /// A version that this program knows.
    static var configurationVersion: YAMLShape {
        YAMLShape { node in
            let expectation = "a version from 1 to \(ConfigurationVersion.current)"
            guard let scalar = node.scalar(expectation) else { return nil }
            guard let version = Int(scalar.text), version > 0 else {
                node.report("expected \(expectation), found \(node.found)")
                return nil
            }
            guard version <= ConfigurationVersion.current else {
                node.report(
                    "this file is of version \(version), and this program knows versions up to "
                        + "\(ConfigurationVersion.current): run the program that the file was written for")
                return nil
            }
            return version
        }
    }
}
