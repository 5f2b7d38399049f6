import ArgumentParser
import Logging
import Reporting
import Responder
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

            --online --send-test RECEIVER posts a message there that is marked as a test, so that you see whether and \
            where it arrives. Nothing else is checked online in this release.

            Examples:
              sabueso check --offline --config Config/sabueso.yaml
              sabueso check --online --send-test on-call --config /etc/sabueso/sabueso.yaml
            """)

    @OptionGroup var configurationFile: ConfigurationFile

    @Flag(help: "Check files only; ask no server.")
    var offline = false

    @Flag(help: "With --send-test: post test messages. This release asks no other server.")
    var online = false

    @Option(
        help: ArgumentHelp(
            "Post a message marked as a test to this receiver; may be given again.", valueName: "receiver"))
    var sendTest: [String] = []

    func validate() throws {
        guard offline != online else {
            throw ValidationError("Give either --offline, or --online with --send-test.")
        }
        guard sendTest.isEmpty == offline else {
            throw ValidationError(
                offline ? "--send-test needs --online." : "Give --send-test: it is all that --online does so far.")
        }
    }

    func run() async throws {
        // First: a configuration is read beside them, and its problems say nothing of theirs.
        let problems = Signature.problemsOfBuiltIn()
        guard problems.isEmpty else {
            throw RunFailure("the built-in signatures cannot be used:\n\(SettingsError(problems).description)")
        }
        let settings = try configurationFile.load()
        describe(settings)
        if online { try await sendTests(settings) }
    }

    /// To each of the named receivers, of which none is told when one of them is not there.
    private func sendTests(_ settings: Settings) async throws {
        let logger = Logger(settings.logging)
        let http = HTTPClients(logger: logger)
        let all = try ChatReceiver.all(in: settings, http: http)
        var failures: [String] = []
        for receiver in try sendTest.map({ name throws(RunFailure) in try SingleMessage.receiver(name, in: all) }) {
            let occasion = SummaryBuilder.Occasion(now: WallClock.system.now())
            do throws(RunFailure) {
                try await SingleMessage(receiver: receiver, logger: logger)
                    .send(receiver.summaries.test(on: occasion), kind: "test")
                StandardOutput.write("\(receiver.name) took the test message: look whether it is there.\n")
            } catch {
                failures.append(error.description)
            }
        }
        await http.shutdown()
        guard failures.isEmpty else { throw RunFailure(failures.joined(separator: "\n")) }
    }

    private func describe(_ settings: Settings) {
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
