import Telemetry

/// How many requests a service got, over time, by one way of counting.
struct RequestRate: Hashable, Sendable {
    struct Sample: Hashable, Sendable {
        let at: Timestamp
        let value: Double
    }

    /// It got several times more, and went on to.
    struct Rise: Hashable, Sendable {
        /// The median before.
        let usual: Double
        /// The median since it rose.
        let risen: Double
        let at: Timestamp
        /// Between two samples: no time is known better.
        let step: Duration

        var ratio: Double { risen / usual }
    }

    let service: String
    /// `service_requests_per_second`; nil where spans or lines were counted.
    let metric: String?
    let source: EvidenceSource
    let before: [Double]
    /// Of the window, by time.
    let after: [Sample]

    private static let fewestBefore = 3
    /// From here on it is more than the ups and downs of a day.
    private static let begins = 2.0
    /// "Many times": below it a service that was well sized still copes.
    private static let many = 3.0

    /// nil when it did not rise, or not for long.
    var rise: Rise? {
        guard before.count >= Self.fewestBefore, let usual = Robust(before)?.median, usual > 0,
            let most = before.max(),
            let first = after.firstIndex(where: { $0.value >= Self.begins * usual && $0.value > most }),
            let risen = Robust(after[first...].map(\.value))?.median, risen >= Self.many * usual, risen > most
        else { return nil }
        let step = after.count > 1 ? after[1].at - after[0].at : .zero
        return Rise(usual: usual, risen: risen, at: after[first].at, step: step)
    }

    /// How much more it got in the middle of the window, risen or not; nil when nothing is known from before.
    var growth: Double? {
        guard let usual = Robust(before)?.median, usual > 0, let now = Robust(after.map(\.value))?.median else {
            return nil
        }
        return now / usual
    }
}
