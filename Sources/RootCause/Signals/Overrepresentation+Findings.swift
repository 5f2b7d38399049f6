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
    var sentence: String {
        let place = operation.map { "`\(service)` `\(Phrases.short($0, characters: 80))`" } ?? "`\(service)`"
        let runs = "\(hits + elsewhereHits) of \(of + elsewhereOf)"
        switch kind {
        case .failing:
            return
                "\(hits) of \(of) failures of \(place) \(relation), \(isPlace ? "which serves" : "as have") \(runs) calls"
        case .slow:
            return
                "\(hits) of \(of) slow calls of \(place) \(relation), \(isPlace ? "which serves" : "as have") \(runs) calls"
        case .builds:
            return "\(hits) of \(of) failed builds \(relation), like \(runs) builds"
        }
    }

    /// `pod `checkout-x2x1p``, `tenant=acme`
    var title: String {
        let short = Phrases.short(value, characters: 80)
        return switch role {
        case .pod: "pod `\(short)`"
        case .instance: "instance `\(short)`"
        case .version: "version `\(short)`"
        case .node: "node `\(short)`"
        case .job: "job `\(short)`"
        case .agentLabel: "agent label `\(short)`"
        case .zone: "zone `\(short)`"
        case .nodeTrait, .process, .request: "`\(name)=\(short)`"
        }
    }

    private var isPlace: Bool {
        switch role {
        case .pod, .instance, .version: true
        case .job, .node, .agentLabel, .zone, .nodeTrait, .process, .request: false
        }
    }

    private var relation: String {
        switch role {
        case .pod, .instance, .version: "come from \(title)"
        case .node: "are on \(title)"
        case .zone: "are in \(title)"
        case .job: "are of \(title)"
        case .agentLabel, .nodeTrait, .process, .request: "have \(title)"
        }
    }

    func finding(weight: Double, in table: SpanTable) -> Finding {
        guard row >= 0 else { return Finding(.traces, text: sentence, weight: weight) }
        let span = table.span(of: row)
        return Finding(
            .traces, at: span.start, text: sentence, weight: weight, reference: .trace(span.traceID, span: span.id))
    }
}

extension [Overrepresentation] {
    /// How far one bad instance or version speaks for the health of the rest of its service.
    private static var rebuttal: Double { 0.75 }
    /// Less than this share of the failures leaves the rest unexplained.
    private static var leastCoverage: Double { 0.6 }
    private static var hint: Double { 0.3 }
    private static var most: Int { 2 }

    /// What a hypothesis about a whole service has to admit: where all that goes wrong is one pod's or one version's, the
    /// service as such is well.
    func findings(for service: String, in table: SpanTable) -> [Finding] {
        filter { $0.kind != .builds && ($0.service == service || $0.targets.contains(service)) }.prefix(Self.most).map {
            let speaksAgainst = $0.isCulprit && $0.coverage >= Self.leastCoverage
            return $0.finding(weight: speaksAgainst ? -Self.rebuttal * $0.weight : Self.hint, in: table)
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
