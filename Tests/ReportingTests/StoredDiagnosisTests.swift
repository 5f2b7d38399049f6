import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct StoredDiagnosisTests {
    private static func stored(_ json: String) -> StoredDiagnosis? { StoredDiagnosis([UInt8](json.utf8)) }

    @Test func `what was written is read back`() throws {
        let diagnosis = SpotEvictionIncident.diagnosis
        let stored = try #require(Self.stored(DiagnosisJSON().text(diagnosis)))
        #expect(stored.window?.start == diagnosis.window.start.description)
        #expect(stored.window?.end == diagnosis.window.end.description)
        #expect(stored.window?.onset == diagnosis.onset?.description)
        #expect(stored.scope == diagnosis.scope)
        #expect(stored.hypotheses.map(\.cause) == diagnosis.hypotheses.map(\.cause.rawValue))
        let (read, first) = (stored.hypotheses[0], diagnosis.hypotheses[0])
        #expect(read.subject.kind == first.subject.kind.rawValue && read.subject.name == first.subject.name)
        #expect(read.subject.namespace == first.namespace && read.signature == first.signature)
        #expect(read.confidence == 0.943 && read.correctedConfidence == nil)
        #expect(read.statement == first.statement.english && read.runbook == first.runbook)
        #expect(read.recommendations == first.recommendations.map(\.english))
        #expect(read.evidence.map(\.source) == first.evidence.map(\.source.rawValue))
        #expect(read.evidence.map(\.at) == first.evidence.map { $0.at?.description })
        #expect(stored.suspects.map(\.name) == diagnosis.suspects.map(\.name))
        #expect(stored.suspects.map(\.node) == diagnosis.suspects.map(\.node))
        #expect(stored.timeline.map(\.text) == diagnosis.timeline.map(\.text.english))
        #expect(stored.affected.map(\.name) == diagnosis.impact.affected.map(\.name))
        #expect(stored.affected.map(\.number) == diagnosis.impact.affected.map(\.number))
        #expect(stored.gaps.map(\.reason) == diagnosis.gaps.map(\.reason.english))
        #expect(stored.keyLines.map(\.count) == diagnosis.keyLines.map(\.count))
        #expect(stored.report == nil && !stored.hypotheses.isEmpty && !stored.affected.isEmpty)
    }

    @Test func `what people were told is read back in their languages`() throws {
        let inner: Phrase = "node \("n") was lost"
        let story = (inner + ", \("a")").capitalized.shortened(to: 80)
        let summary = Summary(
            severity: "critical", headline: "h", context: "c", affected: "3 builds", lookedAt: "12 traces",
            figures: [.init(name: "n", value: "v")],
            links: [
                .init(target: .search, title: "Traces", destination: "Grafana", url: "https://grafana.example.com/")
            ])
        let text = DiagnosisJSON().text(
            SpotEvictionIncident.diagnosis, keeping: .init(record: .none, summary: summary, story: story))
        let report = try #require(Self.stored(text)?.report)
        #expect(report.story?.parts == story.parts)
        #expect(report.statement?.parts == SpotEvictionIncident.diagnosis.hypotheses[0].statement.parts)
        #expect(report.affected == "3 builds" && report.lookedAt == "12 traces")
        #expect(report.figures.map(\.value) == ["v"] && report.links.map(\.title) == ["Traces"])
    }

    @Test(arguments: [
        "window", "scope", "hypotheses", "suspects", "timeline", "impact", "keyLines", "course", "exemplarTrace",
        "report",
    ])
    func `a part that cannot be read leaves the others`(_ part: String) {
        let stored = Self.stored(#"{"\#(part)":[3],"gaps":[{"source":"logs","reason":"off"}]}"#)
        #expect(stored?.gaps.map(\.reason) == ["off"])
    }

    @Test func `a cause needs its name and its subject only`() throws {
        let json = #"{"hypotheses":[{"cause":"c","subject":{"kind":"pod","name":"p"},"evidence":7}]}"#
        let first = try #require(Self.stored(json)?.hypotheses.first)
        #expect(first.cause == "c" && first.subject.name == "p" && first.confidence == 0)
        #expect(first.evidence.isEmpty && first.recommendations.isEmpty && first.statement.isEmpty)
        #expect(Self.stored(#"{"hypotheses":[{"cause":"c"}]}"#)?.hypotheses.isEmpty == true)
    }

    @Test(arguments: ["", "{", "[]", "3", "null"])
    func `what is no document is no diagnosis`(_ json: String) {
        #expect(Self.stored(json) == nil)
    }
}
