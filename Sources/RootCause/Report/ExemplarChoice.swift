import Telemetry

/// Chooses the trace to open first, at the span where the failure is.
enum ExemplarChoice {
    static func choose(in scene: Scene, hypotheses: [Hypothesis]) -> Exemplar? {
        let top = hypotheses.first { $0.cause != .unknown }
        // What the best hypothesis itself points at.
        for finding in top?.evidence ?? [] {
            guard case .trace(let trace, let span?) = finding.reference else { continue }
            if let exemplar = exemplar(trace: trace, span: span, in: scene) { return exemplar }
        }
        let row =
            scene.failedBuilds.compactMap(\.step?.row).first ?? scene.failures.origins.first?.row
            ?? scene.blame.first?.signals.first { $0.span >= 0 }?.span
        return row.flatMap { exemplar(row: $0, in: scene) }
    }

    private static func exemplar(trace: TraceID, span: SpanID, in scene: Scene) -> Exemplar? {
        guard let number = scene.spans.traces.firstIndex(where: { $0.id == trace }),
            let offset = scene.spans.traces[number].spans.firstIndex(where: { $0.id == span })
        else { return nil }
        return exemplar(row: scene.spans.traceRows[number].rows.lowerBound + offset, in: scene)
    }

    private static func exemplar(row: Int, in scene: Scene) -> Exemplar? {
        let span = scene.spans.span(of: row)
        guard let window = scene.spans.traces[Int(scene.spans.rows[row].trace)].window else { return nil }
        return Exemplar(
            traceID: span.traceID, spanID: span.id, service: span.service, operation: span.name, window: window)
    }
}
