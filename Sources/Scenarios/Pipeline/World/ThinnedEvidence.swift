import Telemetry

/// What else an investigation may lack, beside what ``EvidenceLoss`` leaves out.
extension LabelledScenario {
    /// Spans whose exceptions were not recorded: the step is an error and says no more.
    func withoutExceptions() -> Self {
        adjusting { evidence in
            evidence.traces = Self.mapSpans(evidence.traces) { span in
                let status: Span.Status = if case .error = span.status { .error(message: "") } else { span.status }
                return Self.copy(span, status: status, events: [])
            }
        }
    }

    /// The log store kept only so many lines of each build, the last ones.
    func withLastLines(_ count: Int) -> Self {
        adjusting { evidence in
            var remaining: [TraceID: Int] = [:]
            for entry in evidence.logs { if let id = entry.traceID { remaining[id, default: 0] += 1 } }
            evidence.logs = evidence.logs.filter { entry in
                guard let id = entry.traceID, let left = remaining[id] else { return true }
                remaining[id] = left - 1
                return left <= count
            }
        }
    }

    /// Of each build only the root span arrived.
    func withRootSpansOnly() -> Self {
        adjusting { evidence in
            evidence.traces = Self.mapSpans(evidence.traces) { $0.parentID == nil ? $0 : nil }
        }
    }

    /// `script` blocks have no span of their own: what happens in one belongs to its stage.
    func withoutScriptSpans() -> Self {
        adjusting { evidence in
            var parents: [String: String] = [:]
            evidence.traces = Self.mapSpans(evidence.traces) { span in
                guard span.attributes.text("jenkins.pipeline.step.type") == "script" else { return span }
                parents[span.id.description] = span.parentID?.description
                return nil
            }
            evidence.logs = evidence.logs.map { entry in
                guard let id = entry.metadata["span_id"], let parent = parents[id] else { return entry }
                var metadata = entry.metadata
                metadata["span_id"] = parent
                return LogEntry(at: entry.at, line: entry.line, labels: entry.labels, metadata: metadata)
            }
        }
    }

    private func adjusting(_ body: (inout Evidence) -> Void) -> Self {
        var evidence = scenario.evidence
        body(&evidence)
        let scenario = Scenario(
            name: scenario.name, title: scenario.title, alertedAt: scenario.alertedAt, evidence: evidence,
            webhookBody: scenario.webhookBody, resolvedWebhookBody: scenario.resolvedWebhookBody)
        return Self(name: name, variant: variant, label: label, scenario: scenario)
    }

    private static func mapSpans(_ traces: [Trace], _ body: (Span) -> Span?) -> [Trace] {
        Trace.grouping(traces.flatMap(\.spans).compactMap(body))
    }

    private static func copy(_ span: Span, status: Span.Status, events: [Span.Event]) -> Span {
        Span(
            traceID: span.traceID, id: span.id, parentID: span.parentID, name: span.name, kind: span.kind,
            start: span.start, end: span.end, status: status, attributes: span.attributes, resource: span.resource,
            events: events, links: span.links)
    }
}
