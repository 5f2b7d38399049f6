import TestSupport
import Testing

@Suite struct CommandTests {
    @Test(arguments: ["serve", "demo", "analyze", "replay", "check"])
    func `the help of each command shows an example`(command: String) throws {
        let help = try Program(command, "--help")
        #expect(help.code == 0)
        #expect(help.text.contains("Example"))
        #expect(help.text.contains("sabueso \(command) "))
    }

    @Test(arguments: [
        ["analyse"], ["analyze"], ["analyze", "--case", "x", "--format", "yaml"], ["replay"],
        ["replay", "--payload", "a", "--incident", "i-1"], ["replay", "--incident", "forty-two"], ["demo", "volcano"],
        ["check"], ["serve", "--colour"],
    ])
    func `wrong use ends with 2 and says what is right`(arguments: [String]) throws {
        let process = try ChildProcess(BuiltProgram.path(), arguments)
        #expect(process.exitCode() == 2)
        #expect(process.text.contains("Usage:") || process.text.contains("Error:"), "\(process.text)")
    }

    @Test(arguments: [
        (["analyze", "--case", "Tests/Fixtures/nowhere"], "is not a folder"),
        (["replay", "--payload", "Package.swift"], "not valid JSON"),
        (["replay", "--payload", "Tests/nowhere.json"], "cannot be read"),
        (["check", "--offline", "--config", "nowhere.yaml"], "there is no such file"),
        (["serve", "--config", "Package.swift"], "the configuration cannot be used"),
    ])
    func `a failed run ends with 1 and says why`(arguments: [String], reason: String) throws {
        let process = try ChildProcess(BuiltProgram.path(), arguments, in: Repository.root)
        #expect(process.exitCode() == 1)
        #expect(process.text.contains(reason), "\(process.text)")
    }

    @Test func `a journal that cannot be opened is a failed run, not a crash`() throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("journal: {path: /proc/nowhere/journal.sqlite}\n", to: "sabueso.yaml")
        let run = try Program("serve", "--config", config)
        #expect(run.code == 1)
        #expect(run.text.contains("/proc/nowhere/journal.sqlite"))
    }

    @Test func `the shipped configurations can be used`() throws {
        for name in ["sabueso.yaml", "sabueso.minimal.yaml"] {
            let folder = try TemporaryFolder()
            try folder.write("https://hooks.slack.com/services/T0/B0/secret-part", to: "slack-webhook-url")
            let run = try Program(
                "check", "--offline", "--config", "Config/\(name)",
                environment: ["SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/secret-part"])
            #expect(run.code == 0, "\(name): \(run.text)")
            #expect(!run.text.contains("secret-part"))
        }
    }

    @Test func `a misspelt key is told with its file, line and the key that was meant`() throws {
        let folder = try TemporaryFolder()
        let config = try folder.write("server:\n  prot: 9096\n", to: "sabueso.yaml")
        let run = try Program("check", "--offline", "--config", config)
        #expect(run.code == 1)
        #expect(run.text.contains("sabueso.yaml:2"))
        #expect(run.text.contains("server.prot"))
        #expect(run.text.contains("port"))
    }

    @Test func `the same case gives the same bytes`() throws {
        let arguments = ["analyze", "--case", "Tests/Fixtures/Scenarios/spot-eviction", "--format", "json"]
        let runs = try (0..<2).map { _ in
            let process = try ChildProcess(BuiltProgram.path(), arguments, in: Repository.root)
            #expect(process.exitCode() == 0)
            return process.text
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].contains("sabueso/diagnosis/v1"))
    }

    @Test func `a replay with a case needs no server`() throws {
        let scenario = "Tests/Fixtures/Scenarios/dependency-failure"
        let run = try Program("replay", "--payload", "\(scenario)/alert.json", "--case", scenario)
        #expect(run.code == 0)
        #expect(run.text.lowercased().contains("replay"))
        #expect(run.text.contains("payments-gateway"))
    }

    @Test(arguments: ["spot-eviction", "dependency-failure", "no-traces"])
    func `the demo ends by itself and shows the message and where its links lead`(scenario: String) throws {
        let run = try Program("demo", scenario, "--once")
        #expect(run.code == 0, "\(run.text)")
        #expect(run.text.contains("delivered to slack") && run.text.contains("delivered to teams"))
        #expect(run.text.contains("Where its links lead"))
        #expect(run.text.contains("Over after"))
    }
}
