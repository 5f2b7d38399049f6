/// The hits in the order in which they explain the failure.
struct Ranking {
    /// Best first; a hit's weight is its score here.
    let hits: [Survey.Hit]

    init(_ survey: Survey, _ steps: Steps, _ book: RuleBook) {
        var hits = survey.hits
        Self.takeWarningsForErrors(&hits, book)
        let isExplicit = hits.contains {
            $0.weight >= Self.leastExplicit && !book.isLogged($0.rule) && book.rules[$0.rule].role == .failure
                && steps.points(ofLine: $0.line) >= 0
        }
        let anchors = Self.anchors(hits, steps, book)
        let nearness = Self.nearness(of: hits, anchors, steps)
        let occurrences = Dictionary(hits.map { ($0.fingerprint, 1) }, uniquingKeysWith: +)
        var seenRules: Set<Int> = []
        for index in hits.indices {
            let hit = hits[index]
            var score = hit.weight + steps.points(ofLine: hit.line)
            if [.failure, .header].contains(book.rules[hit.rule].role) {
                score += nearness[index]
                if seenRules.insert(hit.rule).inserted { score += Self.firstOfItsKind }
                if hit.isRed { score += Self.red }
                if isExplicit, book.isLogged(hit.rule) {
                    score -= nearness[index] >= Self.near ? Self.perhapsLogged : Self.onlyLogged
                }
                if hit.weight < Self.leastExplicit, occurrences[hit.fingerprint, default: 0] > Self.common {
                    score -= Self.commonness
                }
            }
            hits[index].weight = score
        }
        self.hits = hits.sorted { ($0.weight, -$0.line) > ($1.weight, -$1.line) }
    }

    /// The summaries after which the step soon ended: where it went on for long, it was not what failed.
    private static func anchors(_ hits: [Survey.Hit], _ steps: Steps, _ book: RuleBook) -> [Int] {
        var anchors: [Int] = []
        for hit in hits.reversed() where book.rules[hit.rule].role == .summary && hit.weight >= leastAnchor {
            let end = min(anchors.last ?? .max, steps.end(ofStepWith: hit.line))
            if end - hit.line <= reachOfAnchor { anchors.append(hit.line) }
        }
        return anchors.reversed()
    }

    private static let reachOfAnchor = 100

    /// Where a tool says that warnings count as errors, those right before it do.
    private static func takeWarningsForErrors(_ hits: inout [Survey.Hit], _ book: RuleBook) {
        var next: Int?
        for index in hits.indices.reversed() {
            if book.rules[hits[index].rule].role == .warningsAreErrors { next = hits[index].line }
            if hits[index].rule == book.locatedWarning, let next, next - hits[index].line <= reachOfStrictness {
                hits[index].weight = strictWarning
            }
        }
    }

    /// Weight from which a rule is a tool's own way to report a failure.
    private static let leastExplicit = 84
    /// Weight from which a summary says that what explains it stands right before.
    private static let leastAnchor = 40
    /// Lines before "warnings are errors" in which the warnings are meant.
    private static let reachOfStrictness = 60
    private static let strictWarning = 92
    /// What comes later often follows from it.
    private static let firstOfItsKind = 4
    private static let red = 6
    private static let common = 3
    private static let commonness = 15
    /// Tests that pass log exceptions, too.
    private static let onlyLogged = 25
    private static let perhapsLogged = 12
    /// Points for nearness from which a logged exception may well be the cause.
    private static let near = 9

    /// Points for standing before a summary or the step's verdict; a list of like findings has them as a whole.
    private static func nearness(of hits: [Survey.Hit], _ anchors: [Int], _ steps: Steps) -> [Int] {
        var points = [Int](repeating: 0, count: hits.count)
        var later: [Int: (line: Int, points: Int)] = [:]
        var anchor = anchors.count
        for index in hits.indices.reversed() {
            let hit = hits[index]
            while anchor > 0, anchors[anchor - 1] >= hit.line { anchor -= 1 }
            var end = steps.end(ofStepWith: hit.line)
            if anchor < anchors.count { end = min(end, anchors[anchor]) }
            points[index] = nearness(end - hit.line)
            if let next = later[hit.rule], next.line - hit.line <= reachOfList {
                points[index] = max(points[index], next.points)
            }
            later[hit.rule] = (hit.line, points[index])
        }
        return points
    }

    /// Lines between two findings of one list.
    private static let reachOfList = 100

    /// Points for standing near the verdict.
    private static func nearness(_ distance: Int) -> Int {
        switch distance {
        case ..<0: 0
        case ..<12: 12
        case ..<40: 9
        case ..<100: 5
        case ..<300: 1
        case ..<1000: -4
        default: -8
        }
    }
}
