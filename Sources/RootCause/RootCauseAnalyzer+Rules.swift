extension RootCauseAnalyzer {
    /// The causes that a rule of their own finds, without any signature; `unknown` is what is left when none does.
    package static var causesWithRules: Set<Cause> { Set(Ranking.rules.map(\.cause)) }
}
