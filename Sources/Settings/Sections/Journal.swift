extension Settings {
    /// What survives a restart.
    package struct Journal: Hashable, Sendable {
        /// The SQLite file; a relative path is relative to the folder that the service runs in, not to the configuration,
        /// which is often on a read-only volume.
        package var path = "sabueso.sqlite"
        /// Notifications that may wait for their investigation; above it Alertmanager is told to come again.
        package var maximumWaiting = 10_000
        /// How long what is over is kept: incidents, their messages and notifications.
        package var retention: Duration = .seconds(90 * 86_400)

        package init() {}
    }
}

extension Settings.Journal {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("path", as: .text, into: &path)
        reader.read("max_waiting", as: .integer(in: 1...10_000_000), into: &maximumWaiting)
        reader.read("retention", as: .duration(in: .seconds(3600) ... .seconds(3650 * 86_400)), into: &retention)
    }
}
