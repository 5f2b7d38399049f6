import ArgumentParser
import Settings
import Signatures

/// `sabueso check`: says what is wrong with the configuration before an alert does.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, the playbooks and the signatures.",
        discussion: """
            --offline reads every file that the configuration names, tries every example of the signatures, and asks no \
            server. Each problem is told with its file, line and key; the exit code is 1 when there is one.

            Example:
              sabueso check --offline --config Config/sabueso.yaml
            """)

    @OptionGroup var configurationFile: ConfigurationFile

    @Flag(help: "Check files only; ask no server.")
    var offline = false

    func validate() throws {
        guard offline else {
            throw ValidationError("Give --offline: files are all that this release checks.")
        }
    }

    func run() async throws {
        // First: a configuration is read beside them, and its problems say nothing of theirs.
        let problems = Signature.problemsOfBuiltIn()
        guard problems.isEmpty else {
            throw RunFailure("the built-in signatures cannot be used:\n\(SettingsError(problems).description)")
        }
        let settings = try configurationFile.load()
        let metrics = settings.prometheus.map { "\($0.connection.url)  (\($0.queries.count) queries)" }
        let cluster = settings.kubernetes.map { $0.url ?? "none: only events in Loki" }
        var lines = [
            "webhook     http://\(settings.server.host):\(settings.server.port)/webhooks/alertmanager"
                + (settings.server.authorization == nil ? "  (no authorization)" : ""),
            "journal     \(settings.journal.path)",
            "traces      \(settings.tempo?.connection.url ?? "none: tempo is not configured")",
            "logs        \(settings.loki?.connection.url ?? "none: loki is not configured")",
            "cluster     \(cluster ?? "none: kubernetes is not configured")",
            "metrics     \(metrics ?? "none: prometheus is not configured")",
            "links       \(settings.grafana?.url ?? "none: grafana is not configured")",
            "receivers   "
                + (settings.receivers.isEmpty
                    ? "none: nobody will be told" : settings.receivers.map(\.name).joined(separator: ", ")),
        ]
        for playbook in settings.playbooks {
            let names = settings.receivers(of: playbook).map(\.name).joined(separator: ", ")
            let alerts = playbook.match.alertNames + playbook.match.labels.sorted { $0 < $1 }.map { "\($0)=\($1)" }
            let services = playbook.scope.services
            let labels = services.labels + services.lastResort
            let withoutLabels =
                services.otherwise.isEmpty
                ? "no label is read: every service is looked at"
                : "always \(services.otherwise.joined(separator: ", ")): no label is read"
            lines.append("playbook    \(playbook.name) → \(names.isEmpty ? "nobody" : names)")
            lines.append("            alerts   \(alerts.isEmpty ? "all" : alerts.joined(separator: ", "))")
            lines.append("            service  \(labels.isEmpty ? withoutLabels : labels.joined(separator: ", "))")
        }
        let isForAll = settings.playbooks.contains(where: \.match.isEverything)
        let unused = Playbook.builtIn.filter { builtIn in
            (isForAll || !builtIn.match.isEverything) && !settings.playbooks.contains { $0.name == builtIn.name }
        }.map(\.name)
        if !unused.isEmpty {
            lines.append(
                "            not used: built-in \(unused.joined(separator: ", ")); your file takes their place")
        }
        if !isForAll { lines.append("            other alerts: the built-in default") }
        let examples = settings.signatures.reduce(0) { $0 + $1.examples.count }
        let builtIn = Signature.builtIn.count { settings.signatures.contains($0) }
        let own = settings.signatures.count - builtIn
        lines.append(
            "signatures  \(settings.signatures.count) (\(builtIn) built in, \(own) of your own), \(examples) examples come out as promised"
        )
        StandardOutput.write(lines.joined(separator: "\n") + "\nThe configuration can be used.\n")
    }
}
