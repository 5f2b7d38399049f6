import HTTPTransport
import Lab
import Scenarios
import TestSupport
import Testing

/// A past alert, investigated again against the live backends.
@Suite struct ReplayTests {
    @Test func `a stored incident is replayed to a chat, marked, and mixed with nothing`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let serve = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            defer { serve.terminate() }
            try await serve.isReady(stage.http)
            #expect(try await serve.post(scenario.webhookBody, stage.http).status == 200)
            _ = try await stage.messages(1...2)
            // The lab has the messages before their receipts are in the journal.
            let before = try await eventually("both receipts are recorded") {
                let page = try await serve.page("/readyz", stage.http)
                return page.contains("messages waiting: 0") ? page : nil
            }

            let replay = try ChildProcess(
                BuiltProgram.path(),
                ["replay", "--incident", "i-1", "--config", folder.path("sabueso.yaml"), "--to-chat", "slack"])
            #expect(await replay.exitCode() == 0, "\(replay.text)")
            #expect(replay.text.contains("payments-gateway"))
            let told = try await stage.messages(3...3)
            #expect(try #require(told[.slack]).lowercased().contains("replay"))
            #expect(try await serve.page("/readyz", stage.http) == before)
        }
    }

    @Test func `an array of saved bodies is replayed one after the other and told to nobody`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            let body = String(decoding: scenario.webhookBody, as: UTF8.self)
            let payload = try folder.write("[\(body),\n\(body)]", to: "saved.json")
            let config = try folder.write(
                "tempo: {url: \(stage.address.tempo)}\nloki: {url: \(stage.address.loki)}\n", to: "sabueso.yaml")
            let replay = try ChildProcess(BuiltProgram.path(), ["replay", "--payload", payload, "--config", config])
            #expect(await replay.exitCode() == 0, "\(replay.text)")
            #expect(replay.text.split(separator: "HighTraceErrorRate").count >= 3)
            #expect(stage.lab.requestCount(.slack) == 0)
        }
    }
}
