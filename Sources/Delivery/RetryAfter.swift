import HTTPTransport

/// The `Retry-After` header: seconds, or an HTTP date.
///
/// Source: RFC 9110, section 10.2.3.
enum RetryAfter {
    /// How long the answer asks to wait; nil when it does not ask, or not in a way that can be understood.
    ///
    /// A date is taken relative to the answer's own `Date`, so that neither clock has to be right.
    static func wait(asked response: HTTPResponse) -> Duration? {
        guard let value = response.header("Retry-After")?.trimmingSpaces else { return nil }
        // Whole seconds are the standard; a fraction is what some proxies write.
        if value.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }), let seconds = Double(value) {
            return seconds < longestUnderstood ? .seconds(seconds) : nil
        }
        guard let until = HTTPDate.seconds(value),
            let now = response.header("Date").flatMap({ HTTPDate.seconds($0.trimmingSpaces) })
        else { return nil }
        return .seconds(max(0, until - now))
    }

    /// In seconds, 30 years; what is longer is no waiting time.
    private static let longestUnderstood = 1e9
}

/// An instant in the form that HTTP prescribes: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// Source: RFC 9110, section 5.6.7. Its two obsolete forms, of 1987 and before, are not read.
enum HTTPDate {
    /// Seconds since 1970-01-01T00:00:00Z.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(of: parts[2]), let year = Int64(parts[3]), (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false).compactMap { Int64($0) }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        return days(year: year, month: Int64(month) + 1, day: day) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days since 1970-01-01 in the Gregorian calendar, by counting years from March, so that a leap day ends its year.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let daysBefore1970 = Int64(719_468)
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - daysBefore1970
    }
}
