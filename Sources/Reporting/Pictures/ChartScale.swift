import Telemetry

/// The axis of values: from 0 to a round number, with round steps.
struct ChartScale: Hashable {
    let step: Double
    let top: Double

    /// Steps between which values can still be told.
    private static let mostSteps = 4.0
    private static let secondsInSteps: [Double] = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400]

    /// - Parameters:
    ///   - most: the highest value; the scale ends at it or a little above.
    ///   - least: of a step: whole things are not counted in halves.
    ///   - isTime: whether values are seconds, which are told in minutes and hours.
    init(upTo most: Double, least: Double = 0, isTime: Bool = false) {
        let most = most.isFinite && most > 0 ? most : max(least, Self.smallest)
        let decimals = Self.decimals(from: max(least, Self.smallest))
        let steps = isTime ? decimals.prefix { $0 < 60 } + Self.secondsInSteps : decimals
        let fitting = steps.first { most / $0 <= Self.mostSteps } ?? most / Self.mostSteps
        step = fitting
        top = fitting * (most / fitting).rounded(.up)
    }

    /// A tenth of a millisecond.
    private static let smallest = 0.0001

    /// 1, 2, 5, 10, 20, 50…
    private static func decimals(from least: Double) -> [Double] {
        var steps: [Double] = []
        var power = smallest
        while power < 1e15 {
            steps += [power, power * 2, power * 5].filter { $0 >= least * 0.999 }
            power *= 10
        }
        return steps
    }

    /// With 0.
    var ticks: [Double] { (0...Int((top / step).rounded())).map { Double($0) * step } }
}

/// The axis of time: round times in the reader's zone.
struct ClockTicks {
    private let zone: ClockZone
    private let window: TimeWindow
    private let step: Int64

    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    ]

    /// - Parameter most: as many labels as there is room for.
    init(_ window: TimeWindow, zone: ClockZone, most: Int) {
        self.zone = zone
        self.window = window
        let length = max(1, window.duration.nanoseconds / 1_000_000_000)
        step = Self.steps.first { length / $0 < Int64(max(1, most)) } ?? length
    }

    var ticks: [Timestamp] {
        let offset = Int64(zone.secondsEastOfUTC(at: window.start))
        let local = window.start.seconds + offset
        let rest = ((local % step) + step) % step
        let first = window.start.seconds + (rest == 0 ? 0 : step - rest)
        return stride(from: first, through: window.end.seconds, by: Int64.Stride(step)).map { Timestamp(seconds: $0) }
    }

    /// "15:30"; with seconds or as a day where that tells the ticks apart.
    func label(_ instant: Timestamp) -> String {
        if step < 60 { return zone.time(instant) }
        return step < 86_400 ? String(zone.time(instant).prefix(5)) : String(zone.day(instant).suffix(5))
    }
}
