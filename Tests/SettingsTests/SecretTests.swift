import Settings
import Testing

@Suite struct SecretTests {
    private static let value = "xoxb-do-not-print"

    @Test func `a secret prints as redacted, however it is printed`() {
        struct Holder { let secret: Secret }
        let holder = Holder(secret: Secret(Self.value))
        var dumped = ""
        dump(holder, to: &dumped)
        let printed = [
            "\(holder.secret)", String(reflecting: holder.secret), "\(holder)", String(reflecting: holder),
            "\([holder.secret])", "\(Optional(holder.secret) as Any)", dumped,
            "\(Mirror(reflecting: holder.secret).children.map(\.value))",
        ]
        for text in printed { #expect(!text.contains(Self.value), "\(text)") }
        #expect("\(holder.secret)" == "<redacted>")
        #expect(dumped.contains("<redacted>"))
    }

    @Test func `loaded settings print without their secrets`() throws {
        let settings = try LoadedFrom(
            """
            server: {authorization: {bearer: "${TOKEN}"}}
            tempo: {url: http://t, authorization: {basic: {username: u, password_file: p}}}
            receivers: [{name: a, slack: {webhook_url: "${HOOK}"}}]
            """, files: ["/etc/sabueso/p": Self.value + "\n"],
            environment: ["TOKEN": Self.value, "HOOK": "https://hooks.slack.com/\(Self.value)"]
        ).settings()
        var dumped = ""
        dump(settings, to: &dumped)
        #expect(!dumped.contains(Self.value))
        #expect(!"\(settings)".contains(Self.value))
        #expect(settings.server.authorization == .bearer(Secret(Self.value)))
        #expect(settings.tempo?.connection.authorization == .basic(username: "u", password: Secret(Self.value)))
        let slack = Settings.Receiver.Platform.slack(webhookURL: Secret("https://hooks.slack.com/\(Self.value)"))
        #expect(settings.receivers.map(\.platform) == [slack])
    }

    private func bearer(
        _ yaml: String, files: [String: String] = [:], environment: [String: String] = [:]
    ) -> LoadedFrom {
        LoadedFrom("server: {authorization: {\(yaml)}}", files: files, environment: environment)
    }

    @Test(arguments: [
        ("token", "token"), ("token\n", "token"), ("token\r\n", "token"), (" to ken \n\n", " to ken "),
    ])
    func `a secret's file loses only the newline at its end`(content: String, secret: String) throws {
        let settings = try bearer("bearer_file: t", files: ["/etc/sabueso/t": content]).settings()
        #expect(settings.server.authorization == .bearer(Secret(secret)))
    }

    @Test func `a secret's path is absolute, or relative to the configuration`() throws {
        for (path, file) in [("/run/t", "/run/t"), ("s/t", "/etc/sabueso/s/t"), ("${DIR}/t", "/run/x/t")] {
            let loaded = bearer("bearer_file: \"\(path)\"", files: [file: "a"], environment: ["DIR": "/run/x"])
            #expect(try loaded.settings().server.authorization == .bearer(Secret("a")))
        }
    }

    @Test func `what neither fetches nor sends anything needs no secrets and no cluster`() throws {
        var files = LoadedFrom(
            """
            server: {authorization: {bearer_file: missing}}
            kubernetes: {in_cluster: true}
            receivers:
              - {name: hook, slack: {webhook_url: "${HOOK}"}}
              - {name: bot, slack: {bot_token: "${TOKEN}", channel: C0123456789}}
              - {name: flow, teams: {workflow_url_file: missing}}
            """)
        #expect(files.problems().count == 5)
        files.leavesOutSecrets = true
        #expect(try files.settings().receivers.map(\.name) == ["hook", "bot", "flow"])
        // A secret that stands in the configuration is a mistake all the same.
        files.files[LoadedFrom.main] = "server: {authorization: {bearer: \(Self.value)}}"
        #expect(files.problems().count == 1)
    }

    @Test func `a secret that cannot be had is refused, and never shown`() {
        let key = "sabueso.yaml:1: server.authorization"
        #expect(bearer("bearer_file: t").problems() == ["\(key).bearer_file: there is no file /etc/sabueso/t"])
        var forbidden = bearer("bearer_file: t")
        forbidden.forbidden = ["/etc/sabueso/t"]
        #expect(forbidden.problems() == ["\(key).bearer_file: cannot read /etc/sabueso/t: permission denied"])
        #expect(
            bearer("bearer_file: t", files: ["/etc/sabueso/t": "\n"]).problems() == [
                "\(key).bearer_file: /etc/sabueso/t is empty"
            ])
        #expect(
            bearer("bearer_file: t", files: ["/etc/sabueso/t": "\(Self.value)\nX-Forged: 1\n"]).problems() == [
                "\(key).bearer_file: the secret has a line break or a control character in it"
            ])
        #expect(
            bearer("bearer: \"${TOKEN}\"").problems() == [
                "\(key).bearer: the environment variable TOKEN is not set"
            ])
        #expect(
            bearer("bearer: \"${TOKEN}\"", environment: ["TOKEN": ""]).problems() == [
                "\(key).bearer: the environment variable is empty"
            ])
        #expect(
            bearer("bearer: \(Self.value)").problems() == [
                "\(key).bearer: a secret must not stand in the configuration: use bearer_file, or ${VARIABLE}"
            ])
        #expect(
            bearer("bearer: \"$${TOKEN}\"").problems() == [
                "\(key).bearer: a secret must not stand in the configuration: use bearer_file, or ${VARIABLE}"
            ])
        #expect(
            bearer("bearer: \"${TOKEN}\", bearer_file: t", environment: ["TOKEN": "a"]).problems() == [
                "\(key).bearer_file: bearer is given too: keep one of the two"
            ])
    }

    @Test func `a webhook's URL must be one, and is a secret even then`() {
        func problems(_ url: String) -> [String] {
            LoadedFrom(
                "receivers: [{name: a, slack: {webhook_url: \"${HOOK}\"}}]", environment: ["HOOK": url]
            ).problems()
        }
        #expect(problems("https://hooks.slack.com/services/T/B/x") == [])
        #expect(problems("http://127.0.0.1:8080/slack?code=1") == [])
        #expect(problems("http://[::1]:8080/slack") == [])
        let key = "sabueso.yaml:1: receivers[0].slack.webhook_url"
        #expect(
            problems(Self.value) == [
                "\(key): is not a URL of a web server: it must begin with http:// or https://"
            ])
    }

    @Test(arguments: ["http://hooks.slack.com/x", "http://127.0.0.1.example.com/x", "http://1270.0.0.1/x"])
    func `a webhook is not posted to in the clear`(url: String) {
        let loaded = LoadedFrom(
            "receivers: [{name: a, slack: {webhook_url_file: u}}]", files: ["/etc/sabueso/u": url])
        #expect(
            loaded.problems() == [
                "sabueso.yaml:1: receivers[0].slack.webhook_url_file: is a secret and must begin with https://; "
                    + "http:// is for this machine itself only"
            ])
    }

    @Test func `a secret in a wrong place is not repeated`() {
        let url = "https://hooks.slack.com/services/T00/B00/\(Self.value)"
        for yaml in [
            "receivers: [{name: a, slack: \(url)}]", "receivers: [{name: a, slack: {webhook_url: [\(url)]}}]",
            "shutdown_grace: \(url)", "logging: {level: \(url)}", "server: {port: \"${HOOK}\"}",
            "logging: {level: \"${HOOK}\"}", "tempo: {url: \"${HOOK}?a\"}", "playbooks: [\"${HOOK}\"]",
        ] where !yaml.hasPrefix("playbooks") {
            let problems = LoadedFrom(yaml, environment: ["HOOK": url]).problems()
            #expect(!problems.isEmpty)
            #expect(!problems.joined().contains(Self.value), "\(problems)")
        }
    }

    @Test func `variables are filled in anywhere, and a doubled dollar keeps them literal`() throws {
        let loaded = LoadedFrom(
            """
            server:
              host: "${A}-${B}"
              port: ${PORT}
            journal: {path: "$${HOME}/a$b$"}
            shutdown_grace: ${GRACE}
            """, environment: ["A": "x", "B": "${A}", "PORT": "80", "GRACE": "1m"])
        let settings = try loaded.settings()
        #expect(settings.server.host == "x-${A}")
        #expect(settings.server.port == 80)
        #expect(settings.journal.path == "${HOME}/a$b$")
        #expect(settings.shutdownGrace == .seconds(60))
    }

    @Test func `variables that are missing or malformed are named, each of them`() {
        #expect(
            LoadedFrom("server: {host: \"${A}${B}\"}\njournal: {path: \"${A-B} ${C\"}").problems() == [
                "sabueso.yaml:1: server.host: the environment variable A is not set",
                "sabueso.yaml:1: server.host: the environment variable B is not set",
                "sabueso.yaml:2: journal.path: `${A-B}` is not the name of an environment variable",
                "sabueso.yaml:2: journal.path: `${` without `}`; write `$${` for a literal `${`",
            ])
    }
}
