package import Telemetry

/// The reader's time zone, as a value: this module never asks the machine.
package struct ClockZone: Sendable {
    /// What clocks show at one instant: zones with summer time have two of these.
    package typealias Local = TimeZoneRules.LocalTime

    private let local: @Sendable (Timestamp) -> Local

    /// - Parameter local: must give the same answer for the same instant.
    package init(_ local: @escaping @Sendable (Timestamp) -> Local) {
        self.local = local
    }

    package init(_ rules: TimeZoneRules) { self.init(rules.local) }

    package static let utc = ClockZone { _ in Local(abbreviation: "UTC", secondsEastOfUTC: 0) }

    /// "15:29:41"
    func time(_ instant: Timestamp) -> String {
        let date = calendarDate(of: instant)
        return [date.hour, date.minute, date.second].map { Self.twoDigits($0) }.joined(separator: ":")
    }

    /// "2026-11-22"
    func day(_ instant: Timestamp) -> String {
        let date = calendarDate(of: instant)
        return "\(date.year)-\(Self.twoDigits(date.month))-\(Self.twoDigits(date.day))"
    }

    /// "CET"
    func abbreviation(at instant: Timestamp) -> String { local(instant).abbreviation }

    func secondsEastOfUTC(at instant: Timestamp) -> Int { local(instant).secondsEastOfUTC }

    private func calendarDate(of instant: Timestamp) -> CalendarDate {
        CalendarDate(secondsSinceEpoch: instant.seconds + Int64(local(instant).secondsEastOfUTC))
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
