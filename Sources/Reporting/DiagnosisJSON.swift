package import Languages
package import RootCause
import Telemetry

/// A diagnosis as JSON of the schema `sabueso/diagnosis/v1`: for programs, and for comparing one run with another.
///
/// Times are RFC 3339 in UTC, durations seconds; what is not known is `null`, never left out. The schema is additive.
package struct DiagnosisJSON: Sendable {
    static let schema = "sabueso/diagnosis/v1"

    /// What the service keeps beside a diagnosis.
    package struct Keeping: Sendable {
        /// What people said of earlier diagnoses.
        package var record: TrackRecord
        /// What people are told of this one, in English.
        package var summary: Summary
        /// What they are told when it is over, each in their language.
        package var story: Phrase?

        package init(record: TrackRecord, summary: Summary, story: Phrase? = nil) {
            self.record = record
            self.summary = summary
            self.story = story
        }
    }

    private let grafana: GrafanaLinks?

    /// - Parameter grafana: without it every `link` is `null`.
    package init(grafana: GrafanaLinks? = nil) {
        self.grafana = grafana
    }

    /// Indented, with a line break at its end.
    ///
    /// - Parameter keeping: adds what is true of an incident of the service only: `correctedConfidence` beside each
    ///   `confidence`, which stays the engine's own, the hypotheses in the order in which people were told of them, and
    ///   `report`.
    package func text(_ diagnosis: Diagnosis, keeping: Keeping? = nil) -> String {
        guard let keeping else { return value(diagnosis, corrections: nil).indented }
        let telling = keeping.record.telling(of: diagnosis)
        var ordered = diagnosis
        ordered.hypotheses = telling.hypotheses
        guard case .object(let fields) = value(ordered, corrections: telling.corrections) else { return "" }
        return JSONValue.object(fields + [.init(name: "report", value: report(keeping))]).indented
    }

    private func value(_ diagnosis: Diagnosis, corrections: [TrackRecord.Correction]?) -> JSONValue {
        .fields([
            "schema": .string(Self.schema),
            "window": .fields([
                "start": time(diagnosis.window.start), "end": time(diagnosis.window.end),
                "onset": diagnosis.onset.map(time) ?? .null,
            ]),
            "baseline": .fields(["start": time(diagnosis.baseline.start), "end": time(diagnosis.baseline.end)]),
            "scope": .fields([
                "services": texts(diagnosis.scope.services), "namespaces": texts(diagnosis.scope.namespaces),
                "pods": texts(diagnosis.scope.pods), "jobs": texts(diagnosis.scope.jobs),
            ]),
            "hypotheses": .array(
                diagnosis.hypotheses.enumerated().map { index, hypothesis in
                    value(hypothesis, in: diagnosis.window, corrections?[index])
                }),
            "suspects": .array(diagnosis.suspects.map(value)),
            "timeline": .array(
                diagnosis.timeline.map { entry in
                    .fields([
                        "at": time(entry.at), "source": .string(entry.source.rawValue),
                        "text": .string(entry.text.english),
                    ])
                }),
            "impact": value(diagnosis.impact),
            "gaps": .array(
                diagnosis.gaps.map {
                    .fields(["source": .string($0.source.rawValue), "reason": .string($0.reason.english)])
                }),
            "keyLines": .array(diagnosis.keyLines.map(value)),
            "course": diagnosis.course.map(value) ?? .null,
            "exemplarTrace": diagnosis.outline.map(value) ?? .null,
        ])
    }

    private func value(
        _ hypothesis: Hypothesis, in window: TimeWindow, _ correction: TrackRecord.Correction?
    ) -> JSONValue {
        let value = JSONValue.fields([
            "cause": .string(hypothesis.cause.rawValue),
            "subject": .fields([
                "kind": .string(hypothesis.subject.kind.rawValue), "name": .string(hypothesis.subject.name),
                "namespace": .optional(hypothesis.namespace),
            ]),
            "confidence": .number(hypothesis.confidence), "statement": .string(hypothesis.statement.english),
            "evidence": .array(
                hypothesis.evidence.map { finding in
                    .fields([
                        "source": .string(finding.source.rawValue), "at": finding.at.map(time) ?? .null,
                        "text": .string(finding.text.english),
                        "link": .optional(finding.reference.flatMap { grafana?.link(to: $0, in: window) }),
                    ])
                }),
            "recommendations": texts(hypothesis.recommendations.map(\.english)), "runbook": .string(hypothesis.runbook),
            "signature": .optional(hypothesis.signature),
        ])
        guard let correction, case .object(let fields) = value else { return value }
        return .object(
            fields + [
                .init(name: "correctedConfidence", value: .number(correction.confidence)),
                .init(name: "correctingVotes", value: .integer(correction.votes)),
            ])
    }

    private func value(_ line: KeyLine) -> JSONValue {
        .fields([
            "at": time(line.at), "text": .string(line.text), "count": .integer(line.count),
            "service": .optional(line.service), "pod": .optional(line.pod),
            "traceId": .optional(line.traceID?.description),
        ])
    }

    /// What people are told beside the diagnosis, in their words.
    private func report(_ keeping: Keeping) -> JSONValue {
        let summary = keeping.summary
        return .fields([
            "story": keeping.story.map { value($0.parts) } ?? .null,
            "affected": .optional(summary.affected), "lookedAt": .string(summary.lookedAt),
            "figures": .array(
                summary.figures.map { .fields(["name": .string($0.name), "value": .string($0.value)]) }),
            "links": .array(
                summary.links.map {
                    .fields([
                        "title": .string($0.title), "destination": .string($0.destination), "url": .string($0.url),
                    ])
                }),
        ])
    }

    /// A phrase as a list of its parts: a text, or a sentence with what stands in its places.
    private func value(_ parts: [Phrase.Part]) -> JSONValue {
        .array(
            parts.map { part in
                switch part {
                case .text(let text): .string(text)
                case .sentence(let sentence, let places):
                    .fields(["sentence": .string(sentence), "places": .array(places.map(value))])
                case .capitalized(let parts): .fields(["capitalized": value(parts)])
                case .shortened(let parts, let limit):
                    .fields(["shortened": value(parts), "limit": .integer(limit)])
                }
            })
    }

    private func value(_ suspect: Suspect) -> JSONValue {
        .fields([
            "kind": .string(suspect.kind.rawValue), "name": .string(suspect.name),
            "service": .optional(suspect.service), "pod": .optional(suspect.pod), "node": .optional(suspect.node),
            "score": .number(suspect.score), "namespace": .optional(suspect.namespace),
        ])
    }

    private func time(_ instant: Timestamp) -> JSONValue { .string(instant.description) }

    private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
