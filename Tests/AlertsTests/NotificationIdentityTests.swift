import Alerts
import Telemetry
import TestSupport
import Testing

@Suite struct NotificationIdentityTests {
    private func group(
        key: String = "k", receiver: String = "r", url: String = "http://a", alerts: [Alert]
    ) -> AlertGroup {
        AlertGroup(status: .firing, receiver: receiver, groupKey: key, externalURL: url, alerts: alerts)
    }

    private func alert(
        _ fingerprint: String, _ status: AlertGroup.Status = .firing, at second: Int64 = 1,
        labels: [String: String] = [:]
    ) -> Alert {
        Alert(status: status, labels: labels, startsAt: Timestamp(seconds: second), fingerprint: fingerprint)
    }

    @Test func `order of the alerts and the peer that sent it make no difference`() {
        let one = NotificationIdentity(group(alerts: [alert("a"), alert("b")]))
        #expect(one == NotificationIdentity(group(url: "http://b", alerts: [alert("b"), alert("a")])))
    }

    @Test func `each of its parts makes a difference`() {
        let base = NotificationIdentity(group(alerts: [alert("a")]))
        let others = [
            group(key: "k2", alerts: [alert("a")]), group(receiver: "r2", alerts: [alert("a")]),
            group(alerts: [alert("b")]), group(alerts: [alert("a", .resolved)]), group(alerts: [alert("a", at: 2)]),
            group(alerts: [alert("a"), alert("b")]),
        ].map(NotificationIdentity.init)
        #expect(!others.contains(base))
        #expect(Set(others).count == others.count)
    }

    @Test func `no label can imitate a boundary`() {
        let one = NotificationIdentity(group(key: "k1:r", receiver: "", alerts: [alert("a")]))
        let other = NotificationIdentity(group(key: "k", receiver: "1:r", alerts: [alert("a")]))
        #expect(one != other)
    }

    @Test func `an alert without a fingerprint is told apart by its labels`() {
        let one = NotificationIdentity(group(alerts: [alert("", labels: ["pod": "x"])]))
        let other = NotificationIdentity(group(alerts: [alert("", labels: ["pod": "y"])]))
        #expect(one != other)
    }

    @Test func `what Alertmanager sent again after a refusal is recognised in the recordings`() throws {
        let folder = "Tests/Fixtures/Recorded/alertmanager/hooks"
        let first = try AlertGroup(webhookBody: Repository.bytes("\(folder)/005_s500_1.json"))
        let second = try AlertGroup(webhookBody: Repository.bytes("\(folder)/011_s500_2.json"))
        #expect(NotificationIdentity(first) == NotificationIdentity(second))
    }
}
