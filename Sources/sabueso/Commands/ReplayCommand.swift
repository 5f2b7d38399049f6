import Alerts
import ArgumentParser
import Backends
import FoundationEssentials
import Journal
import Logging
import Reporting
import Responder
import RootCause
import Settings

/// `sabueso replay`: investigates a past alert again, at its own time.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Investigate a past alert again, at its own time.",
        discussion: """
            A replay goes the same way as a live alert, from playbook to message, but is never mixed with live incidents: \
            it is printed, and sent to a chat only when asked, marked as a replay.

            Examples:
              sabueso replay --payload webhook.json --config /etc/sabueso/sabueso.yaml
              sabueso replay --incident i-42 --config /etc/sabueso/sabueso.yaml --to-chat on-call
              sabueso replay --payload alert.json --case Tests/Fixtures/Scenarios/spot-eviction
            """)

    @OptionGroup var configurationFile: ConfigurationFile

    @Option(help: ArgumentHelp("A saved webhook body, or an array of them; - reads standard input.", valueName: "file"))
    var payload: String?

    @Option(help: ArgumentHelp("A stored incident.", valueName: "id"))
    var incident: String?

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Take the evidence from this case folder instead of the live backends.", valueName: "dir"))
    var folder: String?

    @Option(help: ArgumentHelp("Also send the message to this receiver.", valueName: "receiver"))
    var toChat: String?

    @Option(help: "How to print the diagnosis: text, json (sabueso/diagnosis/v1) or markdown.")
    var format: OutputFormat = .text

    func validate() throws {
        guard (payload == nil) != (incident == nil) else {
            throw ValidationError("Give either --payload or --incident.")
        }
        if let incident, IncidentID(incident) == nil {
            throw ValidationError("'\(incident)' is no incident's id; ids look like i-42.")
        }
    }

    func run() async throws {
        let settings = try configurationFile.load()
        let logger = Logger(settings.logging)
        let http = HTTPClients(logger: logger)
        let receiver = try toChat.map { name throws(RunFailure) in
            try SingleMessage.receiver(name, in: ChatReceiver.all(in: settings, http: http))
        }
        let evidence: any EvidenceProvider =
            if let folder {
                CaseEvidence(try CaseFiles.load(folder).case)
            } else {
                Collector(settings, http: http, clock: .system)
            }
        let investigator = Investigator(
            playbooks: settings.playbooks, evidence: evidence, analyzer: RootCauseAnalyzer(settings), clock: .system)
        let builder = SummaryBuilder(settings)
        for group in try await groups(settings) {
            let investigation = await investigator.investigate(group)
            let occasion = SummaryBuilder.Occasion(
                alert: group, playbook: investigation.playbookToShow, incident: incident, mark: .replay)
            let summary = builder.summary(of: investigation.diagnosis, on: occasion)
            StandardOutput.write(format.render(investigation.diagnosis, summary, grafana: builder.grafana))
            if let receiver {
                try await SingleMessage(receiver: receiver, logger: logger).send(
                    receiver.summaries.summary(of: investigation.diagnosis, on: occasion), kind: "replay")
                StandardError.write("sent to \(receiver.name), marked as a replay\n")
            }
        }
        await http.shutdown()
    }

    private func groups(_ settings: Settings) async throws(RunFailure) -> [AlertGroup] {
        if let incident, let id = IncidentID(incident) {
            return [try await storedGroup(id, settings)]
        }
        let name = payload ?? "-"
        do {
            let bytes = name == "-" ? StandardInput.readAll() : try [UInt8](Data(contentsOf: URL(filePath: name)))
            return try AlertGroup.all(inPayload: bytes)
        } catch let error as WebhookDecodingError {
            throw RunFailure("\(name): \(error.description)")
        } catch {
            throw RunFailure("\(name) cannot be read: give a file with a saved webhook body, or - for standard input")
        }
    }

    private func storedGroup(_ id: IncidentID, _ settings: Settings) async throws(RunFailure) -> AlertGroup {
        do {
            let journal = try DatabaseJournal.reading(settings.journal)
            let stored = try await journal.incident(id)
            await journal.close()
            guard let stored else { throw RunFailure("\(settings.journal.place) has no incident \(id)") }
            // What was investigated, not the last word: that may be its end, or an alert that joined.
            let body = stored.investigatedBody.isEmpty ? stored.alertBody : stored.investigatedBody
            return try AlertGroup(webhookBody: body, maximumAlerts: .max)
        } catch let failure as RunFailure {
            throw failure
        } catch {
            throw RunFailure("incident \(id): \(error)")
        }
    }
}
