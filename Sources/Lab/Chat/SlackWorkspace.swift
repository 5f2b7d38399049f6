import Scenarios
import Telemetry

/// What is in the channels of the lab's Slack, and what may be put there.
struct SlackWorkspace: Sendable {
    let settings: SlackSettings
    /// In the channels themselves, by channel, the oldest first.
    private var messages: [String: [SlackMessage]] = [:]
    private var uploads: [String: Upload] = [:]
    private var responses: [String: Response] = [:]
    private var paces: [String: SlackPace] = [:]
    private(set) var pace = SlackPaceRecord()
    private var count = 0

    /// A file between its three requests.
    private struct Upload {
        let name: String
        let length: Int
        var bytes: [UInt8]?
    }

    /// Where an answer to a command or a button goes.
    private struct Response {
        let channel: String
        let message: String?
        let until: Timestamp
        var uses = 0
    }

    init(_ settings: SlackSettings) { self.settings = settings }

    func messages(in channel: String) -> [SlackMessage] {
        messages[(try? find(channel, byName: true))?.id ?? ""] ?? []
    }

    // MARK: Messages

    /// - Parameters:
    ///   - channel: its id or its name.
    ///   - thread: the timestamp of the message whose thread it goes to.
    mutating func post(
        _ message: JSON, to channel: String, thread: String?, at now: Timestamp
    ) throws(SlackRefusal) -> SlackMessage {
        let channel = try open(channel, byName: true)
        let parent = try thread.map { thread throws(SlackRefusal) in try root(thread, in: channel) }
        if let problem = SlackRules.problem(in: message) { throw SlackRefusal(problem) }
        try take(.channel, "channel \(channel.id)", at: now)
        return add(message, to: channel.id, below: parent, at: now)
    }

    /// The blocks stay when the new message has none, as Slack's documentation says.
    mutating func update(
        _ message: JSON, at timestamp: String, in channel: String, at now: Timestamp
    ) throws(SlackRefusal) -> SlackMessage {
        let channel = try open(channel, byName: false)
        guard let place = place(of: timestamp, in: channel.id) else { throw SlackRefusal("message_not_found") }
        let old = JSON(parsing: self[place].body.utf8)
        var merged = message
        if message["blocks"] == nil, let blocks = old?["blocks"], case .object(let members) = message {
            merged = .object(members + [.init(name: "blocks", value: blocks)])
        }
        if let problem = SlackRules.problem(in: merged) { throw SlackRefusal(problem) }
        try take(.tier3, "chat.update", at: now)
        self[place].versions.append(merged.compact)
        return self[place]
    }

    private mutating func add(
        _ message: JSON, to channel: String, below parent: Int?, at now: Timestamp, isEphemeral: Bool = false
    ) -> SlackMessage {
        count += 1
        let digits = String(count % 1_000_000)
        let added = SlackMessage(
            channel: channel,
            timestamp: "\(now.seconds).\(String(repeating: "0", count: 6 - digits.count))\(digits)",
            isEphemeral: isEphemeral, versions: [message.compact])
        if let parent {
            messages[channel, default: []][parent].replies.append(added)
        } else {
            messages[channel, default: []].append(added)
        }
        return added
    }

    // MARK: Files

    mutating func reserve(_ name: String, length: Int, at now: Timestamp) throws(SlackRefusal) -> String {
        try take(.tier4, "files.getUploadURLExternal", at: now)
        count += 1
        let id = "F\(count)LAB"
        uploads[id] = Upload(name: name, length: length)
        return id
    }

    /// - Returns: why the bytes are not taken; nil when they are.
    mutating func receive(_ bytes: [UInt8], for id: String) -> String? {
        guard let upload = uploads[id] else { return "no such upload" }
        guard bytes.count == upload.length else {
            return "\(bytes.count) bytes came and \(upload.length) were announced"
        }
        uploads[id]?.bytes = bytes
        return nil
    }

    /// - Parameter channel: its id; a name is not taken here.
    mutating func share(
        _ files: [(id: String, title: String?)], in channel: String, thread: String?, at now: Timestamp
    ) throws(SlackRefusal) -> [SlackFile] {
        let channel = try open(channel, byName: false)
        let parent = try thread.map { thread throws(SlackRefusal) in try root(thread, in: channel) }
        var shared: [SlackFile] = []
        for file in files {
            guard let upload = uploads[file.id], let bytes = upload.bytes else { throw SlackRefusal("file_not_found") }
            shared.append(SlackFile(id: file.id, name: upload.name, title: file.title ?? upload.name, bytes: bytes))
        }
        try take(.tier4, "files.completeUploadExternal", at: now)
        // A file is completed once.
        for file in shared { uploads[file.id] = nil }
        if let parent {
            messages[channel.id, default: []][parent].files += shared
        } else {
            let index = messages[channel.id, default: []].count
            _ = add(["text": ""], to: channel.id, below: nil, at: now)
            messages[channel.id]?[index].files = shared
        }
        return shared
    }

