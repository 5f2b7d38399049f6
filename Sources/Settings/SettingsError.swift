/// Everything that is wrong with a configuration, found in one go.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of files and lines; never empty.
    package let problems: [SettingsProblem]

    package init(_ problems: [SettingsProblem]) {
        self.problems = problems
    }

    /// One problem a line, as compilers write them.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing wrong in a configuration file: `sabueso.yaml:12: receivers[0].slak: unknown key; did you mean slack?`
package struct SettingsProblem: Hashable, Sendable, CustomStringConvertible {
    /// As it was given on the command line or in `playbooks`.
    package let file: String
    /// From 1; nil when the problem is not at one place of the file.
    package let line: Int?
    /// The key path, `receivers[0].slack`; empty for the document itself.
    package let key: String
    /// What is wrong, and what to do. Never holds a secret.
    package let message: String

    package init(file: String, line: Int? = nil, key: String = "", message: String) {
        self.file = file
        self.line = line
        self.key = key
        self.message = message
    }

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}
