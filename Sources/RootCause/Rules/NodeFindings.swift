import Languages
import Telemetry

/// What several rules say of a node that goes away.
enum NodeFindings {
    private static let mostLosses = 3
    private static let togetherWeight = 0.8

    static func wentAway(_ trouble: NodeTrouble, weight: Double) -> [Finding] {
        var findings: [Finding] = []
        if let notReady = trouble.notReady {
            findings.append(
                Finding(.events, at: notReady, text: "node \(trouble.node) went NotReady", weight: weight))
        }
        if let shutdown = trouble.shutdown {
            findings.append(
                Finding(
                    shutdown.source, at: shutdown.at, text: Words.quotation(shutdown.text),
                    weight: findings.isEmpty ? weight : weight / 3))
        }
        if trouble.isGone {
            findings.append(
                Finding(
                    .nodes, text: "node \(trouble.node) is no longer in the cluster",
                    weight: findings.isEmpty ? weight : weight / 3))
        }
        return findings
    }

    static func losses(_ trouble: NodeTrouble, first: Double, further: Double) -> [Finding] {
        var findings = trouble.losses.prefix(mostLosses).enumerated().map { position, loss in
            Finding(
                loss.source, at: loss.at, text: "agent \(loss.agent) lost: \(Words.short(loss.text))",
                weight: position == 0 ? first : further, reference: loss.reference)
        }
        if trouble.isTogether, let loss = trouble.losses.first {
            findings.append(
                Finding(
                    loss.source, at: loss.at,
                    text:
                        "\(Words.count(trouble.losses.count, "agent")) of node \(trouble.node) were lost at once, none of another",
                    weight: togetherWeight))
        }
        return findings
    }

    /// `3 agents lost, 3 builds did not finish`
    static func toll(agents: [String], builds: [Build]) -> Phrase {
        if agents.isEmpty, builds.isEmpty { return "no agent is known to have been lost" }
        let lost: Phrase = agents.count == 1 ? "\(1) agent lost" : "\(agents.count) agents lost"
        guard !builds.isEmpty else { return lost }
        let titles = Words.list(builds.map(\.title))
        return lost
            + (builds.count == 1
                ? ", \(1) build did not finish (\(titles))" : ", \(builds.count) builds did not finish (\(titles))")
    }

    /// `: shop/main #77 and shop/main #78 did not finish`, or nothing.
    static func unfinished(_ builds: [Build]) -> Phrase {
        guard let first = builds.first else { return .empty }
        guard builds.count > 1 else { return ": \(first.title) did not finish" }
        // Cut here because the verb of many is another one in most languages.
        let titles: Phrase = ": \(Words.list(builds.map(\.title)))"
        return titles + " did not finish"
    }

    /// `Re-run shop/main #77.`; nil when there is nothing to run again.
    static func rerun(_ builds: [Build], after condition: Phrase = .empty) -> Phrase? {
        builds.isEmpty ? nil : "Re-run \(Words.list(builds.map(\.title), atMost: 5))\(condition)."
    }

    /// For pipelines that use the `retry` step of the Kubernetes plugin.
    static let retry: Phrase =
        "Wrap the stages that run on agents in `retry(count: 2, conditions: [kubernetesAgent(), nonresumable()])`."
}
