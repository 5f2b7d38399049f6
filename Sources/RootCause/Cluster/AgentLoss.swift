import Languages
import Telemetry

/// An agent that went away while a build needed it, with all that says so.
struct AgentLoss: Hashable, Sendable {
    let agent: String
    /// When it was first noticed.
    let at: Timestamp
    let node: String?
    /// Places in the list of builds: those that needed it and did not end well.
    let builds: [Int]
    /// In whose words: a log line or an exception.
    let text: Phrase
    let source: EvidenceSource
    let reference: Reference?
    /// Whether a log line says so too.
    let isLogged: Bool

    /// Losses this close to each other have one cause.
    static let together = Duration.seconds(60)

    private struct Mention {
        let at: Timestamp
        let text: Phrase
        let source: EvidenceSource
        let reference: Reference?
    }

    /// In the order of time.
    static func all(builds: [Build], logs: LogTable, cluster: ClusterView, table: SpanTable) -> [AgentLoss] {
        var mentions: [String: [Mention]] = [:]
        for build in builds where build.population == .window && build.outcome == .lostAgent {
            for agent in build.lostAgents {
                mentions[agent, default: []].append(
                    Mention(
                        at: build.failedAt, text: build.lossText ?? .empty, source: build.source,
                        reference: .trace(build.traceID, span: build.step.map { table.span(of: $0.row).id })))
            }
        }
        for (agent, mention) in logged(in: logs, builds: builds) { mentions[agent, default: []].append(mention) }
        var losses: [AgentLoss] = []
        for (agent, mentions) in mentions {
            let users = builds.indices.filter {
                builds[$0].population == .window && builds[$0].agents.contains(agent)
            }
            guard
                let first = mentions.min(by: {
                    ($0.at, $0.source.rawValue, $0.text.english) < ($1.at, $1.source.rawValue, $1.text.english)
                })
            else { continue }
            // A pod that is deleted after its build failed by itself is no cause, however soon it goes.
            let skew: Duration =
                first.source == .logs && AgentLossWords.mayBeCleanUp(first.text.english) ? .zero : BuildReader.clockSkew
            let harmed = users.filter { builds[$0].isHarmed(at: first.at, skew: skew) }
            // An agent whose builds all ended as wanted was only cleaned up.
            guard users.isEmpty || !harmed.isEmpty else { continue }
            // A line that may be of a clean-up tells when, others tell better what.
            let telling = mentions.filter { !AgentLossWords.mayBeCleanUp($0.text.english) && !$0.text.isEmpty }
            let best =
                telling.min {
                    ($0.at, $0.source.rawValue, $0.text.english) < ($1.at, $1.source.rawValue, $1.text.english)
                } ?? first
            losses.append(
                AgentLoss(
                    agent: agent, at: first.at, node: cluster.node(of: agent), builds: harmed, text: best.text,
                    source: best.source, reference: best.reference,
                    isLogged: mentions.contains { $0.source == .logs }))
        }
        return losses.sorted { ($0.at, $0.agent) < ($1.at, $1.agent) }
    }

    private static func logged(in logs: LogTable, builds: [Build]) -> [(agent: String, mention: Mention)] {
        let telling = logs.templates(with: AgentLossWords.areIn)
        var found: [(agent: String, mention: Mention)] = []
        for (row, entry) in zip(logs.rows, logs.entries)
        where row.population == .window && telling[row.template] && AgentLossWords.areIn(entry.line) {
            for agent in AgentLossWords.agents(in: entry.line) {
                let reference =
                    entry.traceID.map(Reference.logsOfTrace)
                    ?? .logsOfPod(namespace: entry.namespace, pod: entry.pod ?? agent)
                found.append(
                    (
                        agent,
                        Mention(at: entry.at, text: Phrase(verbatim: entry.line), source: .logs, reference: reference)
                    ))
            }
        }
        return found
    }
}

extension Build {
    /// Whether something that happened at this time can be why the build did not end well: causes come before effects.
    ///
    /// - Parameter skew: log lines come a little after what they tell of, and clocks differ.
    func isHarmed(at instant: Timestamp, skew: Duration = BuildReader.clockSkew) -> Bool {
        guard population == .window, start <= instant + skew else { return false }
        switch outcome {
        case .open: return true
        case .success, .stopped: return false
        case .lostAgent, .timedOut: return instant <= end + BuildReader.clockSkew
        case .failure, .unstable: return instant <= failedAt + skew
        }
    }
}
