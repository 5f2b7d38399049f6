import FoundationEssentials
import Journal
import Languages
package import Logging
import Responder
import Telemetry

/// What people write to an outgoing webhook of Teams.
///
/// Teams takes one answer, within five seconds. What takes longer goes to a receiver, where one is configured for that.
package struct TeamsDoor: Sendable {
    /// Of Teams' five seconds.
    private static let patience = Duration.seconds(4)

    private let signature: TeamsSignature
    private let receiver: String?
    private let desk: CommandDesk
    private let admission: Admission
    private let logger: Logger

    /// - Parameter receiver: with a workflow; nil where late answers go nowhere.
    package init(
        signature: TeamsSignature, receiver: String?, handler: CommandHandler,
        queue: CommandQueue, logger: Logger
    ) {
        self.signature = signature
        self.receiver = receiver
        desk = CommandDesk(handler: handler, queue: queue, clock: handler.clock)
        admission = Admission(journal: handler.journal, logger: logger)
        self.logger = logger
    }

    /// `POST /teams/messages`
    package func message(_ request: ChatRequest) async -> ChatResponse {
        let now = desk.clock.now()
        let given = request.header("Authorization")
        if let objection = signature.objection(authorization: given, body: request.body) {
            return .unauthorized(objection)
        }
        guard request.mediaType == "application/json" else {
            return .refused(415, "its content type is not application/json")
        }
        guard let activity = try? JSONDecoder().decode(TeamsActivity.self, from: Data(request.body)),
            activity.type == "message", let person = activity.person
        else { return .refused(400, "it is no message") }
        // The signature has no time of its own, but the body that it is over has.
        guard let sent = activity.timestamp.flatMap({ Timestamp(rfc3339: $0) }),
            abs((now - sent).components.seconds) <= SlackSignature.tolerance.components.seconds
        else { return .unauthorized("it is not from now: is the clock right?") }
        if let refusal = await admission.refusal(
            of: "teams \(given ?? "")", for: SlackSignature.tolerance * 2, now: now)
        {
            return refusal
        }
        return .json(await answer(to: activity.typed, by: person))
    }

    private func answer(to text: String, by person: Person) async -> [UInt8] {
        let command: Command
        do throws(CommandMistake) {
            command = try CommandParser().parse(text)
        } catch {
            return Answer.sentences(error.sentence).teamsMessage(in: desk.handler.language)
        }
        let answer = await desk.answer(command, by: { person }, within: Self.patience) { answer in
            await deliver(answer)
        }
        return (answer ?? .sentences(tooLate)).teamsMessage(in: desk.handler.language)
    }

    private var tooLate: Phrase {
        receiver == nil
            ? "That takes longer than Teams waits. For an incident, `incident i-42` tells what is known already."
            : "That takes a moment; the answer follows as a message of its own."
    }

    private func deliver(_ answer: Answer) async {
        guard let receiver else {
            logger.notice("late answer dropped", metadata: ["reason": "commands.teams.receiver is not configured"])
            return
        }
        let now = desk.clock.now()
        let message = OutgoingMessage(
            incident: nil, receiver: receiver, kind: "answer",
            deduplicationKey: "answer/\(receiver)/\(now.nanoseconds)",
            payload: answer.teamsCard(in: desk.handler.language), createdAt: now)
        do {
            try await desk.handler.journal.enqueue([message])
            desk.handler.doorbell.ring()
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
        }
    }
}
