import Languages
import Telemetry

extension Overrepresentation {
    private static let weightOfStrength = 0.5
    private static let fullStrength = 8.0
    /// For explaining everything rather than half of it.
    private static let weightOfCoverage = 2.0
    /// For siblings that never go wrong.
    private static let weightOfContrast = 1.0
    private static let half = 0.5

    /// How sure it is that the value has to do with it, in standard errors.
    var strength: Double { ExactTest.z(ofTail: probability) }

    /// What it adds, in log-odds, to a hypothesis that blames what has the value.
    var weight: Double {
        let contrast = rate > 0 ? max(0, 1 - rateElsewhere / rate) : 0
        return min(strength, Self.fullStrength) * Self.weightOfStrength
            + (coverage - Self.half) / Self.half * Self.weightOfCoverage + contrast * Self.weightOfContrast
    }

    /// Whether the value names something that can be replaced or taken back by itself.
    var isInstance: Bool { role == .pod || role == .instance }
    var isCulprit: Bool { isInstance || role == .version }

    /// `41 of 43 failures of `checkout` `POST /pay` come from pod `checkout-x2x1p`, which serves 52 of 208 calls`
    var sentence: Phrase {
        let place = operation.map { "`\(service)` `\(Words.short($0, characters: 80))`" } ?? "`\(service)`"
        let runs: Phrase = "\(hits + elsewhereHits) of \(of + elsewhereOf)"
        switch kind {
        case .failing:
            return isPlace
                ? "\(hits) of \(of) failures of \(place) \(relation), which serves \(runs) calls"
                : "\(hits) of \(of) failures of \(place) \(relation), as have \(runs) calls"
        case .slow:
            return isPlace
                ? "\(hits) of \(of) slow calls of \(place) \(relation), which serves \(runs) calls"
                : "\(hits) of \(of) slow calls of \(place) \(relation), as have \(runs) calls"
        case .builds:
            return "\(hits) of \(of) failed builds \(relation), like \(runs) builds"
        }
    }

    /// The value as it is shown: the values of labels may have any length.
    var shownValue: String { Words.short(value, characters: 80) }

    private var isPlace: Bool {
        switch role {
        case .pod, .instance, .version: true
        case .job, .node, .agentLabel, .zone, .nodeTrait, .process, .request: false
        }
    }

    private var relation: Phrase {
        let short = shownValue
        return switch role {
        case .pod: "come from pod `\(short)`"
        case .instance: "come from instance `\(short)`"
        case .version: "come from version `\(short)`"
        case .node: "are on node `\(short)`"
        case .zone: "are in zone `\(short)`"
        case .job: "are of job `\(short)`"
        case .agentLabel: "have agent label `\(short)`"
        case .nodeTrait, .process, .request: "have `\(name)=\(short)`"
        }
    }

    /// What the first of them said of its failure: ` (ReplyError: READONLY)`, or nothing.
    func reason(in table: SpanTable) -> String {
        guard kind == .failing, row >= 0, let reason = FailureMarks.reason(of: table.span(of: row)) else { return "" }
        return " (\(Words.short(reason, characters: 60)))"
    }

    func finding(weight: Double, in table: SpanTable) -> Finding {
        guard row >= 0 else { return Finding(.traces, text: sentence, weight: weight) }
        let span = table.span(of: row)
        return Finding(
            .traces, at: span.start, text: sentence, weight: weight, reference: .trace(span.traceID, span: span.id))
    }
}

extension [Overrepresentation] {
    private static var hint: Double { 0.3 }
    private static var most: Int { 2 }
    /// What a rule about a service may add to the evidence of its blame.
    private static var furtherEvidence: Double { 2 }

    /// What a hypothesis about a whole service has to admit: as far as one pod or one version explains what goes wrong,
    /// the service as such is well. Only one of the two is the cause, so what the one is likely to be is taken from the
    /// other's probability.
    ///
    /// - Parameter logOdds: of the hypothesis, by its other evidence.
    func findings(for service: String, in table: SpanTable, given logOdds: Double) -> [Finding] {
        let found = filter { $0.kind != .builds && ($0.service == service || $0.targets.contains(service)) }
        return found.prefix(Self.most).map { found in
            guard found.isCulprit else { return found.finding(weight: Self.hint, in: table) }
            let odds = Exponential.exp(logOdds + Self.furtherEvidence)
            let taken = found.coverage * Squash.probability(logOdds: Draft.usualPrior + found.weight)
            return found.finding(weight: Exponential.log((1 - taken) / (1 + taken * odds)), in: table)
        }
    }

    /// Of a pod that stands out.
    func service(ofPod name: String) -> String? { first { $0.isInstance && $0.value == name }?.service }

    /// Pods and nodes that stand out by themselves.
    var suspects: [Suspect] {
        let halfStrength = 6.0
        return compactMap { found in
            let score = Squash.score(z: found.strength, half: halfStrength)
            switch found.role {
            case .pod:
                return Suspect(
                    kind: .pod, name: found.value, service: found.service, pod: found.value, node: found.node,
                    score: score)
            case .node:
                return Suspect(kind: .node, name: found.value, node: found.value, score: score)
            default: return nil
            }
        }
    }
}
