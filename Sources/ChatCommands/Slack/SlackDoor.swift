import FoundationEssentials
package import HTTPTransport
import Journal
import Languages
package import Logging
import Reporting
import Responder
import Telemetry

/// What a Slack app sends us: slash commands, pressed buttons, mentions.
///
/// Each request is answered within Slack's three seconds; what takes longer follows through the request's own
/// `response_url`, or in the thread.
package struct SlackDoor: Sendable {
    /// Posts a message into a thread.
    ///
    /// - Returns: why it did not arrive; nil when it did.
    package typealias ThreadPost = @Sendable (_ message: [UInt8], _ channel: String, _ thread: String) async -> String?

    /// Of Slack's three seconds, with time for the way.
    private static let patience = Duration.seconds(2)
    private static let deadline = Duration.seconds(10)
    /// Slack gives an event up within this time (https://docs.slack.dev/apis/events-api, "Error handling").
    private static let eventMemory = Duration.seconds(3600)

    private let signature: SlackSignature
    private let hosts: [String]
    private let client: any HTTPClient
    private let post: ThreadPost?
    private let names: SlackNames
    private let desk: CommandDesk
    private let admission: Admission
    private let logger: Logger

    /// - Parameters:
    ///   - responseHosts: to which late answers may be posted.
    ///   - post: nil where no receiver has a bot token; mentions cannot be answered then.
    ///   - names: of people who mention the app.
    package init(
        signature: SlackSignature, responseHosts: [String], client: any HTTPClient, post: ThreadPost?,
        names: SlackNames, handler: CommandHandler, queue: CommandQueue,
        logger: Logger
    ) {
        self.signature = signature
        hosts = responseHosts.map { $0.lowercased() }
        self.client = client
        self.post = post
        self.names = names
        desk = CommandDesk(handler: handler, queue: queue, clock: handler.clock)
        admission = Admission(journal: handler.journal, logger: logger)
        self.logger = logger
    }

    // MARK: Requests

    /// `POST /slack/commands`
    package func command(_ request: ChatRequest) async -> ChatResponse {
        if let refusal = await refusal(of: request, "application/x-www-form-urlencoded") { return refusal }
        guard let form = FormFields(request.body), let user = form["user_id"], !user.isEmpty else {
            return .refused(400, "it is no slash command")
        }
        let person = Person(id: user, name: form["user_name"])
        let command: Command
        switch await desk.handler.command(
            typed: SlackText.unescaped((form["text"] ?? "").unicodeScalars), in: form["channel_id"] ?? "",
            as: form["command"] ?? "")
        {
        case .command(let typed): command = typed
        case .answer(let answer): return .json(addressed(answer))
        }
        let address = ResponseAddress(form["response_url"], hosts: hosts)
        let answer = await desk.answer(
            command, by: { person }, within: command.isSlow ? .zero : Self.patience
        ) { answer in await respond(answer, at: address) }
        return .json(addressed(answer ?? .sentences(command.announcement)))
    }

    /// `POST /slack/interactions`
    package func interaction(_ request: ChatRequest) async -> ChatResponse {
        if let refusal = await refusal(of: request, "application/x-www-form-urlencoded") { return refusal }
        guard let payload = FormFields(request.body)?["payload"],
            let interaction = try? JSONDecoder().decode(SlackInteraction.self, from: Data(payload.utf8))
        else { return .refused(400, "it is no interaction") }
        // A button that opens a link tells us as well, without a value.
        guard interaction.type == "block_actions", let text = interaction.actions?.first?.value,
            let command = try? CommandParser().parse(text)
        else { return .accepted }
        let user = interaction.user
        let address = ResponseAddress(interaction.response_url, hosts: hosts)
        let channel = interaction.container?.channel_id
        let thread = interaction.container?.thread_ts ?? interaction.container?.message_ts
        let deliver = { @Sendable (answer: Answer) in
            // What is done is told where everybody sees it.
            if answer.audience == .everyone, let channel, let thread, await tell(answer, in: channel, below: thread) {
                return
            }
            await respond(answer, at: address)
        }
        let person = Person(id: user.id, name: user.username ?? user.name)
        let conversation = channel.flatMap { channel in thread.map { "\(channel) \($0)" } }
        if let answer = await desk.answer(
            command, by: { person }, in: conversation, within: .zero, late: deliver)
        {
            // There is no room for it in the queue.
            await deliver(answer)
        }
        return .accepted
    }

    /// `POST /slack/events`
    package func event(_ request: ChatRequest) async -> ChatResponse {
        if let refusal = await refusal(of: request, "application/json") { return refusal }
        guard let envelope = try? JSONDecoder().decode(SlackEventEnvelope.self, from: Data(request.body)) else {
            return .refused(400, "it is no event")
        }
        if envelope.type == "url_verification" {
            guard let challenge = envelope.challenge,
                let body = try? JSONEncoder().encode(["challenge": challenge])
            else { return .refused(400, "it is a verification without a challenge") }
            return .json([UInt8](body))
        }
        guard envelope.type == "event_callback", let event = envelope.event, event.type == "app_mention",
            // Two bots that answer each other would never end.
            event.bot_id == nil, event.subtype == nil, let user = event.user, let channel = event.channel,
            let message = event.ts
        else { return .accepted }
        let thread = event.thread_ts ?? message
        let text = SlackTyped.text(ofMention: event.text ?? "")
        let deliver = { @Sendable (answer: Answer) in _ = await tell(answer, in: channel, below: thread) }
        let conversation = "\(channel) \(thread)"
        let incident: IncidentID?
        do throws(JournalError) {
            incident = try await desk.handler.journal.incident(inConversation: conversation)
        } catch {
            logger.error("the journal failed", metadata: ["reason": "\(error)"])
            return .refused(503, "the journal failed")
        }
        // Slack sends an event again, signed anew, when it thinks that it did not arrive.
        if let id = envelope.event_id,
            let refusal = await admission.refusal(of: "slack event \(id)", for: Self.eventMemory, now: desk.clock.now())
        {
            // Slack sends again what is not accepted.
            return refusal.status == 401 ? .accepted : refusal
        }
        let command: Command
        do throws(CommandMistake) {
            command = try CommandParser(thread: incident).parse(text)
        } catch {
            await deliver(.sentences(error.sentence))
            return .accepted
        }
        // Slack's events tell ids only.
        let person = { @Sendable in Person(id: user, name: await names.name(of: user)) }
        if let answer = await desk.answer(
            command, by: person, in: conversation, within: .zero, late: deliver)
        {
            await deliver(answer)
        }
        return .accepted
    }

    // MARK: Admission

    private func refusal(of request: ChatRequest, _ mediaType: String) async -> ChatResponse? {
        let now = desk.clock.now()
        let given = request.header("X-Slack-Signature")
        let timestamp = request.header("X-Slack-Request-Timestamp")
        if let objection = signature.objection(timestamp: timestamp, signature: given, body: request.body, now: now) {
            return .unauthorized(objection)
        }
        if let refusal = await admission.refusal(
            of: "slack \(given ?? "")", for: SlackSignature.tolerance * 2, now: now)
        {
            return refusal
        }
        guard request.mediaType == mediaType else { return .refused(415, "its content type is not \(mediaType)") }
        return nil
    }

    // MARK: Late answers

    private func respond(_ answer: Answer, at address: ResponseAddress?) async {
        guard let address else {
            logger.error("answer not sent", metadata: ["reason": "its response_url is not at a configured host"])
            return
        }
        let request = HTTPRequest(
            method: "POST", url: address.url,
            headers: [HTTPHeader("Content-Type", "application/json; charset=utf-8")],
            body: addressed(answer), deadline: Self.deadline, maximumResponseSize: 64 << 10)
        // Whoever knows the address can post there: it is not told.
        do throws(HTTPError) {
            let response = try await client.send(request)
            guard !(200..<300).contains(response.status) else { return }
            logger.error("answer not taken", metadata: ["status": "\(response.status)"])
        } catch {
            logger.error("answer not sent", metadata: ["reason": "\(error)"])
        }
    }

    private func tell(_ answer: Answer, in channel: String, below thread: String) async -> Bool {
        let reason =
            await post?(answer.slackMessage(in: desk.handler.language), channel, thread)
            ?? (post == nil ? "there is no bot token" : nil)
        guard let reason else { return true }
        logger.error("answer not posted", metadata: ["reason": "\(reason)"])
        return false
    }

    /// Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
    private func addressed(_ answer: Answer) -> [UInt8] {
        let type = answer.audience == .everyone && !answer.isInThread ? "in_channel" : "ephemeral"
        return [UInt8](#"{"response_type":"\#(type)","replace_original":false,"#.utf8)
            + answer.slackMessage(in: desk.handler.language).dropFirst()
    }
}
