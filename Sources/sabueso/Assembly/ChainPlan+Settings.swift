import ChainCheck
import Journal
import Reporting
import Responder
import Settings

extension ChainPlan {
    /// The chain as it is configured, each server with the client that an investigation would use.
    init(_ settings: Settings, http: HTTPClients, tests: [ChatTest]) {
        self.init(openClient: http.plain())
        tempo = settings.tempo.map { Server($0.connection, of: "Tempo", http) }
        loki = settings.loki.map { Server($0.connection, of: "Loki", http) }
        prometheus = settings.prometheus.map { Server($0.connection, of: "Prometheus", http) }
        kubernetes = settings.kubernetes?.access.map { access in
            Server(address: access.url, http: http.client(for: access), timeout: access.timeout)
        }
        kubernetesAccess =
            switch settings.kubernetes?.access?.way {
            case .account: .account
            case .kubeconfig: .kubeconfig
            case .url, nil: .url
            }
        grafana = settings.grafana.map { Grafana($0, http) }
        alertmanager = settings.alertmanager.map { Server($0, of: "Alertmanager", http) }
        if alertmanager == nil, let silence = settings.commands.silence {
            alertmanager = Server(silence.alertmanager, of: "Alertmanager", http)
            alertmanagerSection = "commands.silence.alertmanager"
        }
        intake = Intake(settings.server)
        let loki = settings.loki
        serviceLabels = loki?.labels.service ?? []
        traceIDPlace = loki.map { TraceIDPlace($0.traceID) } ?? traceIDPlace
        var names: [String] = []
        for name in settings.playbooks.flatMap(\.match.alertNames) where !names.contains(name) {
            if !name.contains("*"), !name.contains("?") { names.append(name) }
        }
        alerts = names
        queries = settings.prometheus?.queries ?? []
        platforms = []
        if settings.kubernetes != nil { platforms.insert(.kubernetes) }
        if settings.playbooks.contains(where: \.isJenkins) { platforms.insert(.jenkins) }
        let always = settings.playbooks.flatMap(\.scope.namespaces.otherwise)
        namespaces = Set(always).sorted()
        journal = Journal(settings.journal)
        receivers = settings.receivers.map(\.name)
        chatTests = tests
    }
}

extension ChainPlan.Journal {
    /// Opened for reading, beside the service.
    fileprivate init(_ settings: Settings.Journal) {
        self.init(place: settings.key) {
            do throws(JournalError) {
                guard let journal = try DatabaseJournal(readingIfThere: settings) else { return .absent }
                let counts = try await journal.counts()
                await journal.close()
                return .holds(
                    openIncidents: counts.openIncidents, waiting: counts.pendingNotifications + counts.pendingMessages,
                    givenUp: counts.parkedNotifications + counts.parkedMessages)
            } catch {
                return .unreadable(error.description)
            }
        }
    }
}

extension ChainPlan.Server {
    fileprivate init(_ connection: Connection, of name: String, _ http: HTTPClients) {
        self.init(
            address: connection.url, http: http.client(for: connection, of: name),
            timeout: connection.timeout, hasTenant: connection.tenant != nil)
    }
}

extension ChainPlan.Intake {
    fileprivate init(_ server: Settings.Server) {
        self.init()
        credentials =
            switch server.authorization {
            case .basic(let username, _): .basic(username: username)
            case .bearer: .bearer
            case nil: .none
            }
        (host, port, publicURL) = (server.host, server.port, server.publicURL)
    }
}

extension ChainPlan.Grafana {
    fileprivate init(_ grafana: Settings.Grafana, _ http: HTTPClients) {
        let connection = grafana.api ?? Connection(url: grafana.url)
        self.init(server: ChainPlan.Server(connection, of: "Grafana", http))
        hasCredentials = connection.authorization != nil || connection.clientCertificateFile != nil
        organization = grafana.organization
        let uids = [("tempo", grafana.tempoUID), ("loki", grafana.lokiUID), ("prometheus", grafana.prometheusUID)]
        dataSources = uids.compactMap { kind, uid in uid.map { (kind: kind, uid: $0) } }
        dashboard = grafana.dashboard?.uid
    }
}

extension TraceIDPlace {
    fileprivate init(_ traceID: Settings.Loki.TraceID) {
        self =
            switch traceID.place {
            case .metadata: .metadata(traceID.name)
            case .json: .json(traceID.name)
            case .text: .text
            }
    }
}
