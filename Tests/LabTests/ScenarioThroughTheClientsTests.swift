import Backends
import HTTPTransport
import Lab
import Languages
import Scenarios
import Telemetry
import TestSupport
import Testing

/// The scenarios as the service itself sees them: read from their folders, and fetched from the lab.
struct ScenarioThroughTheClientsTests {
    private static let names = ["spot-eviction", "dependency-failure", "faulty-instance", "bad-deploy", "no-traces"]

    @Test(arguments: names)
    func `a committed folder holds the scenario's evidence`(_ name: String) throws {
        let scenario = try #require(Scenario.named(name))
        let read = try CaseFolder(path: Repository.path("Tests/Fixtures/Scenarios/\(name)")).load()
        #expect(read.alertBody == scenario.webhookBody)
        let (actual, expected) = (read.evidence, scenario.evidence)
        #expect(actual.scope == expected.scope)
        #expect(actual.window == expected.window)
        #expect(actual.baseline == expected.baseline)
        #expect(actual.traces == expected.traces)
        #expect(Set(actual.logs) == Set(expected.logs))
        #expect(actual.logs.count == expected.logs.count)
        #expect(Set(actual.events) == Set(expected.events))
        #expect(actual.pods == expected.pods)
        #expect(actual.nodes == expected.nodes)
        #expect(actual.gaps.map(\.source) == [.metrics])
    }

    @Test(arguments: names)
    func `the service's own clients fetch from the lab what a scenario shows`(_ name: String) async throws {
        let scenario = try #require(Scenario.named(name))
        let evidence = try await collect(scenario)
        #expect(evidence.gaps.map(\.source) == [.metrics], "\(evidence.gaps.map(\.reason.english))")
        let all = Dictionary(scenario.evidence.traces.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for trace in evidence.traces { #expect(trace == all[trace.id]) }
        let failing = scenario.evidence.traces.filter { $0.spans.contains(where: \.isError) }.map(\.id)
        #expect(Set(failing).isSubset(of: evidence.traces.map(\.id)))
        let said = Set(scenario.evidence.logs.map(\.line))
        #expect(!evidence.logs.isEmpty)
        #expect(evidence.logs.allSatisfy { said.contains($0.line) })
        let scope = Set(scenario.evidence.pods.map(\.name))
        #expect(Set(evidence.pods.map(\.name)).isSubset(of: scope))
    }

    @Test func `what tells of the spot node is among what is fetched`() async throws {
        let scenario = try #require(Scenario.named("spot-eviction"))
        let evidence = try await collect(scenario)
        #expect(evidence.logs.count { $0.line.contains("Cannot contact maven-") } == 3)
        #expect(evidence.logs.count { $0.line.contains("so removing corresponding Jenkins agent") } == 3)
        #expect(evidence.events.contains { $0.reason == "PreemptScheduled" })
        #expect(evidence.events.count { $0.reason == "TaintManagerEviction" } == 3)
        #expect(evidence.nodes.contains { $0.isSpot && $0.conditions.contains { $0.status == "Unknown" } })
        #expect(evidence.pods.count { $0.reason == "NodeLost" } == 3)
    }

    /// A minute after the end of the window, over HTTP.
    private func collect(_ scenario: Scenario) async throws -> Evidence {
        let (window, baseline) = (scenario.evidence.window, scenario.evidence.baseline)
        let lab = Lab(evidence: scenario.evidence)
        let http = CurlClient(HTTPClientConfiguration(proxy: .direct))
        return try await lab.whileRunning { address in
            let collector = Collector(
                traces: TempoClient(http: http, baseURL: address.tempo, now: { window.end + .seconds(60) }),
                logs: LokiClient(http: http, baseURL: address.loki),
                cluster: KubernetesClient(http: http, baseURL: address.kubernetes),
                budget: LabCase.patientBudget, clock: ContinuousClock())
            let evidence = await collector.collect(
                CollectionRequest(
                    scope: scenario.evidence.scope, window: window, baseline: baseline,
                    areBuilds: scenario.name == "spot-eviction"))
            await http.shutdown()
            return evidence
        }
    }
}
