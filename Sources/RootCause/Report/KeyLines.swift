import LogTemplates
import Telemetry

/// Chooses the log lines that tell most: error-like, new, and close to the failure.
enum KeyLines {
    private static let most = 8
    private static let errorScore = 2.0
    private static let newScore = 1.5
    private static let blamedScore = 2.0
    private static let failingScore = 2.0
    private static let lossScore = 3.0
    /// A line that was as common before says nothing.
    private static let leastScore = 3.0

    /// Whether builds were stopped on purpose, and nothing else went wrong.
    private static func isOnlyStopped(_ scene: Scene) -> Bool {
        guard scene.failures.traces.isEmpty, scene.failedBuilds.isEmpty else { return false }
        let stopped = scene.builds.filter { $0.population == .window && $0.outcome == .stopped }
        return !stopped.isEmpty && stopped.allSatisfy(\.isExplained)
    }

    static func choose(in scene: Scene, hypotheses: [Hypothesis]) -> [KeyLine] {
        let logs = scene.logs
        let failing = Set(scene.failures.traces.map { scene.spans.traces[$0].id })
            .union(scene.failedBuilds.map(\.traceID))
        let blamed = Set(hypotheses.prefix(2).map(\.subject.name)).subtracting([""])
        let agents = Set(scene.losses.map(\.agent))
        struct Group {
            var first = -1
            var count = 0
            var before = 0
            /// Lines in failing traces.
            var near = 0
            var isNear = false
            var isLoss = false
        }
        var groups = [Group](repeating: Group(), count: logs.templates.count)
        for (place, row) in logs.rows.enumerated() {
            if case .baseline = row.population { groups[row.template].before += 1 }
            guard row.population == .window else { continue }
            guard logs.isErrorLike(row.template) else { continue }
            let entry = logs.entries[place]
            // `Failures: 0` has the word for the opposite.
            guard !NoughtCount.isAll(of: entry) else { continue }
            groups[row.template].count += 1
            if groups[row.template].first < 0 { groups[row.template].first = place }
            let traceID = row.span >= 0 ? scene.spans.span(of: row.span).traceID : entry.traceID
            let isNear = traceID.map(failing.contains) ?? false
            groups[row.template].near += isNear ? 1 : 0
            // The first line that stands in a failing trace shows more than one that does not.
            if isNear, !groups[row.template].isNear {
                groups[row.template].isNear = true
                groups[row.template].first = place
            }
            if !groups[row.template].isLoss, AgentLossWords.areIn(entry.line),
                AgentLossWords.agents(in: entry.line).contains(where: agents.contains)
            {
                groups[row.template].isLoss = true
                groups[row.template].first = place
            }
        }
        // Where no cause is named, a person reads the log: what is like an error is shown, be it ever so common a word.
        // Where builds were only stopped, there is none to look for.
        let isUnexplained = hypotheses.first.map { $0.cause == .unknown } ?? true
        let least = isUnexplained && !isOnlyStopped(scene) ? errorScore : leastScore
        let scale = scene.spans.stretches.baselineScale
        let scored: [(score: Double, line: KeyLine)] = groups.enumerated().compactMap { template, group in
            guard group.first >= 0, logs.isErrorLike(template) else { return nil }
            let row = logs.rows[group.first]
            let entry = logs.entries[group.first]
            let service = row.service >= 0 ? logs.services[row.service] : nil
            let expected = Double(group.before) * scale
            let growth = (Double(group.count) - expected) / (expected + 1).squareRoot() / 3
            // As common as before, and mostly where nothing fails: it is no part of what happened.
            if group.before > 0, growth < 1, !group.isLoss, group.near * 2 <= group.count { return nil }
            var score = errorScore
            score += newScore * max(-1, min(1, growth))
            if let service, blamed.contains(service) { score += blamedScore }
            if let pod = entry.pod, blamed.contains(pod) { score += blamedScore }
            if group.isNear { score += failingScore }
            if group.isLoss { score += lossScore }
            guard score >= least else { return nil }
            return (
                score,
                KeyLine(
                    at: entry.at, text: entry.line, count: group.count, service: service, pod: entry.pod,
                    traceID: row.span >= 0 ? scene.spans.span(of: row.span).traceID : entry.traceID)
            )
        }
        let sorted = scored.sorted {
            ($1.score, $0.line.at, $0.line.text) < ($0.score, $1.line.at, $1.line.text)
        }.map(\.line)
        // A lost agent explains more than what its build wrote last.
        guard agents.isEmpty else { return Array(sorted.prefix(most)) }
        let excerpts = ofFailedSteps(in: scene) + ofEndedLogs(in: scene)
        let told = Set(excerpts.map(\.text))
        return Array(
            (excerpts + sorted.filter { !told.contains($0.text) && (excerpts.isEmpty || !isOnlyTheEnd($0.text)) })
                .prefix(most))
    }

    /// The lines that explain why builds failed, a few of each build.
    private static func ofFailedSteps(in scene: Scene) -> [KeyLine] {
        scene.stepLogs.prefix(2).flatMap { log in
            log.lines.prefix(mostOfStep).map { line in
                KeyLine(
                    at: line.entry.at, text: line.text, service: line.entry.service, pod: line.entry.pod,
                    traceID: log.traceID)
            }
        }
    }

    /// The same of builds that nothing but their log tells of.
    private static func ofEndedLogs(in scene: Scene) -> [KeyLine] {
        scene.endedLogs.flatMap { log in
            log.lines.prefix(mostOfStep).map { line in
                KeyLine(
                    at: line.entry.at, text: line.text, service: line.entry.service, pod: line.entry.pod,
                    traceID: line.entry.traceID)
            }
        }
    }

    private static let mostOfStep = 4

    /// That a build failed is no news beside the lines that say why.
    private static func isOnlyTheEnd(_ text: String) -> Bool { text.hasPrefix("Finished: ") }
}

extension Stretches {
    /// How much longer or shorter the window is than the baseline.
    var baselineScale: Double {
        let before = baseline.duration.inSeconds
        return before > 0 ? window.duration.inSeconds / before : 0
    }
}
