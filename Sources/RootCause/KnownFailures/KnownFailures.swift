import Signatures
import Telemetry

/// What of the known failures the evidence shows, put together by cause and subject.
struct KnownFailures: Sendable {
    /// In the order of the catalogue, then of the subjects' names.
    private(set) var found: [KnownFailure] = []
    /// How often a regular expression was tried.
    private(set) var patternsTried = 0
    /// Traces of which there are lines; known where anything was found, and there are builds.
    private(set) var loggedTraces: Set<TraceID> = []

    init(_ signatures: [Signature], in surroundings: Surroundings) {
        let applicable = signatures.applying(to: CloudProvider.of(surroundings))
        guard !applicable.isEmpty else { return }
        var around = surroundings
        around.prepare()
        var search = SightingSearch(SignatureBook(applicable), in: around)
        search.run()
        patternsTried = search.book.patternsTried
        var sightings = search.sightings
        FullDisk.settle(&sightings, of: applicable, in: around)
        found = KnownFailure.all(sightings, of: applicable)
        contest(TestOutput(around.logs))
        if !found.isEmpty, !around.builds.isEmpty { loggedTraces = Set(around.logs.entries.lazy.compactMap(\.traceID)) }
    }

    var causes: [Cause] { Cause.allCases.filter { cause in found.contains { $0.cause == cause } } }

    /// Of several failures of one build, the one that is told where the build failed, and of those the first, is the
    /// cause; the others follow from it, or have nothing to do with it.
    private mutating func contest(_ tests: TestOutput) {
        var claims: [Int: [(failure: Int, claim: KnownFailure.Claim)]] = [:]
        for (number, failure) in found.enumerated() {
            for (build, claim) in failure.claims { claims[build, default: []].append((number, claim)) }
        }
        for build in claims.keys.sorted() {
            let rivals = claims[build] ?? []
            guard rivals.count > 1 else { continue }
            let wanted = tests.provoked(in: build, among: rivals.map(\.failure), of: found)
            for failure in wanted { found[failure].lost.insert(build) }
            let best = rivals.filter { !wanted.contains($0.failure) }.min { left, right in
                let (first, second) = (found[left.failure], found[right.failure])
                if first.isGeneral != second.isGeneral {
                    // What any failure can look like yields to what has a name, unless that was seen elsewhere.
                    let specific = first.isGeneral ? right : left
                    if specific.claim.bearing.share >= KnownFailure.leastShareToName { return !first.isGeneral }
                }
                return left.claim.precedes(right.claim)
                    || (!right.claim.precedes(left.claim) && left.failure < right.failure)
            }
            for rival in rivals where rival.failure != best?.failure {
                found[rival.failure].lost.insert(build)
            }
        }
    }
}
