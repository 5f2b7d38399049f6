package import RootCause
import Telemetry

/// A diagnosis as JSON of the schema `sabueso/diagnosis/v1`: for programs, and for comparing one run with another.
///
/// Times are RFC 3339 in UTC, durations seconds; what is not known is `null`, never left out. The schema is additive.
package struct DiagnosisJSON: Sendable {
    static let schema = "sabueso/diagnosis/v1"

    private let grafana: GrafanaLinks?

    /// - Parameter grafana: without it every `link` is `null`.
    package init(grafana: GrafanaLinks? = nil) {
        self.grafana = grafana
    }

    /// Indented, with a line break at its end.
    package func text(_ diagnosis: Diagnosis) -> String { value(diagnosis).indented }

    private func value(_ diagnosis: Diagnosis) -> JSONValue {
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
            "hypotheses": .array(diagnosis.hypotheses.map { value($0, in: diagnosis.window) }),
            "suspects": .array(diagnosis.suspects.map(value)),
            "timeline": .array(
                diagnosis.timeline.map { entry in
                    .fields([
                        "at": time(entry.at), "source": .string(entry.source.rawValue), "text": .string(entry.text),
                    ])
                }),
            "impact": value(diagnosis.impact),
            "gaps": .array(
                diagnosis.gaps.map {
                    .fields(["source": .string($0.source.rawValue), "reason": .string($0.reason)])
                }),
            "course": diagnosis.course.map(value) ?? .null,
            "exemplarTrace": diagnosis.outline.map(value) ?? .null,
        ])
    }

    private func value(_ hypothesis: Hypothesis, in window: TimeWindow) -> JSONValue {
        .fields([
            "cause": .string(hypothesis.cause.rawValue),
            "subject": .fields([
                "kind": .string(hypothesis.subject.kind.rawValue), "name": .string(hypothesis.subject.name),
            ]),
            "confidence": .number(hypothesis.confidence), "statement": .string(hypothesis.statement),
            "evidence": .array(
                hypothesis.evidence.map { finding in
                    .fields([
                        "source": .string(finding.source.rawValue), "at": finding.at.map(time) ?? .null,
                        "text": .string(finding.text),
                        "link": .optional(finding.reference.flatMap { grafana?.link(to: $0, in: window) }),
                    ])
                }),
            "recommendations": texts(hypothesis.recommendations), "runbook": .string(hypothesis.runbook),
        ])
    }

    private func value(_ suspect: Suspect) -> JSONValue {
        .fields([
            "kind": .string(suspect.kind.rawValue), "name": .string(suspect.name),
            "service": .optional(suspect.service), "pod": .optional(suspect.pod), "node": .optional(suspect.node),
            "score": .number(suspect.score),
        ])
    }

    private func time(_ instant: Timestamp) -> JSONValue { .string(instant.description) }

    private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
