import FoundationEssentials
import Telemetry
import Testing

/// Zones with summer time in the north, in the south, with half hours, and without any.
@Suite struct TimeZoneRulesTests {
    private static func zone(_ name: String) throws -> TimeZoneRules {
        let bytes = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))
        return try #require(TimeZoneRules(tzif: [UInt8](bytes)), "\(name) is read")
    }

    @Test(arguments: [
        ("Europe/Madrid", "2026-11-22T14:29:41Z", "CET", 3600),
        ("Europe/Madrid", "2026-07-01T12:00:00Z", "CEST", 7200),
        // The last second of summer time, and the first after it.
        ("Europe/Madrid", "2026-10-25T00:59:59Z", "CEST", 7200),
        ("Europe/Madrid", "2026-10-25T01:00:00Z", "CET", 3600),
        // Beyond the recorded changes: by the rule.
        ("Europe/Madrid", "2071-03-29T00:59:59Z", "CET", 3600),
        ("Europe/Madrid", "2071-03-29T01:00:00Z", "CEST", 7200),
        // South of the equator summer time goes over the new year.
        ("America/Santiago", "2026-01-15T12:00:00Z", "-03", -10_800),
        ("America/Santiago", "2071-01-15T12:00:00Z", "-03", -10_800),
        ("America/Santiago", "2071-07-15T12:00:00Z", "-04", -14_400),
        ("Asia/Kolkata", "2026-11-22T00:00:00Z", "IST", 19_800),
        ("UTC", "2026-11-22T00:00:00Z", "UTC", 0),
        // Before the first change the place has a time of its own.
        ("Europe/Madrid", "1890-01-01T00:00:00Z", "LMT", -884),
    ])
    func `a place's clock shows what its rules say`(
        _ row: (zone: String, instant: String, abbreviation: String, offset: Int)
    ) throws {
        let instant = try #require(Timestamp(rfc3339: row.instant))
        let local = try Self.zone(row.zone).local(at: instant)
        #expect(local == .init(abbreviation: row.abbreviation, secondsEastOfUTC: row.offset))
    }

    @Test func `a file that is cut off or is none is refused`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Madrid")))
        for length in stride(from: 0, to: bytes.count - 1, by: 7) {
            #expect(TimeZoneRules(tzif: Array(bytes.prefix(length))) == nil, "\(length) bytes")
        }
        #expect(TimeZoneRules(tzif: [UInt8]("no time zone".utf8)) == nil)
    }
}
