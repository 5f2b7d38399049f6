extension Settings {
    /// Where the links of a message lead.
    package struct Grafana: Hashable, Sendable {
        /// A dashboard that is offered beside the evidence.
        package struct Dashboard: Hashable, Sendable {
            /// The part of its address behind `/d/`.
            package var uid: String
            /// The variable by which it selects services, without `var-`.
            package var serviceVariable: String?
            /// Opens this panel alone.
            package var panel: Int?

            package init(uid: String) {
                self.uid = uid
            }
        }

        /// As people's browsers reach it; without a slash at its end.
        package var url: String
        package var organization = 1
        /// The data sources' uids, as Grafana's data source pages show them; without one, links to it are left out.
        package var tempoUID: String?
        package var lokiUID: String?
        package var prometheusUID: String?
        package var dashboard: Dashboard?
        /// How this service reaches its API: only `sabueso check --online` asks it. nil: at `url`, without credentials.
        package var api: Connection?

        package init(url: String) {
            self.url = url
        }
    }
}

extension Settings.Grafana {
    init?(_ reader: YAMLReader) {
        let url = reader.required("url", as: .serverURL)
        self.init(url: url ?? "")
        reader.read("org_id", as: .integer(in: 1...Int(Int32.max)), into: &organization)
        let uids = reader.optional(
            "datasources",
            as: .section { sources -> (tempo: String?, loki: String?, prometheus: String?) in
                (
                    sources.optional("tempo", as: .text), sources.optional("loki", as: .text),
                    sources.optional("prometheus", as: .text)
                )
            })
        tempoUID = uids?.tempo
        lokiUID = uids?.loki
        prometheusUID = uids?.prometheus
        reader.read("dashboard", as: .section(Dashboard.init), into: &dashboard)
        reader.read("api", as: .section(Connection.init), into: &api)
        if url == nil { return nil }
    }
}

extension Settings.Grafana.Dashboard {
    init?(_ reader: YAMLReader) {
        let uid = reader.required("uid", as: .text)
        self.init(uid: uid ?? "")
        reader.read("service_variable", as: .text, into: &serviceVariable)
        reader.read("panel", as: .integer(in: 1...Int(Int32.max)), into: &panel)
        if uid == nil { return nil }
    }
}
