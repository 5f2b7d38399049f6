extension Settings {
    /// Where the service listens, and what it accepts.
    package struct Server: Hashable, Sendable {
        /// All addresses: Alertmanager is nearly always another pod or machine, and a service that only its own machine
        /// reaches would look healthy and never get an alert. Where strangers reach the port, set `authorization`.
        package var host = "0.0.0.0"
        package var port = 9096
        /// As people's browsers reach it, for links to its own pages. Without a slash at its end; nil: no such links.
        package var publicURL: String?
        /// In bytes. A body of a thousand alerts with long annotations has about 1 MiB.
        package var maximumBodySize = 4 << 20
        /// Alerts in one notification.
        package var maximumAlerts = 10_000
        /// What a webhook's sender must show; nil accepts everybody.
        package var authorization: Authorization?

        package init() {}
    }
}

extension Settings.Server {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("host", as: .text, into: &host)
        // Port 0 is any free one: for tests.
        reader.read("port", as: .integer(in: 0...65_535), into: &port)
        publicURL = reader.optional("public_url", as: .serverURL)
        reader.read("max_body_size", as: .byteCount(in: 1 << 10...1 << 30), into: &maximumBodySize)
        reader.read("max_alerts", as: .integer(in: 1...1_000_000), into: &maximumAlerts)
        reader.read("authorization", as: .section(Authorization.init), into: &authorization)
    }
}
