import Alerts
import ArgumentParser
import Backends
import Reporting
import Responder
import RootCause
import Settings
import Telemetry

/// `sabueso preview`: what would be posted for a case, how large it is, and how it would look.
struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Show the message that a channel would get for a case.",
        discussion: """
            Prints the JSON as it would be posted, its size against each limit of the platform, and what a person in the \
            channel would see, read from that JSON. Nothing is sent. The exit code is 1 when a limit is broken.

            With --receiver the message is that receiver's: its platform, language, time zone and mentions.

            Kinds: \(MessageKind.allCases.map(\.rawValue).joined(separator: ", ")). Those that edit a message or answer in a \
            thread (\(MessageKind.allCases.filter(\.needsConversation).map(\.rawValue).joined(separator: ", "))) are sent by a \
            Slack app only.

            Examples:
              sabueso preview --case Tests/Fixtures/Scenarios/spot-eviction
              sabueso preview --case Tests/Fixtures/Scenarios/bad-deploy --platform teams --kind resolved
              sabueso preview --case incident --receiver on-call --config /etc/sabueso/sabueso.yaml
            """)

    @Option(name: .customLong("case"), help: ArgumentHelp("The case folder.", valueName: "dir"))
    var folder: String

    @OptionGroup var configurationFile: ConfigurationFile

    @Option(help: ArgumentHelp("A receiver of the configuration.", valueName: "receiver"))
    var receiver: String?

    @Option(help: "The platform, where no receiver is named: slack, slack-bot or teams.")
    var platform: PreviewPlatform?

    @Option(help: "Which message of the conversation.")
    var kind: MessageKind = .diagnosis

    func validate() throws {
        if receiver != nil {
            guard configurationFile.path != nil else {
                throw ValidationError("--receiver names one of the configuration: give --config too.")
            }
            guard platform == nil else { throw ValidationError("Give either --receiver or --platform.") }
        }
    }

    func run() async throws {
        let settings = try configurationFile.load(leavesOutSecrets: true)
        let target = try target(in: settings)
        let body = try await body(for: target, settings)
        let shownOn = target.platform.shownOn
        guard let shown = ShownMessage(body, on: shownOn) else {
            throw RunFailure("the message cannot be read as one of \(target.platform.rawValue)")
        }
        let measures = ChatMeasure.all(of: body, on: shownOn)
        let width = measures.map(\.name.count).max() ?? 0
        let sizes = measures.map { measure in
            "\(measure.name)\(String(repeating: " ", count: width - measure.name.count))  \(measure.value) of "
                + "\(measure.limit)\(measure.isBroken ? "  TOO MUCH" : "")"
        }
        StandardOutput.write(
            """
            \(IndentedJSON.text(body))

            \(sizes.joined(separator: "\n"))

            Notification: \(shown.notification.replacing("\n", with: " ⏎ "))

            \(TerminalPreview(usesColours: StandardOutput.isTerminal).text(shown))
            """)
        let broken = measures.filter(\.isBroken).map { "\($0.name): \($0.value) of \($0.limit)" }
        guard broken.isEmpty else {
            throw RunFailure("\(target.platform.rawValue) would refuse it: \(broken.joined(separator: ", "))")
        }
    }

    /// Who would get it, and how that receiver reads.
    private struct Target {
        let platform: PreviewPlatform
        let builder: SummaryBuilder
        let routing: Settings.Receiver.Routing
    }

    private func target(in settings: Settings) throws(RunFailure) -> Target {
        guard let receiver else {
            return Target(
                platform: platform ?? .slack, builder: SummaryBuilder(settings), routing: Settings.Receiver.Routing())
        }
        guard let found = settings.receivers.first(where: { $0.name == receiver }) else {
            let names = settings.receivers.map(\.name).joined(separator: ", ")
            throw RunFailure("there is no receiver '\(receiver)'; configured: \(names.isEmpty ? "none" : names)")
        }
        return Target(
            platform: PreviewPlatform(found.platform),
            builder: SummaryBuilder(settings, for: found), routing: found.routing)
    }

    private func body(for target: Target, _ settings: Settings) async throws(RunFailure) -> [UInt8] {
        guard target.platform.converses || !kind.needsConversation else {
            throw RunFailure(
                "\(target.platform.rawValue) has no message of the kind \(kind.rawValue): it can neither edit a message nor "
                    + "answer in a thread; --platform slack-bot can")
        }
        let (kept, alert) = try CaseFiles.load(folder)
        let end = kept.evidence.window.end
        var occasion = SummaryBuilder.Occasion(alert: alert, incident: "i-1", now: end)
        let diagnosis: Diagnosis
        if let alert {
            let investigation = await Investigator(
                playbooks: settings.playbooks, evidence: CaseEvidence(kept), analyzer: RootCauseAnalyzer(settings),
                clock: WallClock(now: { end }, sleep: WallClock.system.sleep)
            ).investigate(alert)
            diagnosis = investigation.diagnosis
            occasion.playbook = investigation.playbookToShow
        } else {
            diagnosis = RootCauseAnalyzer(settings).diagnose(kept.evidence, alert: nil)
        }
        guard var summary = target.builder.sample(of: kind, diagnosis, on: occasion) else {
            throw RunFailure("\(folder) has no alert.json, which a message of the kind \(kind.rawValue) tells of")
        }
        let announces = target.platform.converses ? MessageKind.begun : .diagnosis
        if kind == announces { summary.mentions = target.routing.mentioned(severities: alert?.severities ?? [nil]) }
        guard let body = kind.body(summary, on: target.platform.shownOn) else {
            throw RunFailure("\(target.platform.rawValue) has no message of the kind \(kind.rawValue)")
        }
        return body
    }
}

/// Who posts the message that is previewed.
enum PreviewPlatform: String, ExpressibleByArgument, CaseIterable {
    case slack
    case slackBot = "slack-bot"
    case teams

    init(_ platform: Settings.Receiver.Platform) {
        self =
            switch platform {
            case .slack: .slack
            case .slackBot: .slackBot
            case .teams: .teams
            }
    }

    var shownOn: ShownMessage.Platform { self == .teams ? .teams : .slack }

    var converses: Bool { self == .slackBot }
}

extension MessageKind: ExpressibleByArgument {}
