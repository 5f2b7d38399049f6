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
