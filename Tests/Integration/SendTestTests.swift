import Lab
import Scenarios
import TestSupport
import Testing

/// `sabueso check --online --send-test`.
@Suite struct SendTestTests {
    @Test func `a test message arrives where it was sent to, and says that it is a test`() async throws {
        let scenario = try #require(Scenario.named("no-traces"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            try folder.write(stage.address.slackWebhook, to: "slack")
            try folder.write(stage.address.teamsWorkflow, to: "teams")
            let config = try folder.write(
                """
                receivers:
                  - {name: on-call, slack: {webhook_url_file: slack}}
                  - {name: team, teams: {workflow_url_file: teams}}
                """, to: "sabueso.yaml")
            let check = try ChildProcess(
                BuiltProgram.path(),
                ["check", "--online", "--config", config, "--send-test", "on-call", "--send-test", "team"])
            try #require(await check.exitCode() == 0, "\(check.text)")
            for name in ["on-call", "team"] {
                #expect(check.text.contains("ok       The chat takes messages (\(name))"), "\(check.text)")
            }
            let told = try await stage.messages(1...2)
            for platform in [ChatMessage.Platform.slack, .teams] {
                let message = try #require(told[platform])
                #expect(message.contains("TEST: messages of sabueso arrive here"))
                #expect(message.contains("nothing is wrong"))
            }

            let unknown = try ChildProcess(
                BuiltProgram.path(), ["check", "--online", "--config", config, "--send-test", "nobody"])
            #expect(await unknown.exitCode() == 1)
            #expect(unknown.text.contains("there is no receiver 'nobody'; configured: on-call, team"))
            #expect(stage.lab.requestCount(.slack) == 1)
        }
    }

    @Test func `nothing is sent that nobody asked for`() async throws {
        let scenario = try #require(Scenario.named("no-traces"))
        try await Stage.run(scenario.evidence) { stage in
            // A message that is sent all the same is refused, and counted.
            stage.lab.fail(.slack, with: .status(500, "no"))
            stage.lab.fail(.teams, with: .status(500, "no"))
            let folder = try TemporaryFolder()
            try folder.write(stage.address.slackWebhook, to: "slack")
            try folder.write(stage.address.teamsWorkflow, to: "teams")
            let config = try folder.write(
                """
                receivers:
                  - {name: on-call, slack: {webhook_url_file: slack}}
                  - {name: team, teams: {workflow_url_file: teams}}
                """, to: "sabueso.yaml")
            for arguments in [["--online"], ["--online", "--format", "json"], ["--offline"]] {
                let check = try ChildProcess(BuiltProgram.path(), ["check", "--config", config] + arguments)
                #expect(await check.exitCode() == 0, "\(check.text)")
            }
            #expect(stage.lab.requestCount(.slack) == 0 && stage.lab.requestCount(.teams) == 0)
        }
    }
}
