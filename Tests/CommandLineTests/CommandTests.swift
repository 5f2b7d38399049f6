import TestSupport
import Testing

@Suite struct CommandTests {
    @Test(arguments: ["serve", "demo", "analyze", "replay", "preview", "check", "migrate-config"])
    func `the help of each command shows an example`(command: String) async throws {
        let help = try await Program(command, "--help")
        #expect(help.code == 0)
        #expect(help.text.contains("Example"))
        #expect(help.text.contains("sabueso \(command) "))
    }

    @Test(arguments: [
        ["analyse"], ["analyze"], ["analyze", "--case", "x", "--format", "yaml"], ["replay"],
        ["replay", "--payload", "a", "--incident", "i-1"], ["replay", "--incident", "forty-two"], ["demo", "volcano"],
        ["check"], ["check", "--offline", "--online"], ["check", "--offline", "--format", "json"],
        ["check", "--offline", "--send-test", "a"], ["serve", "--colour"], ["preview"],
        ["preview", "--case", "x", "--kind", "letter"], ["preview", "--case", "x", "--receiver", "a"],
        ["preview", "--case", "x", "--receiver", "a", "--config", "y", "--platform", "teams"],
    ])
    func `wrong use ends with 2 and says what is right`(arguments: [String]) async throws {
        let process = try ChildProcess(BuiltProgram.path(), arguments)
        #expect(await process.exitCode() == 2)
        #expect(process.text.contains("Usage:") || process.text.contains("Error:"), "\(process.text)")
    }

    @Test(arguments: [
        (["analyze", "--case", "Tests/Fixtures/nowhere"], "is not a folder"),
        (["replay", "--payload", "Package.swift"], "not valid JSON"),
        (["replay", "--payload", "Tests/nowhere.json"], "cannot be read"),
        (["check", "--offline", "--config", "nowhere.yaml"], "there is no such file"),
        (["serve", "--config", "Package.swift"], "the configuration cannot be used"),
    ])
    func `a failed run ends with 1 and says why`(arguments: [String], reason: String) async throws {
        let process = try ChildProcess(BuiltProgram.path(), arguments, in: Repository.root)
        #expect(await process.exitCode() == 1)
        #expect(process.text.contains(reason), "\(process.text)")
    }

    @Test func `a journal that cannot be opened is a failed run, not a crash`() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("journal: {path: /proc/nowhere/journal.sqlite}\n", to: "sabueso.yaml")
        let run = try await Program("serve", "--config", config)
        #expect(run.code == 1)
        #expect(run.text.contains("/proc/nowhere/journal.sqlite"))
    }

    @Test func `the shipped configurations can be used`() async throws {
        for name in ["sabueso.yaml", "sabueso.minimal.yaml"] {
            let folder = try TemporaryFolder()
            try folder.write("https://hooks.slack.com/services/T0/B0/secret-part", to: "slack-webhook-url")
            let run = try await Program(
                "check", "--offline", "--config", "Config/\(name)",
                environment: ["SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/secret-part"])
            #expect(run.code == 0, "\(name): \(run.text)")
            #expect(!run.text.contains("secret-part"))
            #expect(run.text.contains("built in, 0 of your own)"))
            #expect(run.text.contains("examples come out as promised"))
        }
    }

    @Test func `a configuration for a pod is checked wherever it is`() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("kubernetes: {in_cluster: true}\n", to: "sabueso.yaml")
        let environment = ["KUBERNETES_SERVICE_HOST": ""]
        let offline = try await Program("check", "--offline", "--config", config, environment: environment)
        #expect(offline.code == 0, "\(offline.text)")
        #expect(offline.text.contains("cluster     the account of the pod in which this runs"))
        let online = try await Program("check", "--online", "--config", config, environment: environment)
        #expect(online.code == 1 && online.text.contains("this does not run in a pod"), "\(online.text)")
    }

    @Test func `an example of a signature that does not come out as promised is told with its place`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            signatures:
              - id: mine
                title: Mine
                cause: dns-failure
                subject: {kind: host, from: [host]}
                signs: [{log: no such host, pattern: 'lookup (?<host>\\S+)', weight: 3}]
                statement: No host
                examples:
                  positive: [{log: 'lookup a.example.com: no such host', subject: b.example.com}]
                  negative: [{log: 'found'}]
            """, to: "mine.yaml")
        let config = try folder.write("signatures: [mine.yaml]\n", to: "sabueso.yaml")
        let run = try await Program("check", "--offline", "--config", config)
        #expect(run.code == 1)
        #expect(run.text.contains("mine.yaml:9: signatures[0].examples.positive[0]: the subject should be"))
    }

    @Test func `a misspelt key is told with its file, line and the key that was meant`() async throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("server:\n  prot: 9096\n", to: "sabueso.yaml")
        let run = try await Program("check", "--offline", "--config", config)
        #expect(run.code == 1)
        #expect(run.text.contains("sabueso.yaml:2"))
        #expect(run.text.contains("server.prot"))
        #expect(run.text.contains("port"))
    }

    @Test func `the same case gives the same bytes`() async throws {
        let arguments = ["analyze", "--case", "Tests/Fixtures/Scenarios/spot-eviction", "--format", "json"]
        var runs: [String] = []
        for _ in 0..<2 {
            let process = try ChildProcess(BuiltProgram.path(), arguments, in: Repository.root)
            #expect(await process.exitCode() == 0)
            runs.append(process.text)
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].contains("sabueso/diagnosis/v1"))
    }

    @Test func `a replay with a case needs no server`() async throws {
        let scenario = "Tests/Fixtures/Scenarios/dependency-failure"
        let run = try await Program("replay", "--payload", "\(scenario)/alert.json", "--case", scenario)
        #expect(run.code == 0)
        #expect(run.text.lowercased().contains("replay"))
        #expect(run.text.contains("payments-gateway"))
    }

    @Test(arguments: ["spot-eviction", "dependency-failure", "faulty-instance", "bad-deploy", "no-traces"])
    func `the demo ends by itself and shows the conversation and where its links lead`(scenario: String) async throws {
        let run = try await Program(
            "demo", scenario, "--once", "--messages", MessageFolder.named("demo-\(scenario)"))
        #expect(run.code == 0, "\(run.text)")
        #expect(run.text.contains("🔎") && run.text.contains("Thread, 1 answer:"))
        #expect(run.text.contains("Where its links lead"))
        #expect(run.text.contains("Over after") && run.text.contains("Thread, 2 answers:"))
        #expect(run.text.contains("cannot edit, so it got 2 cards"))
    }
}
