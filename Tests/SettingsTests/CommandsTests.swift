import Settings
import Testing

/// What people may ask and order from a chat.
@Suite struct CommandsTests {
    private static let receivers = """
        receivers:
          - name: on-call
            slack: {bot_token: "${TOKEN}", channel: C0123456789}
          - name: platform-team
            teams: {workflow_url: "${WORKFLOW}"}

        """

    private func loaded(_ text: String, receivers: String = receivers) -> LoadedFrom {
        LoadedFrom(
            receivers + text, files: ["/etc/sabueso/secret": "s3cret\n", "/etc/sabueso/token": "AAECAw==\n"],
            environment: ["TOKEN": "xoxb-1", "WORKFLOW": "https://x.environment.api.powerplatform.com/1?sig=y"])
    }

    @Test func `without the section nobody can ask for anything`() throws {
        #expect(try loaded("").settings().commands == Settings.Commands())
    }

    @Test func `everything that is given is read`() throws {
        let commands = try loaded(
            """
            commands:
              slack: {signing_secret_file: secret, response_hosts: [Hooks.Slack-Gov.com]}
              teams: {security_token_file: token, receiver: platform-team}
              silence:
                alertmanager: {url: "http://alertmanager:9093/", timeout: 5s}
                users: [U0123456789, 00000000-0000-0000-0000-000000000001]
                groups: [S0123456789]
                longest: 4h
            """
        ).settings().commands
        #expect(commands.slack?.signingSecret == Secret("s3cret"))
        #expect(commands.slack?.responseHosts == ["hooks.slack-gov.com"])
        #expect(commands.teams == Settings.Commands.Teams(securityToken: Secret("AAECAw=="), receiver: "platform-team"))
        let silence = try #require(commands.silence)
        #expect(silence.alertmanager.url == "http://alertmanager:9093")
        #expect(silence.alertmanager.timeout == .seconds(5))
        #expect(silence.users.count == 2 && silence.groups == ["S0123456789"])
        #expect(silence.longest == .seconds(14_400))
    }

    @Test func `answers go to Slack's own host, and silences last a day at most, unless said otherwise`() throws {
        let commands = try loaded(
            """
            commands:
              slack: {signing_secret_file: secret}
              silence: {alertmanager: {url: "http://alertmanager:9093"}, users: [U0123456789]}
            """
        ).settings().commands
        #expect(commands.slack?.responseHosts == ["hooks.slack.com"])
        #expect(commands.silence?.longest == .seconds(86_400))
    }

    @Test(arguments: [
        ("slack: {}", "signing_secret_file is missing"),
        ("slack: {signing_secret: abc}", "must not stand in the configuration"),
        ("slack: {signing_secret_file: secret, response_hosts: ['https://x']}", "expected the name of a host"),
        ("slack: {signing_secret_file: secret, secret: x}", "unknown key"),
        ("teams: {security_token_file: secret}", "is not in base64"),
        ("teams: {security_token_file: token, receiver: on-call}", "there is no receiver of this name with teams"),
        ("silence: {alertmanager: {url: 'http://a'}, users: [U0123456]}", "nobody can ask for a silence"),
        (
            "{slack: {signing_secret_file: secret}, silence: {alertmanager: {url: 'http://a'}}}",
            "users or groups is missing"
        ),
        ("{slack: {signing_secret_file: secret}, silence: {users: [U0123456]}}", "alertmanager is missing"),
        (
            "{slack: {signing_secret_file: secret}, silence: {alertmanager: {url: 'http://a'}, users: ['@me']}}",
            "expected an id such as U0123456789"
        ),
        (
            "{slack: {signing_secret_file: secret}, silence: {alertmanager: {url: 'http://a'}, users: [U0123456], longest: 1s}}",
            "expected a duration"
        ),
    ])
    func `what does not fit is refused with its reason`(row: (section: String, told: String)) {
        let text = row.section.hasPrefix("{") ? "commands: \(row.section)" : "commands:\n  \(row.section)"
        let problems = loaded(text).problems()
        #expect(problems.contains { $0.contains(row.told) }, "\(problems)")
    }

    @Test func `groups need a token to ask who is in them`() {
        let problems = loaded(
            """
            commands:
              slack: {signing_secret_file: secret}
              silence: {alertmanager: {url: "http://a"}, groups: [S0123456789]}
            """, receivers: ""
        ).problems()
        #expect(problems.count == 1 && problems[0].contains("commands.silence.groups"), "\(problems)")
    }

    @Test func `no problem and no description tells a secret`() throws {
        let commands = try loaded("commands: {slack: {signing_secret_file: secret}}").settings().commands
        #expect(!"\(commands)".contains("s3cret"))
    }
}
