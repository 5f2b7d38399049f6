extension Settings {
    /// A chat channel that gets messages.
    package struct Receiver: Hashable, Sendable {
        package enum Platform: Hashable, Sendable {
            /// An incoming webhook of Slack.
            case slack(webhookURL: Secret)
            /// The URL of a Teams workflow "when a Teams webhook request is received".
            case teams(workflowURL: Secret)
        }

        /// How fast messages may follow each other.
        package struct Pacing: Hashable, Sendable {
            /// Between two messages, once the burst is used up.
            package var interval: Duration
            /// Messages that may go out at once after a quiet time.
            package var burst: Int

            package init(interval: Duration, burst: Int) {
                self.interval = interval
                self.burst = burst
            }

            /// About one message a second for a channel, short bursts allowed.
            ///
            /// Source: https://api.slack.com/apis/rate-limits
            package static let slack = Pacing(interval: .seconds(1), burst: 4)
            /// The older connectors took 4 in a second and 60 in 30 s; the longer limits hold whatever is set here.
            package static let teams = Pacing(interval: .milliseconds(500), burst: 2)
        }

        package var name: String
        package var platform: Platform
        package var pacing: Pacing

        package init(name: String, platform: Platform, pacing: Pacing? = nil) {
            self.name = name
            self.platform = platform
            self.pacing = pacing ?? platform.usualPacing
        }
    }
}

extension Settings.Receiver.Platform {
    package var usualPacing: Settings.Receiver.Pacing {
        switch self {
        case .slack: .slack
        case .teams: .teams
        }
    }
}

extension Settings.Receiver {
    init?(_ reader: YAMLReader) {
        let name = reader.required("name", as: .text)
        let slack = reader.optional("slack", as: .section { $0.requiredSecretURL("webhook_url") })
        let teams = reader.optional("teams", as: .section { $0.requiredSecretURL("workflow_url") })
        switch (reader.has("slack"), reader.has("teams")) {
        case (true, true): reader.report("slack and teams are both given: make two receivers of it")
        case (false, false): reader.report("slack or teams is missing")
        default: break
        }
        let platform = slack.map(Platform.slack) ?? teams.map(Platform.teams)
        let usual = platform?.usualPacing ?? .slack
        let pacing = reader.optional("pacing", as: .section { Pacing($0, usual) })
        guard let name, let platform else { return nil }
        self.init(name: name, platform: platform, pacing: pacing)
    }

    /// The names under `receivers`, also of those that have a problem.
    static func names(in reader: YAMLReader) -> [(name: String, node: YAMLNode)] {
        (reader.node("receivers")?.items ?? []).compactMap { receiver in
            guard let node = receiver["name"], let name = node.rawScalar else { return nil }
            return (name, node)
        }
    }

    /// Two receivers of one name could not be told apart in the journal.
    static func reportRepeatedNames(in reader: YAMLReader) {
        var seen: Set<String> = []
        for (name, node) in names(in: reader) where !seen.insert(name).inserted {
            node.report("there is a receiver of this name already")
        }
    }
}

extension Settings.Receiver.Pacing {
    init(_ reader: YAMLReader, _ usual: Self) {
        self = usual
        reader.read("interval", as: .duration(in: .zero ... .seconds(3600)), into: &interval)
        reader.read("burst", as: .integer(in: 1...1000), into: &burst)
    }
}
