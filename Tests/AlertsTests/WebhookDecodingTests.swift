import Alerts
import Telemetry
import TestSupport
import Testing

@Suite struct WebhookDecodingTests {
    static let folder = "Tests/Fixtures/Recorded/alertmanager/hooks"

    static var recordedBodies: [String] {
        get throws {
            try Repository.names(in: folder).filter { $0.hasSuffix(".json") }.map { "\(folder)/\($0)" }
                + Repository.names(in: "\(folder)_from_prometheus").filter { $0.hasSuffix(".json") }
                .map { "\(folder)_from_prometheus/\($0)" }
        }
    }

    @Test func `every recorded body is read`() throws {
        let bodies = try Self.recordedBodies
        #expect(bodies.count > 200)
        for path in bodies {
            let group = try AlertGroup(webhookBody: Repository.bytes(path))
            #expect(!group.alerts.isEmpty, "\(path)")
            #expect(!group.groupKey.isEmpty && !group.receiver.isEmpty, "\(path)")
            #expect(group.alerts.allSatisfy { ($0.endsAt == nil) == ($0.status == .firing) }, "\(path)")
            #expect((group.status == .firing) == !group.firing.isEmpty, "\(path)")
        }
    }

    @Test func `labels arrive unchanged, quotes and backslashes included`() throws {
        let group = try AlertGroup(webhookBody: Repository.bytes("\(Self.folder)/001_ok_1.json"))
        #expect(group.name == "JenkinsJobTraceFailure")
        #expect(group.values(of: "job").contains(#"acme/checkout/PR-17 "hot\fix""#))
    }

    @Test func `a truncated group says how many alerts are missing`() throws {
        let group = try AlertGroup(webhookBody: Repository.bytes("\(Self.folder)/032_trunc_1.json"))
        #expect(group.truncatedAlerts == 3)
    }

    @Test(arguments: [
        ("9223372036854775807", 1_000_000), ("-9223372036854775808", 0), ("-1", 0), ("0", 0), ("1000001", 1_000_000),
        ("null", 0),
    ])
    func `a number of truncated alerts that cannot be is brought into range`(text: String, truncated: Int) throws {
        let group = try AlertGroup(webhookBody: Self.body(truncatedAlerts: text))
        #expect(group.truncatedAlerts == truncated)
        #expect(group.alertCount == truncated + 1)
    }

    @Test(arguments: ["18446744073709551615", "1e400", "1.5"])
    func `a number of truncated alerts that is none of ours is refused, not trapped on`(text: String) {
        let error = #expect(throws: WebhookDecodingError.self) {
            try AlertGroup(webhookBody: Self.body(truncatedAlerts: text))
        }
        #expect(error?.description.contains("alerts is empty") == false)
    }

    private static func body(truncatedAlerts: String) -> [UInt8] {
        let body = #"""
            {"version":"4","status":"firing","receiver":"r","groupKey":"k","truncatedAlerts":\#(truncatedAlerts),
            "alerts":[{"status":"firing","labels":{},"startsAt":"2026-11-22T14:29:41Z"}]}
            """#
        return [UInt8](body.utf8)
    }

    private static let hostile = String(
        repeating: "\u{1B}[2J\n\u{9B}\u{202E}e" + String(repeating: "\u{301}", count: 999), count: 50)

    @Test(arguments: [
        WebhookDecodingError.unsupportedVersion(hostile), .malformed(detail: hostile),
    ])
    func `an error is one printable line however it was caused`(error: WebhookDecodingError) {
        expectOneLine(error.description)
    }

    @Test(arguments: [
        #"{"version":"@"}"#,
        #"""
        {"version":"4","status":"firing","receiver":"r","groupKey":"k",
        "alerts":[{"status":"firing","labels":{},"startsAt":"@"}]}
        """#,
        #"""
        {"version":"4","status":"firing","receiver":"r","groupKey":"k",
        "alerts":[{"status":"firing","labels":{"@":7},"startsAt":"2026-11-22T14:29:41Z"}]}
        """#,
    ])
    func `a hostile body is refused in one printable line that still says what is wrong`(form: String) throws {
        let body = [UInt8](form.replacing("@", with: Self.jsonHostile).utf8)
        let error = try #require(#expect(throws: WebhookDecodingError.self) { try AlertGroup(webhookBody: body) })
        expectOneLine(error.description)
        #expect(
            ["is not supported", "is no RFC 3339 time", "has the wrong type"].contains(
                where: error.description.contains))
    }

    /// As it stands in JSON.
    private static let jsonHostile = String(repeating: #"\u001b[2J\n\u009b\u202eé"#, count: 500)

    private func expectOneLine(_ text: String) {
        #expect(text.unicodeScalars.count <= 150)
        #expect(text.unicodeScalars.allSatisfy { $0.isPrintable }, "\(text.debugDescription)")
    }

    @Test(arguments: [
        (#"{"#, "not valid JSON"),
        (#"[]"#, "wrong type"),
        (#"{}"#, "version is missing"),
        (#"{"version":"4","status":"firing","receiver":"r","groupKey":"k","alerts":[]}"#, "alerts is empty"),
        (
            #"{"version":"4","status":"firing","receiver":"r","groupKey":"k","alerts":[{"status":"firing","labels":{}}]}"#,
            "alerts[0].startsAt is missing"
        ),
        (
            #"{"version":"4","status":"odd","receiver":"r","groupKey":"k","alerts":[]}"#,
            "status has a value that is not known"
        ),
        (
            #"""
            {"version":"4","status":"firing","receiver":"r","groupKey":"k",
            "alerts":[{"status":"firing","labels":{},"startsAt":"yesterday"}]}
            """#, "alerts[0].startsAt is no RFC 3339 time: yesterday"
        ),
    ])
    func `a body that is no webhook is refused with the place`(body: String, reason: String) {
        let error = #expect(throws: WebhookDecodingError.self) { try AlertGroup(webhookBody: [UInt8](body.utf8)) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `another version is refused by name`() {
        #expect(throws: WebhookDecodingError.unsupportedVersion("1")) {
            try AlertGroup(webhookBody: [UInt8](#"{"version":"1","alerts":[]}"#.utf8))
        }
    }

    @Test func `too many alerts are refused with both numbers`() throws {
        let body = try Repository.bytes("\(Self.folder)/014_nogroup_1.json")
        #expect(throws: WebhookDecodingError.tooManyAlerts(count: 5, limit: 4)) {
            try AlertGroup(webhookBody: body, maximumAlerts: 4)
        }
        #expect(throws: Never.self) { try AlertGroup(webhookBody: body, maximumAlerts: 5) }
    }

    @Test func `a saved payload is one body or an array of them`() throws {
        let one = try Repository.bytes("\(Self.folder)/001_ok_1.json")
        let other = try Repository.bytes("\(Self.folder)/002_ok_2.json")
        let array = [UInt8]("\n[".utf8) + one + [UInt8](",".utf8) + other + [UInt8]("]".utf8)
        #expect(try AlertGroup.all(inPayload: one) == [AlertGroup(webhookBody: one)])
        #expect(try AlertGroup.all(inPayload: array).map(\.name) == ["JenkinsJobTraceFailure", "HighTraceErrorRate"])
        #expect(throws: WebhookDecodingError.self) { try AlertGroup.all(inPayload: [UInt8]("[{}]".utf8)) }
    }
}
