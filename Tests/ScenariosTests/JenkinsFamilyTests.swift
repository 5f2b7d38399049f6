import Scenarios
import Telemetry
import Testing

/// The labelled incidents of Jenkins, looked at without any diagnosis.
struct JenkinsFamilyTests {
    private static let causes = ScenarioFamilies.ofJenkins.map { $0.cause }

    private static func family(_ cause: String) throws -> any ScenarioFamily.Type {
        try #require(ScenarioFamilies.all.first { $0.cause == cause })
    }

    @Test(arguments: causes)
    func `every scenario of a family is whole, inside its time, and shows what its label names`(_ cause: String) throws
    {
        let family = try Self.family(cause)
        #expect(Set(family.members).count == family.members.count)
        for member in family.members {
            let scenario = family.make(member, seed: 3)
            #expect(scenario.name == "\(cause)/\(member)")
            #expect(scenario.variant == family.variant(of: member))
            #expect(scenario.label.isOfCatalogue, "\(member): \(scenario.label)")
            if scenario.variant == .plain { #expect(scenario.label.cause == cause, "\(member)") }
            if scenario.variant == .decoy { #expect(scenario.label.cause != cause, "\(member)") }
            expectWithinTime(scenario)
            expectOrdinaryWork(scenario)
            expectSubject(scenario)
            expectMissing(member, scenario)
        }
    }

    @Test(arguments: causes)
    func `a seed gives the same bytes every time, and another one other names of the same truth`(_ cause: String) throws
    {
        let family = try Self.family(cause)
        let member = try #require(family.members.first)
        let (first, again, other) = (
            family.make(member, seed: 8), family.make(member, seed: 8), family.make(member, seed: 9)
        )
        #expect(first.scenario.evidence == again.scenario.evidence)
        #expect(first.scenario.webhookBody == again.scenario.webhookBody)
        #expect(first.label == again.label)
        #expect(first.label.cause == other.label.cause && first.label.subjectKind == other.label.subjectKind)
        let ids = Set(first.scenario.evidence.traces.map(\.id))
        #expect(other.scenario.evidence.traces.allSatisfy { !ids.contains($0.id) })
        #expect(first.scenario.alertedAt != other.scenario.alertedAt)
    }

    @Test func `no build comes twice, and the builds of a job are counted in the order in which they begin`() throws {
        let evidence = try Self.family("spot-eviction").make("five-builds", seed: 4).scenario.evidence
        let roots = evidence.traces.compactMap(\.root).filter { $0.name.hasPrefix("BUILD ") }
        let urls = roots.compactMap { $0.attributes.text("ci.pipeline.run.url") }
        #expect(Set(urls).count == urls.count && urls.count > 200)
        for job in Set(roots.compactMap { $0.attributes.text("ci.pipeline.id") }) {
            let numbers = roots.filter { $0.attributes.text("ci.pipeline.id") == job }.sorted { $0.start < $1.start }
                .compactMap { $0.attributes["ci.pipeline.run.number"] }.map(\.description).compactMap { Int($0) }
            #expect(numbers == numbers.sorted(), "\(job)")
        }
    }

    @Test func `one preemption takes five builds from one node, and no root span of theirs is an error`() throws {
        let scenario = try Self.family("spot-eviction").make("five-builds", seed: 4)
        let evidence = scenario.scenario.evidence
        let lost = evidence.traces.filter { trace in
            trace.spans.contains {
                $0.attributes.text("jenkins.pipeline.step.interruption.causes")?.contains("RemovedNodeCause") == true
            }
        }
        #expect(lost.count == 5)
        #expect(lost.allSatisfy { $0.root?.status == .unset })
        let pods = Set(lost.flatMap(\.spans).compactMap { $0.attributes.text("jenkins.computer.name") })
        let places = evidence.events.filter { pods.contains($0.object.name) && $0.reason == "Scheduled" }
        #expect(places.count == 5)
        #expect(places.allSatisfy { $0.message.hasSuffix(" to \(scenario.label.subjectName)") })
        #expect(evidence.nodes.allSatisfy { $0.name != scenario.label.subjectName })
    }

    @Test func `a node that vanished has no event of its own, and its builds began on it`() throws {
        let scenario = try Self.family("spot-eviction").make("vanished", seed: 4)
        let evidence = scenario.scenario.evidence
        let node = scenario.label.subjectName
        #expect(evidence.wasFetched(.events) && evidence.wasFetched(.nodes))
        #expect(!evidence.events.contains { $0.object.name == node })
        #expect(!evidence.nodes.contains { $0.name == node })
        #expect(evidence.events.contains { $0.message.hasSuffix(" to \(node)") })
        #expect(evidence.logs.count { $0.line.contains("was just deleted, so removing corresponding") } == 3)
    }

    // MARK: What holds for all of them

    private func expectWithinTime(_ labelled: LabelledScenario) {
        let evidence = labelled.scenario.evidence
        let whole = TimeWindow(start: evidence.baseline.start, end: evidence.window.end)
        #expect(evidence.window.duration == .seconds(2100) && evidence.baseline.duration == .seconds(7200))
        #expect(evidence.baseline.end == evidence.window.start)
        let spans = evidence.traces.flatMap(\.spans)
        #expect(spans.allSatisfy { whole.start <= $0.start && $0.end <= whole.end }, "\(labelled.name)")
        #expect(spans.allSatisfy { !$0.endedBeforeStart }, "\(labelled.name)")
        #expect(evidence.logs.allSatisfy { whole.contains($0.at) }, "\(labelled.name)")
        // The API server remembers an hour.
        let hourAgo = labelled.scenario.alertedAt - .seconds(3600)
        #expect(
            evidence.events.allSatisfy { $0.lastSeen > hourAgo && $0.lastSeen < whole.end }, "\(labelled.name)")
    }

    private func expectOrdinaryWork(_ labelled: LabelledScenario) {
        let evidence = labelled.scenario.evidence
        let spans = evidence.traces.flatMap(\.spans)
        let places = spans.lazy.filter { span in
            span.attributes.contains { $0.name.hasPrefix("k8s.") }
                || span.resource.contains { $0.name.hasPrefix("k8s.") }
        }
        #expect(places.isEmpty, "\(labelled.name)")
        #expect(Set(spans.map(\.service)).count == 1)
        guard !labelled.name.hasSuffix("/sampled") else { return }
        let healthy = evidence.traces.compactMap(\.root).filter { $0.name.hasPrefix("BUILD ") && $0.status == .ok }
        #expect(healthy.count { evidence.baseline.contains($0.start) } > 85, "\(labelled.name)")
        #expect(healthy.count { evidence.window.contains($0.start) } > 30, "\(labelled.name)")
        #expect(evidence.traces.contains { $0.root?.name.hasPrefix("GET /") == true })
        // A build that still runs has no root span, and that is no failure.
        #expect(evidence.traces.contains { $0.root == nil })
    }

    /// The label names something that is to be seen; where nothing failed, nothing is named.
    private func expectSubject(_ labelled: LabelledScenario) {
        let evidence = labelled.scenario.evidence
        let label = labelled.label
        guard label != .unknown else {
            let failed = evidence.traces.filter { trace in
                trace.window.map { evidence.window.contains($0.end) } ?? false
                    && trace.spans.contains { $0.isError && !isReplaced($0) }
            }
            #expect(failed.isEmpty, "\(labelled.name)")
            return
        }
        #expect(!label.subjectName.isEmpty)
        #expect(names(label.subjectName, evidence), "\(labelled.name): \(label.subjectName) is nowhere")
    }

    private func isReplaced(_ span: Span) -> Bool {
        span.attributes.text("jenkins.pipeline.step.interruption.causes")?.contains("Superseded by") == true
    }

    private func names(_ name: String, _ evidence: Evidence) -> Bool {
        evidence.nodes.contains { $0.name == name } || evidence.pods.contains { $0.name == name }
            || evidence.metrics.contains { $0.labels.values.contains(name) }
            || evidence.traces.contains { trace in
                trace.spans.contains { span in
                    span.attributes.contains { $0.value == .string(name) }
                        || span.resource.contains { $0.value == .string(name) }
                }
            }
            || evidence.events.contains { $0.object.name == name || $0.message.contains(name) }
            || evidence.logs.contains { $0.line.contains(name) }
    }

    /// What a member's name says is missing is missing.
    private func expectMissing(_ member: String, _ labelled: LabelledScenario) {
        let evidence = labelled.scenario.evidence
        let sources: [EvidenceSource] =
            switch member {
            case "no-events": [.events]
            case "no-pods": [.pods]
            case "no-logs": [.logs]
            case "no-cluster", "only-metrics", "only-build-logs", "heap-no-cluster", "only-logs-and-traces":
                [.events, .pods, .nodes]
            default: []
            }
        for source in sources { #expect(!evidence.wasFetched(source), "\(labelled.name): \(source)") }
        if sources.isEmpty { #expect(evidence.wasFetched(.logs), "\(labelled.name)") }
    }
}
