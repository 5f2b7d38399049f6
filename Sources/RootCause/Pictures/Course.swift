package import Telemetry

/// How it went over time: builds or requests, counted in equal parts of the time around the onset.
///
/// Bounded in size, whatever the evidence: it is what a chart or a table shows, and nothing to work with.
package struct Course: Hashable, Sendable {
    /// What is counted.
    package enum Kind: String, Hashable, Sendable {
        /// Builds, at the time when they ended.
        case builds
        /// Whole traces, at the time when they began.
        case traces
        /// Requests that one service answered, at the time when they began.
        case requests
    }

    /// What of it changed, and is worth showing.
    package enum Measure: String, Hashable, Sendable { case failures, duration, volume }

    package struct Part: Hashable, Sendable {
        package let total: Int
        package let failed: Int
        /// The time within which 95 of 100 were done; nil of none.
        package let slow: Duration?

        package init(total: Int, failed: Int, slow: Duration? = nil) {
            self.total = total
            self.failed = failed
            self.slow = slow
        }
    }

    /// The same of the quiet time before.
    package struct Usual: Hashable, Sendable {
        /// In a time as long as one part.
        package let total: Double
        /// 0 to 1.
        package let failedShare: Double
        package let slow: Duration?

        package init(total: Double, failedShare: Double, slow: Duration? = nil) {
            self.total = total
            self.failedShare = failedShare
            self.slow = slow
        }
    }

    /// Something that happened and explains what followed.
    package struct Mark: Hashable, Sendable {
        package let at: Timestamp
        package let cause: Cause

        package init(at: Timestamp, cause: Cause) {
            self.at = at
            self.cause = cause
        }
    }

    package let kind: Kind
    package let measure: Measure
    /// Whose requests; empty for builds and whole traces.
    package let service: String
    package let start: Timestamp
    /// How long each part is.
    package let step: Duration
    /// Without gaps, the first at `start`; `mostParts` at most.
    package let parts: [Part]
    /// nil without a quiet time to compare with.
    package let usual: Usual?
    package let onset: Timestamp?
    package let marks: [Mark]
    /// Whether there are more than were counted, so that shares are not those of all.
    package let isSample: Bool

    package init(
        kind: Kind, measure: Measure, service: String = "", start: Timestamp, step: Duration, parts: [Part],
        usual: Usual? = nil, onset: Timestamp? = nil, marks: [Mark] = [], isSample: Bool = false
    ) {
        self.kind = kind
        self.measure = measure
        self.service = service
        self.start = start
        self.step = step
        self.parts = parts
        self.usual = usual
        self.onset = onset
        self.marks = marks
        self.isSample = isSample
    }

    /// As many bars as a telephone can show side by side.
    package static let mostParts = 36

    /// The time that the parts cover.
    package var window: TimeWindow { TimeWindow(start: start, end: start + step * parts.count) }
}
