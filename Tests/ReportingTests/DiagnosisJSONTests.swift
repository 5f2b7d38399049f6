import Languages
import RootCause
import Telemetry
import Testing

@testable import Reporting

@Suite struct DiagnosisJSONTests {
    private func document(_ diagnosis: Diagnosis, grafana: GrafanaLinks? = nil) throws -> JSONDocument {
        try JSONDocument(DiagnosisJSON(grafana: grafana).text(diagnosis))
    }

    @Test func `the document has the schema's fields and no others`() throws {
        let json = try document(SpotEvictionIncident.diagnosis)
        #expect(json["schema"] == .string("sabueso/diagnosis/v1"))
        #expect(
            json.keys == [
                "schema", "window", "baseline", "scope", "hypotheses", "suspects", "timeline", "impact", "gaps",
                "keyLines", "course", "exemplarTrace",
            ])
        #expect(json["window"].keys == ["start", "end", "onset"] && json["baseline"].keys == ["start", "end"])
        #expect(json["scope"].keys == ["services", "namespaces", "pods", "jobs"])
        let hypothesis = json["hypotheses"][0]
        #expect(
            hypothesis.keys == [
                "cause", "subject", "confidence", "statement", "evidence", "recommendations", "runbook", "signature",
            ])
        #expect(hypothesis["subject"].keys == ["kind", "name", "namespace"])
        #expect(hypothesis["evidence"][0].keys == ["source", "at", "text", "link"])
        #expect(json["suspects"][0].keys == ["kind", "name", "service", "pod", "node", "score", "namespace"])
        #expect(json["timeline"][0].keys == ["at", "source", "text"])
        #expect(
            json["impact"].keys == [
                "traces", "failedTraces", "traceSuccessRate", "averageTraceDurationSeconds", "errorCorrelationRate",
                "spotImpact", "affected", "durationParts", "correlatedTraces", "builds", "spot", "jobs", "branches",
                "people", "basis", "estimatedFailedTraces",
            ])
        #expect(json["impact"]["basis"].keys == ["kind", "counted"])
        #expect(
            json["impact"]["affected"][0].keys == [
                "kind", "name", "number", "url", "traceId", "outcome", "branch", "startedBy", "lostSeconds",
            ])
        #expect(json["impact"]["durationParts"][0].keys == ["kind", "name", "averageSeconds", "share"])
        #expect(
            json["impact"]["builds"].keys == ["total", "failed", "stopped", "running", "slow", "lostSeconds"])
        #expect(
            json["impact"]["spot"].keys == [
                "lostBuilds", "lostSeconds", "builds", "failedBuilds", "failureRate", "onDemandBuilds",
                "onDemandFailedBuilds", "onDemandFailureRate", "unplacedBuilds",
            ])
        #expect(json["gaps"][0].keys == ["source", "reason"])
    }

    @Test func `times are RFC 3339 in UTC, durations seconds, what is unknown null`() throws {
        var diagnosis = SpotEvictionIncident.diagnosis
        diagnosis.impact.averageTraceDuration = .milliseconds(2500)
        let json = try document(diagnosis)
        #expect(json["window"]["onset"] == .string("2026-11-22T14:29:41Z"))
        #expect(json["impact"]["averageTraceDurationSeconds"] == .number(2.5))
        #expect(json["hypotheses"][0]["confidence"] == .number(0.943))
        #expect(json["hypotheses"][0]["runbook"] == .string("Runbooks/spot-eviction.md"))
        #expect(json["hypotheses"][0]["evidence"][2]["at"] == .null)
        #expect(json["suspects"][0]["service"] == .null)
        let empty = try document(UnexplainedIncidents.noTraces)
        #expect(empty["window"]["onset"] == .null && empty["impact"]["traceSuccessRate"] == .null)
        #expect(empty["hypotheses"][0]["subject"]["kind"] == .string("none"))
        #expect(empty["impact"]["builds"] == .null && empty["impact"]["spot"] == .null)
    }

    @Test func `evidence leads to Grafana where Grafana is configured`() throws {
        let without = try document(DependencyFailureIncident.diagnosis)
        #expect(without["hypotheses"][0]["evidence"][0]["link"] == .null)
        let with = try document(DependencyFailureIncident.diagnosis, grafana: ExampleSummary.grafana)
        let link = try #require(with["hypotheses"][0]["evidence"][0]["link"].text)
        #expect(link.hasPrefix("https://grafana.example.com/explore?"))
        #expect(with["hypotheses"][0]["evidence"][2]["link"] == .null, "it refers to no place")
    }

    @Test func `text that is no text breaks nothing`() throws {
        var diagnosis = UnexplainedIncidents.noTraces
        let text = "\u{1B}[31m\"\\\n\0\u{2028}日本"
        diagnosis.gaps = [Gap(.logs, Phrase(verbatim: text), isTotal: true)]
        diagnosis.impact.errorCorrelationRate = .nan
        let json = try document(diagnosis)
        #expect(json["gaps"][0]["reason"] == .string(text), "JSON is for programs: nothing is taken out")
        #expect(json["impact"]["errorCorrelationRate"] == .null)
    }
}
