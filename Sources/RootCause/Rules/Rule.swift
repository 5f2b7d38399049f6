import Languages
import Telemetry

/// One known way in which things break. A rule is pure: it looks at the scene and says what speaks for its cause.
protocol Rule: Sendable {
    var cause: Cause { get }
    /// The rule stays quiet unless one of these was fetched.
    var needs: Set<EvidenceSource> { get }
    func drafts(in scene: Scene) -> [Draft]
}

/// A hypothesis in the making: what speaks for it and against it, in log-odds.
struct Draft: Sendable {
    var subject: Hypothesis.Subject
    var statement: Phrase
    /// Their weights are log-odds: 0.7 doubles the odds, 2.3 makes them ten times as high. Negative ones speak against it.
    var findings: [Finding]
    var recommendations: [Phrase]
    /// The log-odds before any evidence: causes are many and each is rare.
    var prior = Self.usualPrior
    /// What it explains: titles of builds, names of agents.
    var explains: Set<String> = []
    /// Services that fail, or do less than before, because of it: what is said of them alone is only where it shows.
    var showsAt: Set<String> = []
    /// Whether it only holds as long as nothing more specific explains the same.
    var isFallback = false
    /// A fallback that says more than the others: they are superfluous where it explains the same.
    var isNamedFallback = false
    /// Whether the cluster's own record says what ended and when: nobody else says it more exactly.
    var isOnRecord = false
    /// Whether nothing says the cause in so many words, and it follows from what it left behind.
    var isInferred = false
    /// nil for the cause's own page.
    var runbook: String?
    /// The id of the signature that it was recognised by.
    var signature: String?

    static let usualPrior = -3.0
    /// Nobody reads more.
    static let mostRecommendations = 3
    static let mostFindings = 8
    /// Evidence is never complete: nothing is more certain than this.
    static let highestConfidence = 0.98

    /// Orders those that are as certain as anything can be.
    var logOdds: Double { findings.reduce(prior) { $0 + $1.weight } }

    var confidence: Double {
        min(Squash.probability(logOdds: logOdds), Self.highestConfidence)
    }

    func hypothesis(_ cause: Cause) -> Hypothesis {
        let ordered = findings.enumerated().sorted {
            ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
        }
        return Hypothesis(
            cause: cause, subject: subject, confidence: confidence, statement: statement,
            evidence: ordered.prefix(Self.mostFindings).map(\.element),
            recommendations: Array(recommendations.prefix(Self.mostRecommendations)), runbook: runbook,
            signature: signature, isInferred: isInferred)
    }
}
