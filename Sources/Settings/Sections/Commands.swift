import FoundationEssentials
package import Languages

extension Settings {
    /// What people may ask and order from a chat. Empty: nothing, and the service has no address for it.
    package struct Commands: Hashable, Sendable {
        package var slack: Slack?
        package var teams: Teams?
        /// nil: nobody can silence an alert from a chat.
        package var silence: Silence?
        /// Of the answers; nil: that of the receivers where all have the same, else English.
        package var language: Language?

        package init() {}

        /// A Slack app that sends slash commands, mentions and pressed buttons.
        package struct Slack: Hashable, Sendable {
            /// By which the app signs what it sends.
            package var signingSecret: Secret
            /// Where answers may be posted that take longer: the hosts of `response_url`.
            package var responseHosts: [String] = Self.standardHosts

            package static let standardHosts = ["hooks.slack.com"]

            package init(signingSecret: Secret) {
                self.signingSecret = signingSecret
            }
        }

        /// An outgoing webhook of a team.
        package struct Teams: Hashable, Sendable {
            /// As Teams shows it once, in base64.
            package var securityToken: Secret
            /// The receiver that gets what takes longer than Teams waits; nil: the answer says so.
            package var receiver: String?

            package init(securityToken: Secret, receiver: String? = nil) {
                self.securityToken = securityToken
                self.receiver = receiver
            }
        }

        /// Silences by Alertmanager's API.
        package struct Silence: Hashable, Sendable {
            package var alertmanager: Connection
            /// Who may: ids of Slack's users (`U…`), or object ids of Teams' users.
            package var users: [String] = []
            /// The same for Slack's user groups (`S…`).
            package var groups: [String] = []
            package var longest: Duration = .seconds(86_400)

            package init(alertmanager: Connection) {
                self.alertmanager = alertmanager
            }
        }
    }
}

extension Settings.Commands {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("slack", as: .section(Slack.init), into: &slack)
        reader.read("teams", as: .section(Teams.init), into: &teams)
        reader.read("silence", as: .section(Silence.init), into: &silence)
        language = reader.optional("language", as: .oneOf(Language.self))
        if reader.has("silence"), !reader.has("slack"), !reader.has("teams") {
            reader.report("nobody can ask for a silence: give slack or teams as well")
        }
    }

    /// What the commands need of the receivers.
    func reportWhatDoesNotFit(_ receivers: [Settings.Receiver], in reader: YAMLReader) {
        guard let commands = reader.node("commands") else { return }
        if let name = teams?.receiver {
            let fitting = receivers.contains { receiver in
                if case .teams = receiver.platform { return receiver.name == name }
                return false
            }
            if !fitting { commands["teams"]?["receiver"]?.report("there is no receiver of this name with teams") }
        }
        let hasBot = receivers.contains { receiver in
            if case .slackBot = receiver.platform { return true }
            return false
        }
        if let silence, !silence.groups.isEmpty, !hasBot {
            commands["silence"]?["groups"]?.report(
                "who is in a group is asked with a bot token: give a receiver slack.bot_token, or list users instead")
        }
    }
}

extension Settings.Commands.Slack {
    init?(_ reader: YAMLReader) {
        let secret = reader.requiredSecret("signing_secret")
        let hosts = reader.optional("response_hosts", as: .list(of: .hostName))
        guard let secret else { return nil }
        self.init(signingSecret: secret)
        if let hosts { responseHosts = hosts }
    }
}

extension Settings.Commands.Teams {
    init?(_ reader: YAMLReader) {
        let token = reader.requiredSecret("security_token")
        let receiver = reader.optional("receiver", as: .text)
        guard let token else { return nil }
        guard let key = Data(base64Encoded: token.revealed), !key.isEmpty else {
            (reader.node("security_token") ?? reader.node("security_token_file"))?.report(
                "is not in base64: give the security token as Teams shows it")
            return nil
        }
        self.init(securityToken: token, receiver: receiver)
    }
}

extension Settings.Commands.Silence {
    init?(_ reader: YAMLReader) {
        let connection = reader.required("alertmanager", as: .section(Connection.init))
        let users = reader.optional("users", as: .list(of: .chatIdentifier)) ?? []
        let groups = reader.optional("groups", as: .list(of: .chatIdentifier)) ?? []
        let longest = reader.optional("longest", as: .duration(in: .seconds(60) ... .seconds(2_592_000)))
        if !reader.has("users"), !reader.has("groups") {
            reader.report("users or groups is missing: who may silence alerts")
        }
        guard let connection else { return nil }
        self.init(alertmanager: connection)
        self.users = users
        self.groups = groups
        if let longest { self.longest = longest }
    }
}

extension YAMLShape<String> {
    fileprivate static var hostName: YAMLShape {
        .scalar("the name of a host", isText: true) { text in
            text.wholeMatch(of: /[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/).map { _ in text.lowercased() }
        }
    }

    /// `U0123456789`, `S0123456789`, or an object id of Entra.
    fileprivate static var chatIdentifier: YAMLShape {
        .scalar("an id such as U0123456789", isText: true) { text in
            text.wholeMatch(of: /[A-Za-z0-9-]{6,64}/).map { _ in text }
        }
    }
}
