extension TimeZoneRules.YearlyRule {
    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3`: names, hours west of UTC, and the days on which summer time begins and ends.
    ///
    /// Source: POSIX.1-2017, Base Definitions 8.3 (`TZ`), with the hours from -167 to 167 of RFC 9636
    init?(posix text: String) {
        var scanner = Scanner(rest: text[...])
        guard let name = scanner.name(), let west = scanner.seconds() else { return nil }
        let standard = TimeZoneRules.LocalTime(abbreviation: name, secondsEastOfUTC: -west)
        guard !scanner.rest.isEmpty else {
            self.init(standard: standard, summer: nil)
            return
        }
        guard let summerName = scanner.name() else { return nil }
        let summerWest = scanner.rest.hasPrefix(",") ? west - 3600 : scanner.seconds()
        guard let summerWest, scanner.skip(","), let begins = scanner.day(), scanner.skip(","),
            let ends = scanner.day(), scanner.rest.isEmpty
        else { return nil }
        let summer = Summer(
            local: TimeZoneRules.LocalTime(abbreviation: summerName, secondsEastOfUTC: -summerWest), begins: begins,
            ends: ends)
        self.init(standard: standard, summer: summer)
    }

    private struct Scanner {
        var rest: Substring

        mutating func skip(_ text: String) -> Bool {
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }

        /// `CET`, or `<+0330>`.
        mutating func name() -> String? {
            let isQuoted = skip("<")
            let name = rest.prefix { isQuoted ? $0 != ">" : $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, !isQuoted || skip(">") else { return nil }
            return String(name)
        }

        mutating func number() -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }

        /// `-1`, `3:30`, `2:00:00`.
        mutating func seconds() -> Int? {
            let isNegative = skip("-")
            if !isNegative { _ = skip("+") }
            guard let hours = number() else { return nil }
            var total = hours * 3600
            for unit in [60, 1] where skip(":") {
                guard let number = number() else { return nil }
                total += number * unit
            }
            return isNegative ? -total : total
        }

        mutating func day() -> TimeZoneRules.YearlyRule.Day? {
            let form: TimeZoneRules.YearlyRule.Day.Form
            if skip("M") {
                guard let month = number(), skip("."), let week = number(), skip("."), let day = number(),
                    (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
                else { return nil }
                form = .weekday(month: month, week: week, day: day)
            } else if skip("J") {
                guard let number = number(), (1...365).contains(number) else { return nil }
                form = .dayWithoutLeap(number)
            } else {
                guard let number = number(), (0...365).contains(number) else { return nil }
                form = .dayOfYear(number)
            }
            guard skip("/") else { return .init(form: form, secondsAfterMidnight: 2 * 3600) }
            return seconds().map { .init(form: form, secondsAfterMidnight: Int64($0)) }
        }
    }
}
