/// What one check of the chain found: what was looked at, what came back, and what to do.
package struct Finding: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
        case ok
        /// It works, but something is lost or soon will be.
        case warning
        case failure
        /// Not configured, so there was nothing to look at; or what would tell cannot be used, which has its own line.
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
    /// Servers whose own failure, of all of them, would be the whole reason for this one.
    private let suspects: [Check]

    package init(
        _ check: Check, _ verdict: Verdict, on target: String, _ observed: String, advice: String? = nil,
        isAnswered: Bool = true, unless suspects: [Check] = []
    ) {
        self.check = check
        self.verdict = verdict
        self.target = target
        self.observed = observed
        self.advice = advice
        self.isAnswered = isAnswered && verdict != .skipped
        self.suspects = suspects
    }

    /// The same finding among the others: one fault is one failure, so what failed only because a server cannot be used
    /// is not told as broken too.
    ///
    /// - Parameter failed: the servers that cannot be used.
    func explained(by failed: Set<Check>) -> Finding {
        guard verdict == .failure, !suspects.isEmpty, failed.isSuperset(of: suspects) else { return self }
        let names = suspects.compactMap(\.server)
        return Finding(
            check, .skipped, on: target, "cannot be told: \(Wording.list(names)) cannot be used",
            advice: "See \(names.count == 1 ? "the line" : "the lines") on \(Wording.list(names)).")
    }

    /// What the line says: the check's claim, what takes from it, its opposite, or its question where there is no answer.
    package var statement: String {
        guard isAnswered else { return check.question }
        return switch verdict {
        case .ok, .skipped: check.claim
        case .warning: check.reservation
        case .failure: check.complaint
        }
    }
}
