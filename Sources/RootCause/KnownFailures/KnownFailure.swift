import Signatures
import Telemetry

/// All that was seen of one cause at one subject.
struct KnownFailure: Sendable {
    let cause: Cause
    let subject: Hypothesis.Subject
    /// The signature of its strongest sign.
    let signature: Signature
    let signs: [Sighting]
    var stronger: [Sighting] = []
    var ruledOut: [Sighting] = []
    /// Of signs in builds and traces that ended well, and in the time before.
    var everyday: [Sighting] = []
    /// For each build the sign that tells most.
    let claims: [Int: Claim]
    /// Builds that failed for another reason that was found.
    var lost: Set<Int> = []

    /// What a sign says of one build.
    struct Claim: Sendable {
        let bearing: Sighting.Bearing
        let at: Timestamp?
        /// With what rules it out in this build.
        let weight: Double

        /// What is written at once, an error and its reason below it, has no first.
        private static let sameInstant = Duration.milliseconds(500)
        /// With less, something else is said to be the reason.
        private static let leastWeight = 1.0

        /// Whether it is rather the cause than another: not ruled out, nearer to the failure, then earlier, then surer.
        func precedes(_ other: Claim) -> Bool {
            if (weight >= Self.leastWeight) != (other.weight >= Self.leastWeight) { return weight > other.weight }
            if bearing.isAtFailure != other.bearing.isAtFailure { return bearing.isAtFailure }
            if !bearing.isAtFailure, bearing.share != other.bearing.share { return bearing.share > other.bearing.share }
            if let at, let instant = other.at, at + Self.sameInstant < instant || instant + Self.sameInstant < at {
                return at < instant
            }
            return weight > other.weight
        }
    }

    /// A failure that was only seen elsewhere in a build does not take it from one that any build can have.
    static let leastShareToName = 0.5

    /// Whether any failing build can look like this, whatever made it fail.
    var isGeneral: Bool { cause == .testFailure || cause == .buildFailure || cause == .stageTimeout }

    /// Builds that it explains.
    var builds: [Int] { claims.keys.filter { !lost.contains($0) }.sorted() }
}

extension KnownFailure {
    private struct Key: Hashable {
        let cause: Cause
        let subject: Hypothesis.Subject
    }

    fileprivate struct Group {
        var signs: [Sighting] = []
        var everyday: [Sighting] = []
    }

    /// - Parameter sightings: of all signatures, in an order that depends on the evidence alone.
    static func all(_ found: [Sighting], of signatures: [Signature]) -> [KnownFailure] {
        let sightings = found.named(by: signatures)
        var groups: [Key: Group] = [:]
        var unnamed: [Sighting] = []
        for sighting in sightings where sighting.role == .sign {
            guard let cause = Cause(rawValue: signatures[sighting.signature].cause) else { continue }
            guard let subject = subject(of: sighting, by: signatures[sighting.signature]) else {
                unnamed.append(sighting)
                continue
            }
            groups[Key(cause: cause, subject: subject), default: Group()].add(sighting)
        }
        // What does not name its subject belongs to what the same build or agent names, or to the only one that is named.
        for sighting in unnamed {
            guard let cause = Cause(rawValue: signatures[sighting.signature].cause) else { continue }
            let named = groups.keys.filter {
                $0.cause == cause && !$0.subject.name.isEmpty && groups[$0]?.signs.isEmpty == false
            }
            .sorted { $0.subject.name < $1.subject.name }
            let near = named.first { key in groups[key]?.signs.contains { $0.isNear(sighting) } ?? false }
            let only = named.count == 1 ? named.first : nil
            let rule = signatures[sighting.signature].subject
            // What only a place could name happened at no such place: not to the controller, for instance.
            if near == nil, only == nil, rule.from.allSatisfy({ Place(rawValue: $0) != nil }) { continue }
            let alone = Key(cause: cause, subject: .init(kind(rule.kind), ""))
            groups[near ?? only ?? alone, default: Group()].add(sighting)
        }
        let order = Dictionary(uniqueKeysWithValues: Cause.allCases.enumerated().map { ($1, $0) })
        return groups.filter { !$0.value.signs.isEmpty }.sorted {
            (order[$0.key.cause] ?? 0, $0.key.subject.name, $0.key.subject.kind.rawValue)
                < (order[$1.key.cause] ?? 0, $1.key.subject.name, $1.key.subject.kind.rawValue)
        }.map { key, group in
            KnownFailure(key.cause, key.subject, group, beside: sightings, signatures)
        }
    }

    private init(
        _ cause: Cause, _ subject: Hypothesis.Subject, _ group: Group, beside sightings: [Sighting],
        _ signatures: [Signature]
    ) {
        self.cause = cause
        self.subject = subject
        signs = group.signs
        everyday = group.everyday
        let strongest = group.signs.enumerated().max {
            ($0.element.strength, -$0.offset) < ($1.element.strength, -$1.offset)
        }
        let number = strongest?.element.signature ?? 0
        signature = signatures[number]
        let own = Set(group.signs.map(\.signature))
        let beside = sightings.filter { sighting in
            guard sighting.role != .sign, own.contains(sighting.signature) else { return false }
            let named = KnownFailure.subject(of: sighting, by: signatures[sighting.signature])
            return named == subject || group.signs.contains { $0.isNear(sighting) }
        }
        stronger = beside.filter { $0.role == .stronger && $0.bearing != .everyday && $0.isCurrent }
        ruledOut = beside.filter { $0.role == .ruledOut && $0.isCurrent }
        var claims: [Int: Claim] = [:]
        for sign in group.signs {
            for build in sign.builds {
                let against = ruledOut.filter { $0.builds.contains(build) }.map(\.weight).min() ?? 0
                let claim = Claim(bearing: sign.bearing, at: sign.at, weight: sign.weight + against)
                if claims[build].map(claim.precedes) ?? true { claims[build] = claim }
            }
        }
        self.claims = claims
    }

    /// nil when none of the rule's names has a value.
    private static func subject(of sighting: Sighting, by signature: Signature) -> Hypothesis.Subject? {
        let allowed = CauseCatalogue.subjectKinds(of: signature.cause)
        for name in signature.subject.from {
            guard let value = sighting.names[name], !value.isEmpty else { continue }
            let placed = Place(rawValue: name)?.kind.flatMap { allowed.contains($0) ? $0 : nil }
            let kind = placed ?? signature.subject.kind
            let tidied = SubjectName.tidied(value, kind)
            if !tidied.isEmpty { return .init(Self.kind(kind), tidied) }
        }
        return nil
    }

    private static func kind(_ kind: SubjectKind) -> Hypothesis.Subject.Kind {
        switch kind {
        case .node: .node
        case .pod: .pod
        case .image: .image
        case .volume: .volume
        case .host: .host
        case .credential: .credential
        case .pool: .pool
        case .job: .job
        case .service: .service
        }
    }
}

extension KnownFailure.Group {
    fileprivate mutating func add(_ sighting: Sighting) {
        if sighting.bearing == .everyday || !sighting.isCurrent {
            everyday.append(sighting)
        } else {
            signs.append(sighting)
        }
    }
}

extension Sighting {
    /// Whether two were seen at the same build, agent or pod.
    func isNear(_ other: Sighting) -> Bool {
        if let agent, agent == other.agent { return true }
        if let origin, origin == other.origin { return true }
        return !builds.isEmpty && !Set(builds).isDisjoint(with: other.builds)
    }
}
