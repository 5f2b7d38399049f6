import HTTPTransport
import Lab
import Scenarios
import TestSupport
import Testing

/// Several processes that share a PostgreSQL journal: each alert is told once, whoever took it and whoever died.
@Suite struct ReplicaTests {
    @Test func `what both were told is told once, and by either one's pages`() async throws {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Self.withReplicas(scenario) { stage, first, second in
            let answers = try await [
                first.post(scenario.webhookBody, stage.http), second.post(scenario.webhookBody, stage.http),
            ]
            #expect(answers.allSatisfy { $0.status == 200 })
            let told = try await stage.messages(1...2)
            #expect(Set(told.keys) == [.slack, .teams], "\(first.log)\(second.log)")
            for replica in [first, second] {
                _ = try await eventually("nothing waits") {
                    try await replica.page("/readyz", stage.http).contains("messages waiting: 0") ? true : nil
                }
                #expect(try await replica.page("/incidents/i-1", stage.http).contains("i-1"))
            }
            #expect(await stage.lab.receivedMessages().count == 2)
        }
    }

    @Test func `what a replica was doing when it was killed is done by the other one, without waiting for its lease`()
        async throws
    {
        let scenario = try #require(Scenario.named("dependency-failure"))
        try await Self.withReplicas(scenario) { stage, first, second in
            stage.lab.fail(.tempoSearch, with: .hang)
            #expect(try await first.post(scenario.webhookBody, stage.http).status == 200)
            _ = try await eventually("the investigation is under way") {
                stage.lab.requestCount(.tempoSearch) > 0 ? true : nil
            }
            // Nearly always the one that took it. Its lease is of minutes, more than this test waits.
            let investigator = first.log.contains("investigating") ? first : second
            await investigator.kill()
            stage.lab.heal(.tempoSearch)
            let told = try await stage.messages(1...2)
            #expect(Set(told.keys) == [.slack, .teams], "\(first.log)\(second.log)")
        }
    }

    private static func withReplicas(
        _ scenario: Scenario, _ test: @escaping @Sendable (Stage, ServeProcess, ServeProcess) async throws -> Void
    ) async throws {
        try await PostgresServer.run { server in
            let database = try await server.database("journal")
            try await Stage.run(scenario.evidence) { stage in
                let folders = try (0..<2).map { _ in try TemporaryFolder() }
                let replicas = try folders.map { folder in
                    try ServeProcess(port: FreePort.pick(), folder: folder, lab: stage.address, database: database)
                }
                defer { for replica in replicas { replica.terminate() } }
                for replica in replicas { try await replica.isReady(stage.http) }
                try await test(stage, replicas[0], replicas[1])
                for replica in replicas { _ = await replica.stop() }
            }
        }
    }
}
