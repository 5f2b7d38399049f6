import Languages
import Telemetry

/// Puts the hypotheses of all rules in order.
enum Ranking {
    /// One rule, one file: in the order of the catalogue of causes.
    static let rules: [any Rule] = [
        SpotEvictionRule(), NodeLostRule(), NodePressureEvictionRule(), AgentOOMKilledRule(), AgentUnschedulableRule(),
        AgentDisconnectedRule(), ControllerRestartRule(), ControllerOOMKilledRule(), ControllerOverloadRule(),
        StageTimeoutRule(), BuildFailureRule(), UnstableTestsRule(), DependencyFailureRule(),
        LatencyRegressionRule(), FaultyInstanceRule(), BadDeployRule(), ResourceSaturationRule(), TelemetryGapRule(),
        AgentWaitRule(), SlowStageRule(), TrafficSurgeRule(),
    ]

    /// What a more specific hypothesis must reach to make a fallback superfluous.
    private static let explainingConfidence = 0.6
    /// Weaker guesses than this help nobody.
    private static let leastWorthSaying = 0.1
    private static let mostHypotheses = 8
    private static let controllerCauses: Set<Cause> = [.controllerRestart, .controllerOOMKilled, .controllerOverload]

    /// They name a place where it goes wrong, and no reason: where one is known, they are where it shows.
    private static let causesOfPlaces: Set<Cause> = [.dependencyFailure, .latencyRegression]

    private struct Candidate {
        let cause: Cause
        var draft: Draft
    }

    static func hypotheses(in scene: Scene, minimumConfidence: Double) -> [Hypothesis] {
        var candidates: [Candidate] = []
        for rule in rules + KnownFailureRule.all(in: scene) where rule.needs.contains(where: scene.evidence.wasFetched)
        {
            candidates += rule.drafts(in: scene).map { Candidate(cause: rule.cause, draft: $0) }
        }
        candidates = merged(candidates)
        let bearing = AlertBearing(scene: scene)
        for number in candidates.indices {
            candidates[number].draft.findings += bearing.findings(for: candidates[number].draft)
        }
        candidates.sort { left, right in
            if left.draft.confidence != right.draft.confidence { return left.draft.confidence > right.draft.confidence }
            if left.draft.logOdds != right.draft.logOdds { return left.draft.logOdds > right.draft.logOdds }
            return (left.cause.rawValue, left.draft.subject.name, left.draft.subject.kind.rawValue)
                < (right.cause.rawValue, right.draft.subject.name, right.draft.subject.kind.rawValue)
        }
        var explained: Set<String> = []
        for candidate in candidates where !candidate.draft.isFallback {
            if candidate.draft.confidence >= explainingConfidence { explained.formUnion(candidate.draft.explains) }
        }
        var named = explained
        for candidate in candidates where candidate.draft.isNamedFallback {
            if candidate.draft.confidence >= explainingConfidence { named.formUnion(candidate.draft.explains) }
        }
        let shown = Set(
            candidates.filter { $0.draft.confidence >= explainingConfidence }.flatMap(\.draft.showsAt))
        let isControllerFound = candidates.contains {
            controllerCauses.contains($0.cause) && $0.draft.confidence >= explainingConfidence
        }
        let kept = candidates.filter { candidate in
            // The controller as a service shows what the controller as a pod explains.
            if isControllerFound, candidate.draft.subject.kind == .service, candidate.cause != .telemetryGap,
                scene.controller.services.contains(candidate.draft.subject.name)
            {
                return false
            }
            let draft = candidate.draft
            if let first = candidates.first, first.draft.confidence >= explainingConfidence,
                GeneralForm.isSaid(draft, candidate.cause, by: first.draft, first.cause)
            {
                return false
            }
            if causesOfPlaces.contains(candidate.cause), draft.showsAt.isEmpty, shown.contains(draft.subject.name) {
                return false
            }
            return draft.confidence >= leastWorthSaying
                && !(draft.isFallback && draft.explains.isSubset(of: draft.isNamedFallback ? explained : named))
        }
        let hypotheses = kept.prefix(mostHypotheses).map { $0.draft.hypothesis($0.cause) }
        let best = hypotheses.first?.confidence ?? 0
        guard best < minimumConfidence else { return hypotheses }
        return [UnknownCause.hypothesis(in: scene, runnerUp: best)] + hypotheses
    }

