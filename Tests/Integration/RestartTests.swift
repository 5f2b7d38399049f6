import HTTPTransport
import Lab
import Scenarios
import Telemetry
import TestSupport
import Testing

/// What was accepted is told, whatever happens to the process in between.
@Suite struct RestartTests {
    @Test func `what was accepted before a crash is told after the restart`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            // The chat does not answer, so the message is still in the outbox when the process dies.
            stage.lab.fail(.slack, with: .hang)
            stage.lab.fail(.teams, with: .hang)
            let first = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            try await first.isReady(stage.http)
            #expect(try await first.post(scenario.webhookBody, stage.http).status == 200)
            _ = try await eventually("the message is on its way; it said:\n\(first.log)") {
                stage.lab.requestCount(.slack) > 0 ? true : nil
            }
            await first.kill()
            stage.lab.heal(.slack)
            stage.lab.heal(.teams)

            let second = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            defer { second.terminate() }
            try await second.isReady(stage.http)
            // The same notification again, as Alertmanager would send it: it must not be told twice.
            #expect(try await second.post(scenario.webhookBody, stage.http).text.contains("repeated"))
            let told = try await stage.messages(1...2)
            #expect(Set(told.keys) == [.slack, .teams], "\(second.log)")
        }
    }

    @Test func `a stop in the middle of an investigation leaves it to the next start`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Stage.run(scenario.evidence) { stage in
            let folder = try TemporaryFolder()
            stage.lab.fail(.tempoSearch, with: .hang)
            let first = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            try await first.isReady(stage.http)
            #expect(try await first.post(scenario.webhookBody, stage.http).status == 200)
            _ = try await eventually("the investigation is under way; it said:\n\(first.log)") {
                stage.lab.requestCount(.tempoSearch) > 0 ? true : nil
            }
            #expect(await first.stop() == 0, "\(first.log)")
            stage.lab.heal(.tempoSearch)

            let second = try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address)
            defer { second.terminate() }
            let told = try await stage.messages(1...2)
            #expect(Set(told.keys) == [.slack, .teams], "\(second.log)")
        }
    }
}
