/// Reading and writing instants as RFC 3339 text, without the machine's locale, time zone or calendar.
extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with as many fractional digits as are needed: `2026-11-22T15:29:41.25Z`.
    package var description: String {
        let (seconds, nanos) = nanoseconds.dividedDown(by: Self.nanosecondsPerSecond)
        let date = CalendarDate(secondsSinceEpoch: seconds)
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        text += "T\(padded(date.hour, 2)):\(padded(date.minute, 2)):\(padded(date.second, 2))"
        if nanos != 0 {
            var digits = padded(Int(nanos), 9)
            while digits.hasSuffix("0") { digits.removeLast() }
            text += ".\(digits)"
        }
        return text + "Z"
    }

    /// Reads RFC 3339: `2026-11-22T15:29:41.25+01:00`; a space or a lower-case `t`, `z` is accepted as well.
    /// Digits after the ninth of the fraction are dropped.
    ///
    /// - Returns: nil when the text has another form, names a day that does not exist, or lies outside the range.
    package init?(rfc3339 text: some StringProtocol) {
        var scan = DigitScanner(text)
        guard let year = scan.number(digits: 4), scan.skip("-"), let month = scan.number(digits: 2), scan.skip("-"),
            let day = scan.number(digits: 2), scan.skip("T", "t", " "), let hour = scan.number(digits: 2),
            scan.skip(":"), let minute = scan.number(digits: 2), scan.skip(":"), let second = scan.number(digits: 2),
            (1...12).contains(month), (1...CalendarDate.days(in: month, of: year)).contains(day), hour < 24,
            minute < 60, second <= 60
        else { return nil }
        var fraction: Int64 = 0
        if scan.skip(".", ",") {
            guard let digits = scan.fraction() else { return nil }
            fraction = digits
        }
        guard let offset = scan.zoneOffset(), scan.isAtEnd else { return nil }
        let days = CalendarDate.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second) - offset
        guard seconds > Int64.min / Self.nanosecondsPerSecond, seconds < Int64.max / Self.nanosecondsPerSecond
        else { return nil }
        self.init(seconds: seconds, nanoseconds: fraction)
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}

private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ choices: Character...) -> Bool {
        guard let first = rest.first, choices.contains(where: { $0.asciiValue == first }) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(digits count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = nextDigit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The digits after the decimal point, as nanoseconds.
    mutating func fraction() -> Int64? {
        guard let first = nextDigit() else { return nil }
        var value = Int64(first) * 100_000_000
        var unit: Int64 = 10_000_000
        while let digit = nextDigit() {
            value += Int64(digit) * unit
            unit /= 10
        }
        return value
    }

    /// `Z` or `±hh:mm`, as seconds east of UTC.
    mutating func zoneOffset() -> Int64? {
        if skip("Z", "z") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+", "-"), let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2), hours < 24,
            minutes < 60
        else { return nil }
        return Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }

    private mutating func nextDigit() -> Int? {
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        rest.removeFirst()
        return Int(first - UInt8(ascii: "0"))
    }
}
