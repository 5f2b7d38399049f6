/// What one check of the chain found: what was looked at, what came back, and what to do.
package struct Finding: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        case ok
        /// It works, but something is lost or soon will be.
        case warning
        case failure
        /// Not configured, so there was nothing to look at.
        case skipped
    }

    package let check: Check
    package let verdict: Verdict
    /// An address or a name; never a secret.
    package let target: String
    /// What came back, in a few words.
    package let observed: String
    /// What to do next, in one or two sentences; nil only when all is well.
    package let advice: String?
    /// Whether the check came to an end; if not, what it looks at may be well or not.
    private let isAnswered: Bool

    package init(
        _ check: Check, _ verdict: Verdict, on target: String, _ observed: String, advice: String? = nil,
        isAnswered: Bool = true
    ) {
        self.check = check
        self.verdict = verdict
        self.target = target
        self.observed = observed
        self.advice = advice
        self.isAnswered = isAnswered && verdict != .skipped
    }

    /// What the line says: the check's claim, its opposite, or its question where there is no answer.
    package var statement: String {
        guard isAnswered else { return check.question }
        return verdict == .failure ? check.complaint : check.claim
    }
}
