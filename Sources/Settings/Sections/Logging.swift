extension Settings {
    /// What the service itself writes to standard error.
    package struct Logging: Hashable, Sendable {
        /// swift-log's levels; the lower ones include the higher.
        package enum Level: String, Hashable, Sendable, CaseIterable {
            case trace, debug, info, notice, warning, error, critical
        }

        package enum Format: String, Hashable, Sendable, CaseIterable {
            /// For people.
            case text
            /// One object a line, for Loki and its kind.
            case json
        }

        package var level = Level.info
        package var format = Format.text

        package init() {}
    }
}

extension Settings.Logging {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("level", as: .oneOf(Level.self), into: &level)
        reader.read("format", as: .oneOf(Format.self), into: &format)
    }
}
