import Alerts
import Journal
import Telemetry

/// Small values that the journal's tests are made of.
enum Samples {
    /// The tests' "now"; later instants are told in seconds after it.
    static let start = Timestamp(seconds: 1_795_000_000)

    static func notification(
        group: String = "{}:{alertname=\"HighTraceErrorRate\"}", receiver: String = "sabueso",
        status: AlertGroup.Status = .firing, startsAt: Int64 = 0, fingerprint: String = "a1b2c3", body: String = "{}",
        externalURL: String = "http://alertmanager-0:9093", after seconds: Int64 = 0
    ) -> IncomingNotification {
        let alert = Alert(
            status: status, labels: ["alertname": "HighTraceErrorRate"],
            startsAt: start + .seconds(startsAt), fingerprint: fingerprint)
        return IncomingNotification(
            group: AlertGroup(
                status: status, receiver: receiver, groupKey: group, externalURL: externalURL, alerts: [alert]),
            body: Array(body.utf8), receivedAt: start + .seconds(seconds))
    }

    static func incident(
        _ number: Int64 = 1, group: String = "group", receiver: String = "sabueso", state: Incident.State = .open,
        headline: String = "", diagnosis: [UInt8] = []
    ) -> Incident {
        Incident(
            id: IncidentID(number: number), groupKey: group, receiver: receiver, alertName: "HighTraceErrorRate",
            playbook: "services", state: state, startsAt: start, resolvedAt: state == .resolved ? start : nil,
            openedAt: start, updatedAt: start, alertBody: Array("{}".utf8), headline: headline, diagnosis: diagnosis)
    }

    static func message(
        _ key: String, incident: Int64? = 1, receiver: String = "team-slack", kind: String = "diagnosis",
        payload: String = "{\"text\":\"hello\"}", after seconds: Int64 = 0
    ) -> OutgoingMessage {
        OutgoingMessage(
            incident: incident.map(IncidentID.init(number:)), receiver: receiver, kind: kind, deduplicationKey: key,
            payload: Array(payload.utf8), createdAt: start + .seconds(seconds))
    }
}

extension Timestamp {
    static func after(_ seconds: Int64) -> Timestamp { Samples.start + .seconds(seconds) }
}

extension Journal {
    /// The id of the notification claimed a number of seconds after the start, for a minute.
    func claimedNotification(_ seconds: Int64) async throws(JournalError) -> Int64? {
        try await claimNotification(now: .after(seconds), lease: .seconds(60))?.id
    }

    /// How often the notification claimed a number of seconds after the start, for a minute, was claimed before.
    func attemptsOfClaim(_ seconds: Int64) async throws(JournalError) -> Int? {
        try await claimNotification(now: .after(seconds), lease: .seconds(60))?.attempts
    }

    /// The message claimed a number of seconds after the start, for a minute.
    func claimedMessage(_ seconds: Int64) async throws(JournalError) -> StoredMessage? {
        try await claimMessage(now: .after(seconds), lease: .seconds(60))
    }
}
