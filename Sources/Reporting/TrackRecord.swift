package import RootCause

/// How often each cause held when it was named, as people said, and what follows for the confidence that they are shown.
///
/// The engine's confidence is a claim: of what is said with 0.8, four in five should hold. Votes show what did hold. Of
/// the incidents on which people voted, the mean confidence that was *claimed* is compared with the share that *held*,
/// and later confidences are moved by as much, in odds: if what was called 90 % held in three of four cases, the odds
/// fall from 9 to 3, and what would be called 95 % (19 to 1) is shown as 86 % (6.3 to 1). So a poor record makes every
/// claim of that cause smaller, and the evidence of the incident at hand still tells a strong case from a weak one.
///
/// Few votes say little. What held is therefore estimated with the claim as a prior of some strength (the mean of a beta
/// distribution after binomial observations): `(strength · claimed + held) / (strength + incidents)`.
package struct TrackRecord: Hashable, Sendable {
    /// What one person said of one diagnosis.
    package struct Verdict: Hashable, Sendable {
        package let incident: String
        /// The cause that was named first.
        package let cause: String
        /// As the engine gave it, from 0 to 1.
        package let confidence: Double
        package let isRight: Bool

        package init(incident: String, cause: String, confidence: Double, isRight: Bool) {
            self.incident = incident
            self.cause = cause
            self.confidence = confidence
            self.isRight = isRight
        }
    }

    /// What is known of one cause. An incident counts once, however many people voted on it: a right one in five votes is
    /// a fifth of an incident.
    package struct Entry: Hashable, Sendable {
        package let votes: Int
        package let incidents: Int
        /// Of the incidents, those in which it was right.
        package let held: Double
        /// The mean confidence with which it was named, over the incidents.
        package let claimed: Double

        /// How much its odds are multiplied by; 1 as long as there are too few incidents.
        var oddsFactor: Double {
            guard incidents >= fewestIncidents else { return 1 }
            let claim = claimed.clamped(to: believable)
            let held = (priorStrength * claim + held) / (priorStrength + Double(incidents))
            return odds(held.clamped(to: believable)) / odds(claim)
        }
    }

    /// A confidence as it is shown, and how many votes made it what it is.
    package struct Correction: Hashable, Sendable {
        package let confidence: Double
        /// 0 where nothing was corrected.
        package let votes: Int
        /// Whether a reader should be told: it moved by at least ten points.
        package let isLarge: Bool
    }

    /// Nobody voted.
    package static let none = TrackRecord([])

    private let entries: [String: Entry]

    /// In whatever order the verdicts are given.
    package init(_ verdicts: [Verdict]) {
        let byCause = Dictionary(grouping: verdicts, by: \.cause)
        entries = byCause.mapValues { verdicts in
            // Sums of fractions depend on their order: so each list is sorted before it is added up.
            let incidents = Dictionary(grouping: verdicts, by: \.incident).values
            let held = incidents.map { Double($0.count(where: \.isRight)) / Double($0.count) }.sorted().reduce(0, +)
            let claims = incidents.map { verdicts in
                verdicts.map { $0.confidence.probability }.sorted().reduce(0, +) / Double(verdicts.count)
            }
            return Entry(
                votes: verdicts.count, incidents: incidents.count, held: held,
                claimed: claims.sorted().reduce(0, +) / Double(incidents.count))
        }
    }

    /// nil for a cause on which nobody voted.
    package subscript(cause: String) -> Entry? { entries[cause] }

    /// The confidence that people are shown: from 0.01 to 0.99 where it was corrected, else as it was.
    package func correction(of confidence: Double, for cause: String) -> Correction {
        let unchanged = Correction(confidence: confidence, votes: 0, isLarge: false)
        guard confidence.isFinite, let entry = entries[cause], entry.incidents >= fewestIncidents else {
            return unchanged
        }
        let corrected = (odds(confidence.clamped(to: shown)) * entry.oddsFactor)
        let probability = (corrected / (1 + corrected)).clamped(to: shown)
        return Correction(
            confidence: probability, votes: entry.votes, isLarge: abs(probability - confidence) >= largeCorrection)
    }
}

/// With fewer, chance and the mood of one person say more than the cause.
private let fewestIncidents = 5
/// As many incidents as it takes until people's word weighs as much as the claim: two weeks of an incident a working day.
private let priorStrength = 10.0
/// Claims and shares beyond odds of 19 to 1 are not told apart by tens of votes.
private let believable = 0.05...0.95
/// There is always a doubt, and always a chance.
private let shown = 0.01...0.99
/// From here on the number would look wrong to whoever knows the rule.
private let largeCorrection = 0.1

private func odds(_ probability: Double) -> Double { probability / (1 - probability) }

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }

    /// What is no number claims nothing.
    fileprivate var probability: Double { isNaN ? 0 : clamped(to: 0...1) }
}

extension TrackRecord {
    /// A diagnosis as people are told of it.
    package struct Telling: Hashable, Sendable {
        /// With the corrected confidences, in the order in which the causes are told.
        package let diagnosis: Diagnosis
        /// The engine's own hypotheses in that order.
        package let hypotheses: [Hypothesis]
        package let corrections: [Correction]
    }

    /// Corrects every confidence, and changes the order where the corrections turned two causes round.
    ///
    /// A cause passes one before it only if the engine was at least as sure of that one, and both corrected it is less
    /// likely. Everything else keeps the engine's order, which knows more than the numbers: `unknown` stays in its place,
    /// because it is no rival of the others but says that they are weak.
    package func telling(of diagnosis: Diagnosis) -> Telling {
        var told = diagnosis.hypotheses.map { ($0, correction(of: $0.confidence, for: $0.cause.rawValue)) }
        // Two that changed places never change back, so this ends; there are a handful.
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in told.indices.dropFirst() {
                let (before, after) = (told[index - 1], told[index])
                if before.0.cause != .unknown, after.0.cause != .unknown, before.0.confidence >= after.0.confidence,
                    before.1.confidence < after.1.confidence
                {
                    told.swapAt(index - 1, index)
                    hasChanged = true
                }
            }
        }
        var shown = diagnosis
        shown.hypotheses = told.map { $0.0.with(confidence: $0.1.confidence) }
        return Telling(diagnosis: shown, hypotheses: told.map(\.0), corrections: told.map(\.1))
    }
}

extension Hypothesis {
    fileprivate func with(confidence: Double) -> Hypothesis {
        var hypothesis = self
        hypothesis.confidence = confidence
        return hypothesis
    }
}
