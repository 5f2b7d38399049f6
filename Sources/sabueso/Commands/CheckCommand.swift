import ArgumentParser
import ChainCheck
import Logging
import Reporting
import Responder
import Settings
import Signatures

/// `sabueso check`: says what is wrong with the configuration, and with the chain behind it, before an alert does.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the configuration, or the whole chain from a span to a message.",
        discussion: """
            --offline reads every file that the configuration names, tries every example of the signatures, and asks no \
            server. Each problem is told with its file, line and key; the exit code is 1 when there is one.

            --online asks every server that is configured: whether it answers, lets us in and is recent enough; whether \
            traces appear and correlate with logs, the dashboard shows data, the alerts' series exist, Alertmanager sends \
            them here, and the clocks agree. What is not well is told with what to do. Nothing is changed anywhere; \
            --send-test RECEIVER, which may be given again, also posts a message there that is marked as a test. The exit \
            code is 1 when something failed; a warning is no failure.

            Examples:
              sabueso check --offline --config Config/sabueso.yaml
              sabueso check --online --config /etc/sabueso/sabueso.yaml
              sabueso check --online --send-test on-call --config /etc/sabueso/sabueso.yaml
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var configurationFile: ConfigurationFile

    @Flag(help: "Check files only; ask no server.")
    var offline = false

    @Flag(help: "Ask every server of the chain.")
    var online = false

    @Option(
        help: ArgumentHelp(
            "Post a message marked as a test to this receiver; may be given again.", valueName: "receiver"))
    var sendTest: [String] = []

    @Option(help: "How to print what --online found: text or json (sabueso/check/v1).")
    var format: Format = .text

    func validate() throws {
        guard offline != online else { throw ValidationError("Give either --offline or --online.") }
        guard sendTest.isEmpty || online else { throw ValidationError("--send-test needs --online.") }
        guard format == .text || online else { throw ValidationError("--format json needs --online.") }
    }

    func run() async throws {
        // First: a configuration is read beside them, and its problems say nothing of theirs.
        let problems = Signature.problemsOfBuiltIn()
        guard problems.isEmpty else {
            throw RunFailure("the built-in signatures cannot be used:\n\(SettingsError(problems).description)")
        }
        let settings = try configurationFile.load()
        guard online else { return describe(settings) }
        try await checkChain(settings)
    }

    private func checkChain(_ settings: Settings) async throws {
        let logger = Logger(settings.logging)
        let http = HTTPClients(logger: logger)
        let all = try ChatReceiver.all(in: settings, http: http)
        // None is told anything when one of them is not there.
        let tests = try sendTest.map { name throws(RunFailure) in
            Self.test(try SingleMessage.receiver(name, in: all), logger: logger)
        }
        let findings = await ChainCheck(
            ChainPlan(settings, http: http, tests: tests), now: WallClock.system.now
        ).findings()
        await http.shutdown()
        StandardOutput.write(
            format == .json ? try CommandJSON.text(FindingsJSON(findings)) : FindingsText(findings).text)
        // What failed is told already.
        if findings.contains(where: { $0.verdict == .failure }) { throw ExitCode.failure }
    }

    private static func test(_ receiver: ChatReceiver, logger: Logger) -> ChainPlan.ChatTest {
        ChainPlan.ChatTest(receiver: receiver.name) {
            let occasion = SummaryBuilder.Occasion(now: WallClock.system.now())
            do throws(RunFailure) {
                try await SingleMessage(receiver: receiver, logger: logger)
                    .send(receiver.summaries.test(on: occasion), kind: "test")
                return nil
            } catch {
                return error.description
            }
        }
    }

    private func describe(_ settings: Settings) {
        let metrics = settings.prometheus.map { "\($0.connection.url)  (\($0.queries.count) queries)" }
        let cluster = settings.kubernetes.map { $0.url ?? "none: only events in Loki" }
        var lines = [
            "webhook     http://\(settings.server.host):\(settings.server.port)/webhooks/alertmanager"
                + (settings.server.authorization == nil ? "  (no authorization)" : ""),
            "journal     \(settings.journal.place)",
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
        lines += settings.migrated.map { "older       \($0): `sabueso migrate-config` rewrites it" }
        StandardOutput.write(lines.joined(separator: "\n") + "\nThe configuration can be used.\n")
    }
}
