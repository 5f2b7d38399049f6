extension Settings {
    /// What survives a restart.
    package struct Journal: Hashable, Sendable {
        /// The SQLite file; a relative path is relative to the folder that the service runs in, not to the configuration,
        /// which is often on a read-only volume.
        package var path = "sabueso.sqlite"
        /// A PostgreSQL database instead of the file: `postgresql://user:password@host:5432/database`.
        package var url: Secret?
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
        url = reader.secret("url")
        if let url, !reader.context.leavesOutSecrets, !Self.isAddress(url.revealed) {
            (reader.node("url") ?? reader.node("url_file"))?
                .report("expected postgresql://user:password@host:5432/database")
        }
        if url != nil { reader.node("path")?.report("url is given too: keep one of the two") }
        reader.read("max_waiting", as: .integer(in: 1...10_000_000), into: &maximumWaiting)
        reader.read("retention", as: .duration(in: .seconds(3600) ... .seconds(3650 * 86_400)), into: &retention)
    }
    /// The two names that PostgreSQL knows for the beginning of an address.
    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }
}
