import Reporting
import Telemetry

/// Instants of the day on which the examples happen, by their time in UTC.
enum Instant {
    static func at(_ time: String) -> Timestamp {
        Timestamp(rfc3339: "2026-11-22T\(time)Z") ?? Timestamp(nanoseconds: 0)
    }

    static func window(_ start: String, _ end: String) -> TimeWindow { TimeWindow(start: at(start), end: at(end)) }
}

extension ClockZone {
    /// Central European Time in winter.
    static let cet = ClockZone { _ in Local(abbreviation: "CET", secondsEastOfUTC: 3600) }
}
