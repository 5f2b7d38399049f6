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

        /// How a line carries the id of its trace.
        package struct TraceID: Hashable, Sendable {
            package enum Place: String, Hashable, Sendable, CaseIterable {
                /// Structured metadata: Loki 3 with OTLP.
                case metadata
                /// A field of lines that are JSON.
                case json
                /// Anywhere in the line.
                case text
            }

            package var place = Place.metadata
            /// Of the metadata or of the field; not used for `text`.
            package var name = "trace_id"

            package init() {}
        }

        package var connection: Connection
        package var labels = Labels()
        package var traceID = TraceID()

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
        let traceID = reader.optional("trace_id", as: .section(TraceID.init))
        guard let connection else { return nil }
        self.init(connection: connection)
        if let labels { self.labels = labels }
        if let traceID { self.traceID = traceID }
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

extension Settings.Loki.TraceID {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("place", as: .oneOf(Place.self), into: &place)
        reader.read("name", as: .labelName, into: &name)
    }
}
