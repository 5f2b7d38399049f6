import Scenarios
import Telemetry
import Testing

/// Whether the incidents of pipelines show what their labels say, whatever the seed.
struct PipelineFamilyTests {
    private static let families = Array(ScenarioFamilies.ofPipelines.indices)

    private func builds(_ evidence: Evidence) -> [Span] {
        evidence.traces.compactMap(\.root).filter { $0.name.hasPrefix("BUILD ") }
    }

    /// One pass over each family, because to play a scenario takes a part of a second.
    @Test(arguments: families)
    func `every incident shows what its label says, and another seed changes names and times and not the truth`(
        _ index: Int
    ) {
        let family = ScenarioFamilies.ofPipelines[index]
        for member in family.members {
            let (one, other) = (family.make(member, seed: 1), family.make(member, seed: 20_261_119))
            #expect(one.variant == family.variant(of: member))
            switch one.variant {
            case .plain: #expect(one.label.cause == family.cause)
            case .decoy: #expect(one.label.cause != family.cause)
            case .evidenceMissing: break
            }
            #expect(one.name == other.name && one.variant == other.variant)
            #expect(one.label.cause == other.label.cause, "\(one.name)")
            #expect(one.label.subjectKind == other.label.subjectKind, "\(one.name)")
            #expect(one.label.isOfCatalogue, "\(one.name): \(one.label)")
            #expect(one.scenario.evidence != other.scenario.evidence, "\(one.name)")
            for made in [one, other] {
                expectSubject(of: made)
                expectBreak(of: made)
                expectOrder(of: made)
                expectLosses(of: made)
                if family.cause == "unknown", made.label == .unknown { expectNoError(of: made) }
            }
        }
        #expect(Set(family.members).count == family.members.count)
    }

    @Test func `the same seed makes the same incident`() {
        let made = (0..<2).map { _ in StageTimeoutFamily.make("plain", seed: 8) }
        #expect(made[0].scenario.evidence == made[1].scenario.evidence)
        #expect(made[0].label == made[1].label)
    }

    /// What the label names is in the evidence that is left, in the time of the incident.
    private func expectSubject(of made: LabelledScenario) {
        let evidence = made.scenario.evidence
        let (kind, name) = (made.label.subjectKind, made.label.subjectName)
        #expect(name.isEmpty == (kind == "none"), "\(made.name)")
        guard ["job", "host", "credential"].contains(kind) else { return }
        let spans = evidence.traces.flatMap(\.spans).filter { evidence.window.contains($0.end) && $0.isError }
        let inSpans = spans.contains { span in
            span.attributes.contains { $0.value.description.contains(name) }
                || span.events.contains { $0.attributes.contains { $0.value.description.contains(name) } }
        }
        let inLines = evidence.logs.contains {
            evidence.window.contains($0.at) && ($0.line.contains(name) || $0.metadata["ci_pipeline_id"] == name)
        }
        // A stage that timed out leaves a root that is no error.
        let isRoot = builds(evidence).contains {
            $0.attributes.text("ci.pipeline.id") == name && $0.attributes.text("ci.pipeline.run.result") != "SUCCESS"
                && evidence.window.contains($0.end)
        }
        #expect(inSpans || inLines || isRoot, "\(made.name): \(name)")
    }

    /// All builds of the labelled job end well before, and none does again.
    private func expectBreak(of made: LabelledScenario) {
        guard made.label.subjectKind == "job" else { return }
        let ended = builds(made.scenario.evidence).filter {
            $0.attributes.text("ci.pipeline.id") == made.label.subjectName
        }.sorted { $0.start < $1.start }
        guard !ended.isEmpty else { return }
        let results = ended.map { $0.attributes.text("ci.pipeline.run.result") ?? "" }
        let first = results.firstIndex { $0 != "SUCCESS" } ?? results.endIndex
        #expect(first >= 1, "\(made.name): \(results)")
        #expect(!results[first...].contains("SUCCESS"), "\(made.name): \(results)")
    }

    /// No build comes twice, none is outside its time, and numbers follow the order of a job's builds.
    private func expectOrder(of made: LabelledScenario) {
        let evidence = made.scenario.evidence
        let whole = TimeWindow(start: evidence.baseline.start, end: evidence.window.end)
        let roots = builds(evidence).sorted { $0.start < $1.start }
        let urls = roots.compactMap { $0.attributes.text("ci.pipeline.run.url") }
        #expect(Set(urls).count == urls.count, "\(made.name)")
        #expect(roots.allSatisfy { whole.contains($0.start) && whole.contains($0.end) }, "\(made.name)")
        #expect(evidence.logs.allSatisfy { whole.contains($0.at) }, "\(made.name)")
        var last: [String: Int] = [:]
        for root in roots {
            let job = root.attributes.text("ci.pipeline.id") ?? ""
            let number = root.attributes.text("ci.pipeline.run.number").flatMap { Int($0) } ?? 0
            #expect(number > last[job, default: 0], "\(made.name): \(job)")
            last[job] = number
        }
    }

    private func expectLosses(of made: LabelledScenario) {
        let evidence = made.scenario.evidence
        if made.name.hasSuffix("no-traces") { #expect(evidence.traces.isEmpty && !evidence.wasFetched(.traces)) }
        if made.name.hasSuffix("no-logs") { #expect(evidence.logs.isEmpty && !evidence.wasFetched(.logs)) }
        if made.name.hasSuffix("no-exceptions") {
            #expect(evidence.traces.flatMap(\.spans).allSatisfy { $0.events.isEmpty })
        }
        if made.name.hasSuffix("last-lines") {
            var counts: [TraceID: Int] = [:]
            for id in evidence.logs.compactMap(\.traceID) { counts[id, default: 0] += 1 }
            // The most that any of the families leaves.
            #expect((counts.values.max() ?? 0) <= 14)
            #expect(evidence.logs.contains { $0.line == "Finished: FAILURE" || $0.line == "Finished: ABORTED" })
        }
    }

    /// Builds that were stopped on purpose leave no error.
    private func expectNoError(of made: LabelledScenario) {
        let evidence = made.scenario.evidence
        let errors = evidence.traces.flatMap(\.spans).filter { $0.isError && evidence.window.contains($0.end) }
        #expect(errors.isEmpty, "\(made.name): \(errors.map(\.name))")
    }
}
