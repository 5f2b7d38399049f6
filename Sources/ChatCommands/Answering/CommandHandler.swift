package import Journal
import Languages
package import Logging
package import Reporting
package import Responder
import Telemetry

/// Does what a command asks for, and says what came of it.
package struct CommandHandler: Sendable {
    let journal: any Journal
    let investigator: Investigator
    let summaries: SummaryBuilder
    let receivers: [ChatReceiver]
    let silences: Silences?
    let records: CauseRecords
    let doorbell: Doorbell
    let clock: WallClock
    let logger: Logger

    /// - Parameters:
    ///   - receivers: whose messages show who took care of an incident.
    ///   - silences: nil where nobody may silence anything.
    ///   - records: where a vote counts at once.
    package init(
        journal: any Journal, investigator: Investigator, summaries: SummaryBuilder, receivers: [ChatReceiver],
        silences: Silences?, records: CauseRecords, doorbell: Doorbell, clock: WallClock, logger: Logger
    ) {
        self.journal = journal
        self.investigator = investigator
        self.summaries = summaries
        self.receivers = receivers
        self.silences = silences
        self.records = records
        self.doorbell = doorbell
        self.clock = clock
        self.logger = logger
    }

    /// Of those who ask.
    var language: Language { summaries.language }

    /// Never fails: what went wrong is said.
    ///
    /// - Parameter conversation: where the answer will stand: what was done is told in the incident's other ones too.
    package func answer(_ command: Command, by person: Person, in conversation: String? = nil) async -> Answer {
        logger.info("command", metadata: ["command": "\(command.verb)", "person": "\(person.id)"])
        do throws(CommandFailure) {
            var answer = try await result(of: command, by: person)
            if let id = command.deed, answer.audience == .everyone {
                answer.isInThread = await tell(answer, below: id, except: conversation)
            }
            return answer
        } catch {
            return answer(to: error)
        }
    }

    private func result(of command: Command, by person: Person) async throws(CommandFailure) -> Answer {
        switch command {
        case .help: help
        case .status: try await status()
        case .why(let service, let id, let lookback): try await why(service, id, lookback)
        case .incident(let id): try await describe(id)
        case .replay(let id): try await replay(id)
        case .similar(let id): try await similar(id)
        case .silence(let id, let lasting, let reason): try await silence(id, lasting, reason, person)
        case .endSilence(let id): try await endSilence(id, person)
        case .acknowledge(let id): try await acknowledge(id, person)
        case .note(let id, let text): try await note(id, text, person)
        case .right(let id): try await vote(id, isRight: true, actual: "", person)
        case .wrong(let id, let actual): try await vote(id, isRight: false, actual: actual, person)
        }
    }

    func answer(to failure: CommandFailure) -> Answer {
        switch failure {
        case .told(let sentence): return .sentences(sentence)
        case .journal(let failure):
            logger.error("the journal failed", metadata: ["reason": "\(failure)"])
            return .sentences("My memory does not answer at the moment; please ask again in a minute.")
        }
    }

    private var help: Answer {
        let lines = CommandParser.forms.map { form -> Phrase in
            form.rest.isEmpty
                ? "`\(form.verb)`: \(form.meaning)" : "`\(form.verb) \(form.rest)`: \(form.meaning)"
        }
        let shorter: Phrase =
            "In Slack the id can be left out in an incident's thread, and where only one is open in the channel."
        return Answer(.reply(ChatReply((["What I can do:"] + lines + [shorter]).map { .sentence($0) })))
    }

    /// The incident, or the sentence that there is none.
    func incident(_ id: IncidentID) async throws(CommandFailure) -> Incident {
        guard let incident = try await reading({ () async throws(JournalError) in try await journal.incident(id) })
        else {
            throw .told("There is no incident \(id), or it is no longer kept; `status` lists the open ones.")
        }
        return incident
    }

    func reading<Value: Sendable>(
        _ work: () async throws(JournalError) -> Value
    ) async throws(CommandFailure) -> Value {
        do throws(JournalError) {
            return try await work()
        } catch {
            throw .journal(error)
        }
    }
}

/// Why a command was not done.
enum CommandFailure: Error {
    /// The sentence is the answer.
    case told(Phrase)
    case journal(JournalError)
}

extension Command {
    /// For the log, which has no need of what people write.
    fileprivate var verb: String {
        switch self {
        case .help: "help"
        case .status: "status"
        case .why: "why"
        case .incident: "incident"
        case .replay: "replay"
        case .similar: "similar"
        case .silence: "silence"
        case .endSilence: "unsilence"
        case .acknowledge: "ack"
        case .note: "note"
        case .right: "right"
        case .wrong: "wrong"
        }
    }
}
