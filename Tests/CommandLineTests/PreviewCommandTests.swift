import Reporting
import TestSupport
import Testing

@Suite struct PreviewCommandTests {
    private static let folder = "Tests/Fixtures/Scenarios/spot-eviction"

    @Test(arguments: ["slack", "slack-bot", "teams"])
    func `a preview shows the JSON, its size and what a person sees`(platform: String) async throws {
        let run = try await Program("preview", "--case", Self.folder, "--platform", platform)
        #expect(run.code == 0, "\(run.text)")
        #expect(run.text.hasPrefix("{\n  \""))
        #expect(run.text.contains(platform == "teams" ? " of 28672\n" : " of 13200\n"))
        #expect(run.text.contains("Notification: 🔴 Spot node"))
        #expect(run.text.contains(platform == "teams" ? "┌── Teams ─" : "┌── Slack ─"))
        #expect(run.text.contains("│ Probable cause  spot eviction, very likely"))
    }

    @Test(arguments: MessageKind.allCases)
    func `an app's every message can be looked at`(kind: MessageKind) async throws {
        let run = try await Program(
            "preview", "--case", Self.folder, "--platform", "slack-bot", "--kind", kind.rawValue)
        #expect(run.code == 0, "\(run.text)")
        let teams = try await Program("preview", "--case", Self.folder, "--platform", "teams", "--kind", kind.rawValue)
        #expect(teams.code == (kind.needsConversation ? 1 : 0))
        #expect(!kind.needsConversation || teams.text.contains("--platform slack-bot can"))
    }

    @Test func `a receiver's message has its zone and calls whom it calls`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("https://flows.example.com/workflows/secret-of-the-flow", to: "flow")
        let config = try folder.write(
            """
            receivers:
              - name: on-call
                teams: {workflow_url_file: flow}
                time_zone: Europe/Madrid
                mentions: [{severities: [critical], who: [dev@example.com]}]
            """, to: "sabueso.yaml")
        let run = try await Program("preview", "--case", Self.folder, "--receiver", "on-call", "--config", config)
        #expect(run.code == 0, "\(run.text)")
        #expect(run.text.contains("15:30:02 CET") && run.text.contains("│ @dev@example.com"))
        #expect(!run.text.contains("secret-of-the-flow"))
        let nobody = try await Program("preview", "--case", Self.folder, "--receiver", "x", "--config", config)
        #expect(nobody.code == 1 && nobody.text.contains("configured: on-call"))
    }
}
