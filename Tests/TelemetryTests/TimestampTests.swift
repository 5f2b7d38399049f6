import Telemetry
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-11-22T15:29:41.25Z", 1_795_361_381_250_000_000),
        ("2026-11-22T15:29:41.25+01:00", 1_795_357_781_250_000_000),
        ("2026-11-22t15:29:41z", 1_795_361_381_000_000_000),
        ("1969-12-31T23:59:59.999999999Z", -1),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000_000_000),
        ("2026-11-22T15:29:41.1234567891Z", 1_795_361_381_123_456_789),
    ])
    func `RFC 3339 is read to the nanosecond`(text: String, nanoseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.nanoseconds == nanoseconds)
    }

    @Test(arguments: [
        "", "2026-11-22", "2026-11-22T15:29:41", "2026-13-22T15:29:41Z", "2026-02-29T00:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T15:29:41.Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "2026-11-22T15:29:41Zzz", "+026-11-22T15:29:41Z",
    ])
    func `what is no instant within the range is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(arguments: [
        0, 1, -1, 1_795_361_381_250_000_000, 951_782_400_000_000_000, -86_400_000_000_000, Int64.max, Int64.min,
    ])
    func `an instant is written so that it reads back the same`(nanoseconds: Int64) {
        let instant = Timestamp(nanoseconds: nanoseconds)
        // The very ends of the range cannot be read back: the reader refuses the last second.
        if abs(nanoseconds / 2) < Int64.max / 2 - 1_000_000_000 {
            #expect(Timestamp(rfc3339: instant.description) == instant)
        }
        #expect(instant.description.hasSuffix("Z"))
    }

    @Test func `fractions are written without trailing zeros`() {
        #expect(Timestamp(nanoseconds: 1_795_361_381_250_000_000).description == "2026-11-22T15:29:41.25Z")
        #expect(Timestamp(seconds: 1_795_361_381).description == "2026-11-22T15:29:41Z")
    }

    @Test func `arithmetic saturates at the ends of the range`() {
        #expect(Timestamp(nanoseconds: .max) + .seconds(1) == Timestamp(nanoseconds: .max))
        #expect(Timestamp(nanoseconds: .min) - .seconds(1) == Timestamp(nanoseconds: .min))
        #expect(Timestamp(seconds: .max) == Timestamp(nanoseconds: .max))
        #expect(Timestamp(nanoseconds: .max) - Timestamp(nanoseconds: .min) > .seconds(1))
    }

    @Test func `seconds and milliseconds are rounded down, before 1970 too`() {
        #expect(Timestamp(nanoseconds: -1).seconds == -1)
        #expect(Timestamp(nanoseconds: -1).milliseconds == -1)
        #expect(Timestamp(milliseconds: 1_795_361_381_250).milliseconds == 1_795_361_381_250)
        #expect(Timestamp(milliseconds: -1).nanoseconds == -1_000_000)
    }

    @Test func `every day of four centuries follows the one before`() {
        var previous = CalendarDate(secondsSinceEpoch: -86_400)
        for day in 0..<Int64(146_097) {
            let date = CalendarDate(secondsSinceEpoch: day * 86_400)
            let isNextDay = date.year == previous.year && date.month == previous.month && date.day == previous.day + 1
            let isNextMonth = date.day == 1 && previous.day >= 28
            #expect(isNextDay || isNextMonth)
            previous = date
        }
        #expect(previous.year == 2369 && previous.month == 12 && previous.day == 31)
    }

    @Test func `a window holds its start and not its end and is never negative`() {
        let window = TimeWindow(start: Timestamp(seconds: 10), end: Timestamp(seconds: 20))
        #expect(window.contains(Timestamp(seconds: 10)))
        #expect(!window.contains(Timestamp(seconds: 20)))
        #expect(TimeWindow(start: Timestamp(seconds: 20), end: Timestamp(seconds: 10)).duration == .zero)
    }
}
