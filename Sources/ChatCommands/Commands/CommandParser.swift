package import Journal
import Languages
import Settings

/// Reads a command as people type it: `ack i-42`.
package struct CommandParser: Sendable {
    /// Of a note, a reason, or what a cause really was. Slack's messages have 40,000; nobody reads that twice.
    static let longestText = 2000
    /// Of a service's name.
    static let longestName = 200
    /// What `why` looks at when no time is given, and what it may be.
    static let usualLookback = Duration.seconds(1800)
    static let lookbacks = Duration.seconds(60) ... .seconds(86_400)
    static let usualSilence = Duration.seconds(3600)

    /// The commands with what follows them, in the order of the help.
    static let forms: [(verb: String, rest: Phrase, meaning: Phrase)] = [
        ("status", "", "what is open"),
        ("why", "[service] [30m]", "looks for a cause now, without an alert"),
        ("incident", "i-42", "what is known of it"),
        ("replay", "i-42", "investigates it again, at its own time"),
        ("similar", "i-42", "earlier ones with the same cause"),
        ("ack", "i-42", "you take care of it"),
        ("note", "i-42 text", "keeps a note on it"),
        ("right", "i-42", "the cause was right"),
        ("wrong", "i-42 [what it was]", "the cause was wrong"),
        ("silence", "i-42 1h [reason]", "silences its alerts in Alertmanager"),
        ("unsilence", "i-42", "ends that silence"),
        ("help", "", "this list"),
    ]
    /// Other words for the same.
    private static let synonyms = ["acknowledge": "ack", "?": "help"]

    /// After the incident they take words of a person's own.
    private static let takingText: Set<String> = ["note", "silence", "wrong"]

    /// The incident of the thread that the command is typed in: its id may be left out there.
    let thread: IncidentID?

    package init(thread: IncidentID? = nil) {
        self.thread = thread
    }

    package func parse(_ text: String) throws(CommandMistake) -> Command {
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        guard let first = words.popFirst() else { return .help }
        let typed = first.lowercased()
        let verb = Self.synonyms[typed] ?? typed
        switch verb {
        case "help": return .help
        case "status": return .status
        case "why": return try why(words)
        case "incident": return .incident(try only(&words, verb))
        case "replay": return .replay(try only(&words, verb))
        case "similar": return .similar(try only(&words, verb))
        case "ack": return .acknowledge(try only(&words, verb))
        case "right": return .right(try only(&words, verb))
        case "unsilence": return .endSilence(try only(&words, verb))
        case "wrong": return .wrong(try incident(&words, verb), actual: try rest(words, verb))
        case "note":
            let id = try incident(&words, verb, takesNumbers: thread == nil)
            guard !words.isEmpty else { throw CommandMistake(sentence: "A note needs a text: `note \(id) text`.") }
            return .note(id, try rest(words, verb))
        case "silence": return try silence(words)
        default: throw unknown(String(first))
        }
    }

    // MARK: Parts

    private func why(_ words: ArraySlice<Substring>) throws(CommandMistake) -> Command {
        var service: String?
        var lookback: Duration?
        for word in words {
            if lookback == nil, let duration = Self.duration(word) {
                guard Self.lookbacks.contains(duration) else {
                    throw CommandMistake(
                        sentence: "`why` looks back 1 minute at least and 1 day at most, as in `why shop 30m`.")
                }
                lookback = duration
            } else if service == nil, word.utf8.count <= Self.longestName {
                service = String(word)
            } else {
                throw CommandMistake(sentence: "`why` takes one service and one time, as in `why shop 30m`.")
            }
        }
        guard service != nil || thread != nil else {
            throw CommandMistake(sentence: "Say which service, as in `why shop 30m`.")
        }
        return .why(
            service: service, incident: service == nil ? thread : nil, lookback: lookback ?? Self.usualLookback)
    }

    private func silence(_ words: ArraySlice<Substring>) throws(CommandMistake) -> Command {
        var words = words
        let id = try incident(&words, "silence", takesNumbers: thread == nil)
        var lasting = Self.usualSilence
        if let word = words.first, word.first?.isNumber == true {
            guard let duration = Self.duration(word), duration > .zero else {
                throw CommandMistake(
                    sentence: "\(ChatText.quoted(word)) is no time: it should look like 30m, 2h or 1h30m.")
            }
            lasting = duration
            words.removeFirst()
        }
        return .silence(id, lasting: lasting, reason: try rest(words, "silence"))
    }

    private static func duration(_ word: Substring) -> Duration? {
        word.first?.isNumber == true ? DurationText.parse(word.lowercased()) : nil
    }

    /// The incident's id, and nothing behind it.
    private func only(_ words: inout ArraySlice<Substring>, _ verb: String) throws(CommandMistake) -> IncidentID {
        let id = try incident(&words, verb)
        guard let extra = words.first else { return id }
        throw CommandMistake(
            sentence: "`\(verb)` takes an incident's id and nothing else; what is \(ChatText.quoted(extra))?")
    }

    /// - Parameter takesNumbers: whether `42` is an id too, and not the beginning of a text.
    private func incident(
        _ words: inout ArraySlice<Substring>, _ verb: String, takesNumbers: Bool = true
    ) throws(CommandMistake) -> IncidentID {
        if let word = words.first, takesNumbers || word.lowercased().hasPrefix("i-"),
            let id = IncidentID(word.lowercased())
        {
            words.removeFirst()
            return id
        }
        if let word = words.first, word.lowercased().hasPrefix("i-") || thread == nil {
            throw CommandMistake(
                sentence: "\(ChatText.quoted(word)) is no incident's id: ids look like i-42, and `status` lists them.",
                lacksIncident: Self.takingText.contains(verb) && !word.lowercased().hasPrefix("i-"))
        }
        guard let thread else {
            throw CommandMistake(
                sentence: "Say which incident, as in `\(verb) i-42`; `status` lists the open ones.", lacksIncident: true
            )
        }
        return thread
    }

    private func rest(_ words: ArraySlice<Substring>, _ verb: String) throws(CommandMistake) -> String {
        let text = words.joined(separator: " ")
        guard text.utf8.count <= Self.longestText else {
            throw CommandMistake(sentence: "That is too long: `\(verb)` takes \(Self.longestText) characters.")
        }
        return text
    }

    private func unknown(_ word: String) -> CommandMistake {
        let verbs = Self.forms.map(\.verb)
        // Longer ones are no misspelt command, and are not worth comparing.
        let nearest = word.utf8.count <= Self.longestName ? NearestWord.to(word, among: verbs) : nil
        let quoted = ChatText.quoted(word)
        return CommandMistake(
            sentence: nearest.map { "\(quoted) is no command; did you mean `\($0)`?" }
                ?? "\(quoted) is no command; `help` lists the commands.")
    }
}
