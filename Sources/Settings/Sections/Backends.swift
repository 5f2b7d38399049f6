extension Settings {
    /// Where traces come from.
    package struct Tempo: Hashable, Sendable {
        package var connection: Connection

        package init(connection: Connection) {
            self.connection = connection
        }
    }

    /// Where logs come from.
    package struct Loki: Hashable, Sendable {
        /// The labels under which this Loki keeps what a scope asks for; of several, all are tried.
        package struct Labels: Hashable, Sendable {
            /// `service_name` is Loki 3's own, `app` and `job` are Promtail's.
            package var service = ["service_name", "app", "job"]
            package var namespace = ["namespace", "k8s_namespace_name"]
            package var pod = ["pod", "k8s_pod_name"]

            package init() {}
        }

        package var connection: Connection
        package var labels = Labels()

        package init(connection: Connection) {
            self.connection = connection
        }
    }
}

extension Settings.Tempo {
    init?(_ reader: YAMLReader) {
        guard let connection = Connection(reader) else { return nil }
        self.init(connection: connection)
    }
}

extension Settings.Loki {
    init?(_ reader: YAMLReader) {
        let connection = Connection(reader)
        let labels = reader.optional("labels", as: .section(Labels.init))
        guard let connection else { return nil }
        self.init(connection: connection)
        if let labels { self.labels = labels }
    }
}

extension Settings.Loki.Labels {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("service", as: .labelNames, into: &service)
        reader.read("namespace", as: .labelNames, into: &namespace)
        reader.read("pod", as: .labelNames, into: &pod)
    }
}
