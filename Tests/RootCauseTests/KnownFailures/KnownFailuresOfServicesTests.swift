import Telemetry
import Testing

@testable import RootCause

/// Known failures at the calls of services.
struct KnownFailuresOfServicesTests {
    private static let host = "api.bank.example.com"

    /// A request every four seconds; from the twentieth second of the window the call of the host fails with a message.
    private static func story(message: String, type: String = "Error", inLogs: Bool = false) -> Story {
        var story = Story()
        for number in 0..<180 {
            let at = Double(number) * 4 - 600
            let fails = at >= 20
            let status = fails ? Span.Status.error(message: "") : .unset
            let root = story.span("shop", "POST /orders", kind: .server, at: at, takes: 0.3, status: status)
            let payments = story.call(
                "shop", "payments", "POST /pay", under: root, at: at + 0.01, takes: 0.1, status: status)
            let thrown = Span.Event(
                at: Story.at(at + 0.05), name: "exception",
                attributes: ["exception.type": .string(type), "exception.message": .string(message)])
            story.span(
                "payments", "POST", under: payments, kind: .client, at: at + 0.02, takes: 0.05, status: status,
                attributes: ["server.address": .string(host)], events: fails && !inLogs ? [thrown] : [])
            if fails, inLogs { story.log("ERROR \(message)", at: at + 0.06, service: "payments", span: payments) }
        }
        return story
    }

    @Test(arguments: [
        ("dial tcp: lookup api.bank.example.com on 10.0.0.10:53: no such host", "dns-failure"),
        ("api.bank.example.com: Name or service not known", "dns-failure"),
        ("tls: failed to verify certificate: x509: certificate has expired or is not yet valid", "certificate-expired"),
    ])
    func `what the failing calls say is the cause, and the host only where it shows`(_ message: String, _ cause: String)
    {
        for inLogs in [false, true] {
            let diagnosis = Self.story(message: message, inLogs: inLogs).diagnosis(alert: Story.alert(service: "shop"))
            #expect(diagnosis.verdict == "\(cause) \(Self.host)")
            #expect(!diagnosis.hypotheses.contains { $0.cause == .dependencyFailure })
        }
    }

    @Test func `what was always in the logs explains no failing call`() {
        var story = Self.story(message: "503 on POST request")
        for number in 0..<60 {
            story.log(
                "statistics not sent: getaddrinfo ENOTFOUND stats.example.org", at: Double(number) * 12 - 600,
                service: "shop")
        }
        let diagnosis = story.diagnosis(alert: Story.alert(service: "shop"))
        #expect(diagnosis.verdict == "dependency-failure \(Self.host)")
    }
}