    /// What a rule and a signature say of the same cause and subject is one hypothesis: the surer one, and what the other
    /// has from sources of which that has nothing.
    private static func merged(_ candidates: [Candidate]) -> [Candidate] {
        struct Key: Hashable {
            let cause: Cause
            let subject: Hypothesis.Subject
        }
        let groups = Dictionary(grouping: candidates) { Key(cause: $0.cause, subject: $0.draft.subject) }
        return groups.values.map { group in
            let ordered = group.sorted {
                ($1.draft.confidence, $0.draft.statement.english) < ($0.draft.confidence, $1.draft.statement.english)
            }
            var draft = ordered[0].draft
            if !draft.isOnRecord, let exact = ordered.first(where: \.draft.isOnRecord)?.draft {
                draft.statement = exact.statement
                draft.recommendations = exact.recommendations
                draft.isOnRecord = true
            }
            draft.isInferred = ordered.allSatisfy(\.draft.isInferred)
            for other in ordered.dropFirst() {
                let known = Set(draft.findings.filter { $0.weight > 0 }.map(\.source))
                draft.findings += other.draft.findings.filter { $0.weight > 0 && !known.contains($0.source) }
                draft.explains.formUnion(other.draft.explains)
                draft.showsAt.formUnion(other.draft.showsAt)
                draft.isFallback = draft.isFallback && other.draft.isFallback
                // A page of its own was given by somebody who knows this very failure.
                draft.runbook = draft.runbook ?? other.draft.runbook
            }
            return Candidate(cause: ordered[0].cause, draft: draft)
        }
    }

    /// Services by blame, and the pods and nodes that hypotheses name.
    static func suspects(in scene: Scene, hypotheses: [Hypothesis]) -> [Suspect] {
        let halfStrength = 6.0
        var suspects = scene.blame.prefix(mostSuspects).map { blame in
            let places = scene.spans.places(of: blame.service)
            return Suspect(
                kind: .service, name: blame.service, service: blame.service, pod: places.pod, node: places.node,
                score: Squash.score(z: blame.strength, half: halfStrength))
        }
        suspects += scene.overrepresented.suspects
        for blame in scene.blame.prefix(mostSuspects) {
            for signal in blame.signals where signal.metric?.isExhausted == true {
                guard let pod = signal.metric?.pod else { continue }
                suspects.append(
                    Suspect(
                        kind: .pod, name: pod, service: blame.service, pod: pod, node: signal.metric?.node,
                        score: Squash.score(z: min(signal.strength, blame.strength), half: halfStrength)))
            }
        }
        suspects += MetricSignals.exhaustedNodes(in: scene.metrics, nodes: scene.nodesOfPods).map { node, certainty in
            Suspect(kind: .node, name: node, node: node, score: certainty / 2)
        }
        for hypothesis in hypotheses {
            switch hypothesis.subject.kind {
            case .pod:
                suspects.append(
                    Suspect(
                        kind: .pod, name: hypothesis.subject.name,
                        service: scene.overrepresented.service(ofPod: hypothesis.subject.name),
                        pod: hypothesis.subject.name,
                        node: scene.cluster.node(of: hypothesis.subject.name), score: hypothesis.confidence))
            case .node:
                suspects.append(
                    Suspect(
                        kind: .node, name: hypothesis.subject.name, node: hypothesis.subject.name,
                        score: hypothesis.confidence))
            case .service where !suspects.contains(where: { $0.name == hypothesis.subject.name }):
                suspects.append(
                    Suspect(
                        kind: .service, name: hypothesis.subject.name, service: hypothesis.subject.name,
                        score: hypothesis.confidence))
            default: break
            }
        }
        var seen: Set<String> = []
        return suspects.sorted {
            ($1.score, $0.kind.rawValue, $0.name) < ($0.score, $1.kind.rawValue, $1.name)
        }.filter { seen.insert("\($0.kind.rawValue) \($0.name)").inserted }
    }

    private static let mostSuspects = 10
}

extension SpanTable {
    /// The pod and node of a service, if it has only one.
    func places(of service: String) -> (pod: String?, node: String?) {
        let own = places.filter { services[$0.service] == service }
        let pods = Set(own.map(\.pod))
        let nodes = Set(own.map(\.node))
        return (pods.count == 1 ? own[0].pod : nil, nodes.count == 1 ? own[0].node : nil)
    }
}
