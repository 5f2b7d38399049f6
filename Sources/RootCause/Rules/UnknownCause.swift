import Languages
import Telemetry

/// What is said when the evidence does not carry a cause: what fails, and what was looked at.
enum UnknownCause {
    /// Not even a clear absence of evidence is certain.
    private static let highestConfidence = 0.9

    /// - Parameter runnerUp: the confidence of the best other hypothesis.
    static func hypothesis(in scene: Scene, runnerUp: Double) -> Hypothesis {
        Hypothesis(
            cause: .unknown, subject: .init(.none, ""), confidence: confidence(in: scene, runnerUp: runnerUp),
            statement: statement(in: scene, runnerUp: runnerUp),
            evidence: findings(in: scene), recommendations: recommendations(in: scene))
    }

    /// How sure it is that the evidence carries no cause: less with every kind of evidence that was not there to carry it.
    private static func confidence(in scene: Scene, runnerUp: Double) -> Double {
        let kinds = EvidenceSource.allCases
        let share = Double(kinds.count(where: scene.evidence.wasFetched)) / Double(kinds.count)
        return min(1 - runnerUp, highestConfidence * share)
    }

    /// A lead with less is none.
    private static let telling = 0.25

    private static func statement(in scene: Scene, runnerUp: Double) -> Phrase {
        let failing = scene.failures.traces.count + scene.failedBuilds.count
        if failing > 0 {
            let isOne = failing == 1
            let what: Phrase =
                scene.failures.traces.isEmpty
                ? isOne ? "\(1) build failed" : "\(failing) builds failed"
                : isOne ? "\(1) trace failed" : "\(failing) traces failed"
            return "\(what)\(scene.since); the cause is not in the evidence."
        }
        let stopped = scene.builds.filter { $0.population == .window && $0.outcome == .stopped }
        if !stopped.isEmpty, stopped.contains(where: { !$0.isExplained }) {
            return stopped.count == 1
                ? "\(1) build ended aborted; nothing says by whom, and nothing else failed."
                : "\(stopped.count) builds ended aborted; nothing says by whom, and nothing else failed."
        }
        if !stopped.isEmpty {
            return stopped.count == 1
                ? "\(1) build did not finish because people or newer builds stopped them; nothing else failed."
                : "\(stopped.count) builds did not finish because people or newer builds stopped them; nothing else failed."
        }
        let missing = unreachable(in: scene).map(\.source.words)
        if scene.evidence.traces.isEmpty, scene.evidence.logs.isEmpty, !missing.isEmpty {
            return "Nothing could be looked at: there was no answer to the questions for \(Words.list(missing))."
        }
        if runnerUp >= telling {
            return "Nothing is certain enough to be named as the cause; what stands out most follows as a lead."
        }
        if let log = scene.endedLogs.first {
            return "A build ended with \(log.result); its log says why in words that fit no known cause."
        }
        return hasTimeBefore(scene)
            ? "Nothing in the evidence differs from the time before enough to name a cause."
            : "Nothing in the evidence is enough to name a cause, and there is no time before to compare it with."
    }

    /// Whether there are traces or log lines of the quiet time.
    private static func hasTimeBefore(_ scene: Scene) -> Bool {
        scene.spans.traceRows.contains { $0.population.isBaseline }
            || scene.logs.rows.contains { $0.population.isBaseline }
    }

    /// What should have answered and did not at all, the most telling kind of evidence first.
    private static func unreachable(in scene: Scene) -> [Gap] {
        let failed = scene.evidence.gaps.filter { $0.isTotal && !$0.isStanding }
        return EvidenceSource.allCases.compactMap { source in failed.first { $0.source == source } }
    }

    /// Alerts that fired besides are where a person would look next, the first that began first.
    private static let mostAlerts = 3

    private static func findings(in scene: Scene) -> [Finding] {
        var findings: [Finding] = []
        if let origin = scene.failures.origins.first {
            let span = scene.spans.span(of: origin.row)
            let same = scene.failures.origins.filter {
                scene.spans.rows[$0.row].operation == scene.spans.rows[origin.row].operation
            }
            findings.append(
                Finding(
                    .traces, at: span.start,
                    text:
                        "\(same.count) of \(scene.failures.origins.count) failures begin in `\(span.name)` of `\(span.service)`",
                    weight: 0, reference: .trace(span.traceID, span: span.id)))
        }
        for line in scene.endedLogs.compactMap(\.lines.first) {
            findings.append(
                Finding(
                    .logs, at: line.entry.at, text: "the log of a failed build: \(Words.short(line.text))", weight: 0,
                    reference: line.entry.traceID.map(Reference.logsOfTrace)
                        ?? line.entry.service.map(Reference.logsOfService)))
        }
        for alert in scene.otherAlerts.prefix(mostAlerts) {
            findings.append(
                Finding(.metrics, at: alert.began, text: alert.sentence(onset: scene.onset), weight: 0))
        }
        let traces = Int(scene.spans.traceRows.filter { $0.population == .window }.count)
        let lines = scene.logs.rows.filter { $0.population == .window }.count
        let events = scene.cluster.events.filter { scene.evidence.window.overlaps($0) }.count
        guard traces + lines + events > 0 else { return findings }
        findings.append(
            Finding(
                .traces,
                text:
                    "looked at \(Words.count(traces, "trace")), \(Words.count(lines, "log line")) and \(Words.count(events, "event"))",
                weight: 0))
        return findings
    }

    private static func recommendations(in scene: Scene) -> [Phrase] {
        var result: [Phrase] = []
        if let origin = scene.failures.origins.first {
            let span = scene.spans.span(of: origin.row)
            result.append("Open trace \(span.traceID.description) at `\(span.name)` of `\(span.service)`.")
        }
        let missing = unreachable(in: scene).map(\.source.words)
        if !missing.isEmpty { result.append("Bring back the \(Words.list(missing)), then replay this alert.") }
        return result
    }
}
