import Alerts
import Responder
import Telemetry
import TestSupport
import Testing

@Suite struct IncidentStoryTests {
    private func group(_ alerts: [(String, AlertGroup.Status, Int64)], truncated: Int = 0) -> AlertGroup {
        AlertGroup(
            status: alerts.contains { $0.1 == .firing } ? .firing : .resolved, receiver: "r", groupKey: "k",
            truncatedAlerts: truncated,
            alerts: alerts.map {
                Alert(status: $0.1, labels: [:], startsAt: Timestamp(seconds: $0.2), fingerprint: $0.0)
            })
    }

    @Test func `the first firing opens an incident`() {
        #expect(IncidentStory.next(for: group([("a", .firing, 1)]), previous: nil) == .open)
    }

    @Test func `an end without a beginning is ignored`() {
        #expect(IncidentStory.next(for: group([("a", .resolved, 1)]), previous: nil) == .ignore)
    }

    @Test func `an alert that joins is investigated`() {
        let next = IncidentStory.next(
            for: group([("a", .firing, 1), ("b", .firing, 2)]), previous: group([("a", .firing, 1)]))
        #expect(next == .investigateAgain)
    }

    @Test func `an alert that leaves is only remembered`() {
        let next = IncidentStory.next(
            for: group([("a", .resolved, 1), ("b", .firing, 2)]),
            previous: group([("a", .firing, 1), ("b", .firing, 2)]))
        #expect(next == .remember)
    }

    @Test func `the end of the last alert resolves`() {
        #expect(IncidentStory.next(for: group([("a", .resolved, 1)]), previous: group([("a", .firing, 1)])) == .resolve)
    }

    @Test func `the same alert with another start is another incident when no end was told`() {
        #expect(IncidentStory.next(for: group([("a", .firing, 9)]), previous: group([("a", .firing, 1)])) == .replace)
    }

    @Test func `what max_alerts cut off may still be firing`() {
        let next = IncidentStory.next(
            for: group([("b", .firing, 9)], truncated: 3), previous: group([("a", .firing, 1)]))
        #expect(next == .investigateAgain)
    }

    @Test func `the recorded group opens, grows and shrinks`() throws {
        let folder = "Tests/Fixtures/Recorded/alertmanager/hooks"
        let first = try AlertGroup(webhookBody: Repository.bytes("\(folder)/001_ok_1.json"))
        let grown = try AlertGroup(webhookBody: Repository.bytes("\(folder)/051_ok_4.json"))
        #expect(IncidentStory.next(for: first, previous: nil) == .open)
        #expect(IncidentStory.next(for: grown, previous: first) == .investigateAgain)
        #expect(IncidentStory.next(for: grown, previous: grown) == .remember)
    }
}
