/// What clocks of a place show at any instant: the past as recorded, the future by the rule in force.
package struct TimeZoneRules: Hashable, Sendable {
    package struct LocalTime: Hashable, Sendable {
        /// "CET"
        package let abbreviation: String
        package let secondsEastOfUTC: Int

        package init(abbreviation: String, secondsEastOfUTC: Int) {
            self.abbreviation = abbreviation
            self.secondsEastOfUTC = secondsEastOfUTC
        }
    }

    /// From this instant on, until the next change.
    struct Change: Hashable, Sendable {
        let secondsSinceEpoch: Int64
        let local: LocalTime
    }

    let before: LocalTime
    /// In the order of time.
    let changes: [Change]
    /// What holds after the last change; nil: its local time for ever.
    let afterwards: YearlyRule?

    init(before: LocalTime, changes: [Change] = [], afterwards: YearlyRule? = nil) {
        self.before = before
        self.changes = changes
        self.afterwards = afterwards
    }

    package static let utc = TimeZoneRules(before: LocalTime(abbreviation: "UTC", secondsEastOfUTC: 0))

    package func local(at instant: Timestamp) -> LocalTime {
        let seconds = instant.seconds
        guard let last = changes.last else { return afterwards?.local(at: seconds) ?? before }
        if seconds >= last.secondsSinceEpoch { return afterwards?.local(at: seconds) ?? last.local }
        // The first change that is later than the instant; the one before it holds.
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].secondsSinceEpoch <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? before : changes[low - 1].local
    }
}

extension TimeZoneRules {
    /// The rule behind the last change: standard time all year, or summer time between two days of each year.
    struct YearlyRule: Hashable, Sendable {
        struct Summer: Hashable, Sendable {
            let local: LocalTime
            let begins: Day
            let ends: Day
        }

        /// A day of each year, and the local time of that day.
        struct Day: Hashable, Sendable {
            enum Form: Hashable, Sendable {
                /// The n-th weekday (0 is Sunday) of a month; 5 is the last one.
                case weekday(month: Int, week: Int, day: Int)
                /// From 1, without 29 February.
                case dayWithoutLeap(Int)
                /// From 0, with 29 February.
                case dayOfYear(Int)
            }

            let form: Form
            let secondsAfterMidnight: Int64

            /// In seconds after 1970-01-01T00:00:00 on the clock of the place.
            func clock(in year: Int) -> Int64 {
                let first = CalendarDate.daysSinceEpoch(year: year, month: 1, day: 1)
                let day: Int64 =
                    switch form {
                    case .dayOfYear(let number): first + Int64(number)
                    case .dayWithoutLeap(let number):
                        first + Int64(number - 1)
                            + (number >= 60 && CalendarDate.days(in: 2, of: year) == 29 ? 1 : 0)
                    case .weekday(let month, let week, let weekday): Self.day(year, month, week, weekday)
                    }
                return day * 86_400 + secondsAfterMidnight
            }

            private static func day(_ year: Int, _ month: Int, _ week: Int, _ weekday: Int) -> Int64 {
                let first = CalendarDate.daysSinceEpoch(year: year, month: month, day: 1)
                var day = (weekday - CalendarDate.weekday(ofDay: first) + 7) % 7 + (week - 1) * 7
                if day >= CalendarDate.days(in: month, of: year) { day -= 7 }
                return first + Int64(day)
            }
        }

        let standard: LocalTime
        let summer: Summer?

        func local(at seconds: Int64) -> LocalTime {
            guard let summer else { return standard }
            let year = CalendarDate(secondsSinceEpoch: seconds + Int64(standard.secondsEastOfUTC)).year
            // The clock shows standard time before summer time begins, and summer time before it ends.
            let begins = summer.begins.clock(in: year) - Int64(standard.secondsEastOfUTC)
            let ends = summer.ends.clock(in: year) - Int64(summer.local.secondsEastOfUTC)
            let isSummer = begins < ends ? (begins..<ends).contains(seconds) : !(ends..<begins).contains(seconds)
            return isSummer ? summer.local : standard
        }
    }
}