    // MARK: Answers to people

    /// "Up to 5 times within 30 minutes". Source: https://docs.slack.dev/interactivity/handling-user-interaction
    private static let maximumResponses = 5
    private static let responseTime = Duration.seconds(30 * 60)

    /// - Parameter message: the one with the button that was pressed.
    mutating func openResponse(channel: String, message: String?, at now: Timestamp) -> String {
        count += 1
        let id = "R\(count)LAB"
        responses[id] = Response(channel: channel, message: message, until: now + Self.responseTime)
        return id
    }

    /// What is sent to a `response_url`: a message to the channel or to who asked, or the message's new form.
    mutating func respond(_ payload: JSON, to id: String, at now: Timestamp) throws(SlackRefusal) -> SlackMessage {
        guard let response = responses[id] else { throw SlackRefusal("no_service") }
        guard now <= response.until else { throw SlackRefusal("expired_url") }
        guard response.uses < Self.maximumResponses else { throw SlackRefusal("used_url") }
        let message = payload.without(["replace_original", "response_type", "thread_ts"])
        if let problem = SlackRules.problem(in: message) { throw SlackRefusal(problem) }
        responses[id]?.uses += 1
        if payload["replace_original"] == true, let timestamp = response.message,
            let place = place(of: timestamp, in: response.channel)
        {
            self[place].versions.append(message.compact)
            return self[place]
        }
        let isEphemeral = payload["response_type"]?.text != "in_channel"
        let channel = try open(response.channel, byName: false)
        let parent = try payload["thread_ts"]?.text.map { thread throws(SlackRefusal) in try root(thread, in: channel) }
        return add(message, to: response.channel, below: parent, at: now, isEphemeral: isEphemeral)
    }

    // MARK: Finding

    private func find(_ channel: String, byName: Bool) throws(SlackRefusal) -> SlackChannel {
        let name = channel.hasPrefix("#") ? String(channel.dropFirst()) : channel
        guard let found = settings.channels.first(where: { $0.id == channel || byName && $0.name == name }) else {
            throw SlackRefusal("channel_not_found")
        }
        return found
    }

    private func open(_ channel: String, byName: Bool) throws(SlackRefusal) -> SlackChannel {
        let channel = try find(channel, byName: byName)
        switch channel.state {
        case .joined: return channel
        case .notInvited: throw SlackRefusal("not_in_channel")
        case .archived: throw SlackRefusal("is_archived")
        }
    }

    /// Where a message of the channel stands; a reply is no root of a thread.
    private func root(_ timestamp: String, in channel: SlackChannel) throws(SlackRefusal) -> Int {
        guard let index = messages[channel.id]?.firstIndex(where: { $0.timestamp == timestamp && !$0.isEphemeral })
        else { throw SlackRefusal("thread_not_found") }
        return index
    }

    private struct Place {
        let channel: String
        let index: Int
        let reply: Int?
    }

    private func place(of timestamp: String, in channel: String) -> Place? {
        for (index, message) in (messages[channel] ?? []).enumerated() where !message.isEphemeral {
            if message.timestamp == timestamp { return Place(channel: channel, index: index, reply: nil) }
            if let reply = message.replies.firstIndex(where: { $0.timestamp == timestamp }) {
                return Place(channel: channel, index: index, reply: reply)
            }
        }
        return nil
    }

    private subscript(place: Place) -> SlackMessage {
        get {
            let message = messages[place.channel, default: []][place.index]
            return place.reply.map { message.replies[$0] } ?? message
        }
        set {
            if let reply = place.reply {
                messages[place.channel, default: []][place.index].replies[reply] = newValue
            } else {
                messages[place.channel, default: []][place.index] = newValue
            }
        }
    }

    // MARK: Pace

    /// - Parameter lane: what the pace is kept for.
    mutating func take(_ standard: SlackPace, _ lane: String, at now: Timestamp) throws(SlackRefusal) {
        guard settings.limitsRate,
            case .refused(let retryAfter, let wasTold) = paces[lane, default: standard].turn(at: now)
        else { return }
        pace.refused += 1
        if wasTold { pace.impatient += 1 }
        throw .limited(retryAfter: retryAfter)
    }
}
