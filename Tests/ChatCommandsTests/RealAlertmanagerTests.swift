import Alerts
import FoundationEssentials
import HTTPTransport
import Journal
import Telemetry
import TestSupport
import Testing

@testable import ChatCommands

/// Silences in a real Alertmanager on loopback.
@Suite struct RealAlertmanagerTests {
    private struct Silence: Decodable {
        struct Status: Decodable { let state: String }
        struct Matcher: Decodable { let name: String, value: String, isRegex: Bool }
        let id: String
        let status: Status
        let matchers: [Matcher]
        let createdBy: String
        let comment: String
    }

    private struct Alert: Decodable {
        struct Status: Decodable { let silencedBy: [String] }
        let status: Status
    }

    /// Alertmanager goes by the machine's clock.
    private static var now: Timestamp { Timestamp(seconds: Int64(Date.now.timeIntervalSince1970)) }

    @Test func `a silence hides the incident's alerts, can be prolonged, and is ended`() async throws {
        let port = try FreePort.pick()
        let folder = try TemporaryFolder()
        try folder.write("{route: {receiver: none}, receivers: [{name: none}]}", to: "alertmanager.yml")
        let process = try ChildProcess(
            "prometheus-alertmanager",
            [
                "--config.file=\(folder.path("alertmanager.yml"))", "--storage.path=\(folder.path("data"))",
                "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
            ])
        defer { process.terminate() }
        let http = CurlClient(HTTPClientConfiguration(proxy: .direct))
        let address = "http://127.0.0.1:\(port)"
        _ = try await eventually("Alertmanager is ready; it said:\n\(process.text)") {
            let ready = try? await http.send(HTTPRequest(url: "\(address)/-/ready"))
            return ready?.status == 200 ? true : nil
        }
        let alert = #"[{"labels":{"alertname":"HighTraceErrorRate","service_name":"shop","pod":"a"}}]"#
        _ = try await http.send(
            HTTPRequest(
                method: "POST", url: "\(address)/api/v2/alerts",
                headers: [HTTPHeader("Content-Type", "application/json")], body: [UInt8](alert.utf8)))

        let client = AlertmanagerSilences(client: http, address: address, deadline: .seconds(10))
        let incident = try Fixture.incident(Fixture.id)
        let group = try AlertGroup(webhookBody: incident.alertBody)
        var order = AlertmanagerSilences.Order(
            matchers: group.silenceMatchers, startsAt: Self.now, endsAt: Self.now + .seconds(3600),
            createdBy: "on-call-1",
            comment: "i-42: \"maintenance\" <b>")
        let id = try await client.put(order)
        let made = try await silences(http, address)
        #expect(made.map(\.id) == [id] && made.first?.status.state == "active")
        #expect(made.first?.createdBy == "on-call-1" && made.first?.comment == "i-42: \"maintenance\" <b>")
        #expect(
            Set(made.first?.matchers.map { "\($0.name)=\($0.value)" } ?? []) == [
                "alertname=HighTraceErrorRate", "service_name=shop",
            ])
        let hidden = try await eventually("the alert is silenced") {
            let answer = try? await http.send(HTTPRequest(url: "\(address)/api/v2/alerts"))
            let alerts = try? JSONDecoder().decode([Alert].self, from: Data(answer?.body ?? []))
            return alerts?.first?.status.silencedBy == [id] ? true : nil
        }
        #expect(hidden)

        order.endsAt = Self.now + .seconds(7200)
        let prolonged = try await client.put(order, replacing: id)
        #expect(try await silences(http, address).filter { $0.status.state == "active" }.map(\.id) == [prolonged])

        try await client.expire(prolonged)
        #expect(try await silences(http, address).allSatisfy { $0.status.state == "expired" })
        // Ended twice is ended; what is over is made anew; what is not there is not found.
        try await client.expire(prolonged)
        let again = try await client.put(order, replacing: prolonged)
        #expect(try await silences(http, address).filter { $0.status.state == "active" }.map(\.id) == [again])
        await #expect(throws: AlertmanagerSilences.Failure.notFound) {
            try await client.put(order, replacing: "00000000-0000-4000-8000-000000000000")
        }
        await #expect(throws: AlertmanagerSilences.Failure.notFound) {
            try await client.expire("00000000-0000-4000-8000-000000000000")
        }
        await http.shutdown()
    }

    private func silences(_ http: CurlClient, _ address: String) async throws -> [Silence] {
        let answer = try await http.send(HTTPRequest(url: "\(address)/api/v2/silences"))
        return try JSONDecoder().decode([Silence].self, from: Data(answer.body))
    }
}
