import Telemetry

/// Finds what runs that went wrong have in common and others of the same time do not: a pod, a node, a version, a tenant.
///
/// Every value of every attribute is tested, exactly and one-sided; of all tests made, at most one discovery in twenty is
/// chance. Of values that go together, pods with their nodes for instance, the one that tells the bad runs from the good
/// ones best is kept, and of equals the most specific.
enum OverrepresentedAttributes {
    /// The false-discovery limit.
    private static let limit = 0.05
    /// The least difference between the shares of the bad and of the good runs that have the value: what is smaller may
    /// be real and still explains little.
    private static let leastEffect = 0.3
    private static let fewestHits = 3
    /// A request's attribute with more values than this among the runs of an operation is an id.
    private static let mostValues = 50
    private static let mostPlaces = 500
    /// What most good runs lack altogether came with the failure.
    private static let leastPresence = 0.5
    /// A test that cannot come below this, however the hits fall, is not made.
    private static let leastAttainable = 0.01
    /// Bounds the work; far more than anybody reads.
    private static let mostCandidates = 64
    /// What the same value showed in the baseline, as a share of what it shows now, that makes it old news.
    private static let oldShare = 0.5

    /// - Returns: the clearest first.
    static func find(
        in table: SpanTable, failures: Failures, builds: [Build], cluster: ClusterView
    ) -> [Overrepresentation] {
        var book = LabelBook(table, cluster: cluster)
        let runs = ServiceRuns(table, failures: failures).populations
        var comparisons = runs.map { AttributeComparison($0, book: &book) }
        if let comparison = AttributeComparison(builds, table: table, book: &book) { comparisons.append(comparison) }
        var tests = 0
        var candidates: [AttributeCandidate] = []
        for comparison in comparisons {
            let found = comparison.candidates(
                book: book, mostValues: mostValues, mostPlaces: mostPlaces, leastPresence: leastPresence,
                leastAttainable: leastAttainable, tests: &tests)
            candidates += found.filter { $0.probability <= limit }
        }
        let limits = FalseDiscovery.limits(candidates.map(\.probability), tests: tests)
        for index in candidates.indices { candidates[index].limit = limits[index] }
        candidates = candidates.filter {
            $0.limit <= limit && $0.effect >= leastEffect && $0.table.hits >= fewestHits
        }
        let clearest = candidates.enumerated().sorted { ($0.element.limit, $0.offset) < ($1.element.limit, $1.offset) }
        candidates = clearest.prefix(mostCandidates).map(\.element)
        candidates = candidates.filter { candidate in
            let before = candidate.before(book: &book)
            return before.effect < oldShare * candidate.effect || before.rate < oldShare * candidate.rate
        }
        let explanations = Explanations(candidates, table: table, book: &book).chosen
        return explanations.map { $0.overrepresentation(in: table, failures: failures, book: &book) }
    }
}
