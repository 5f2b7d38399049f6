package import Signatures

/// Everything that can be configured, with its defaults: `Settings()` is what an empty file means.
///
/// Nothing is required: without Tempo and Loki the service starts, takes alerts into its SQLite journal, and says in each
/// message what it could not look at.
package struct Settings: Hashable, Sendable {
    package var server = Server()
    package var journal = Journal()
    package var tempo: Tempo?
    package var loki: Loki?
    package var kubernetes: Kubernetes?
    package var prometheus: Prometheus?
    package var grafana: Grafana?
    /// Where Alertmanager's status is read: only `sabueso check --online` asks it. nil: where Prometheus sends to.
    package var alertmanager: Connection?
    /// Where runbooks are read, if not at `server.publicURL`: the cause's name and `.md` are appended. Without a slash at its end.
    package var runbooksURL: String?
    /// In the order of the file; names are unique.
    package var receivers: [Receiver] = []
    /// What people may ask and order from a chat.
    package var commands = Commands()
    /// Asked in this order: the first that matches an alert wins.
    package var playbooks: [Playbook] = Playbook.builtIn
    /// Known failures: the built-in ones, and the user's.
    package var signatures: [Signature] = Signature.builtIn
    package var investigation = Investigation()
    package var analysis = Analysis()
    package var logging = Logging()
    /// How long running investigations may go on after SIGTERM. Kubernetes kills after 30 s unless told otherwise.
    package var shutdownGrace: Duration = .seconds(25)

    package init() {}

    /// The receivers of a playbook: those that it names, or all when it names none.
    package func receivers(of playbook: Playbook) -> [Receiver] {
        guard let names = playbook.receivers else { return receivers }
        return receivers.filter { names.contains($0.name) }
    }
}

extension Settings {
    /// - Parameters:
    ///   - playbookFiles: set to the paths under `playbooks`; nil when the key is not there.
    ///   - signatureFiles: set to the paths under `signatures`.
    init(_ reader: YAMLReader, playbookFiles: inout [YAMLNode]?, signatureFiles: inout [YAMLNode]) {
        self.init()
        reader.read("server", as: .section(Server.init), into: &server)
        reader.read("journal", as: .section(Journal.init), into: &journal)
        reader.read("tempo", as: .section(Tempo.init), into: &tempo)
        reader.read("loki", as: .section(Loki.init), into: &loki)
        reader.read("kubernetes", as: .section(Kubernetes.init), into: &kubernetes)
        if kubernetes?.eventsFromLoki != nil, !reader.has("loki") {
            reader.node("kubernetes")?["events_from_loki"]?.report("loki is not configured: give it, or remove this")
        }
        reader.read("prometheus", as: .section(Prometheus.init), into: &prometheus)
        reader.read("grafana", as: .section(Grafana.init), into: &grafana)
        reader.read("alertmanager", as: .section(Connection.init), into: &alertmanager)
        reader.read("runbooks_url", as: .serverURL, into: &runbooksURL)
        reader.read("receivers", as: .list(of: .section(Receiver.init)), into: &receivers)
        Receiver.reportRepeatedNames(in: reader)
        reader.read("commands", as: .section(Commands.init), into: &commands)
        commands.reportWhatDoesNotFit(receivers, in: reader)
        playbookFiles = reader.optional("playbooks", as: .list(of: .node))
        reader.read("signatures", as: .list(of: .node), into: &signatureFiles)
        reader.read("investigation", as: .section(Investigation.init), into: &investigation)
        reader.read("analysis", as: .section(Analysis.init), into: &analysis)
        reader.read("logging", as: .section(Logging.init), into: &logging)
        reader.read("shutdown_grace", as: .duration(in: .seconds(1) ... .seconds(600)), into: &shutdownGrace)
    }
}
