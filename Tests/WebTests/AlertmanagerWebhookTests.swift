import HTTPTransport
import Journal
import Telemetry
import TestSupport
import Testing
import Web

@Suite struct AlertmanagerWebhookTests {
    private static let folder = "Tests/Fixtures/Recorded/alertmanager/hooks"

    private static func body(_ name: String = "001_ok_1") throws -> [UInt8] {
        try Repository.bytes("\(folder)/\(name).json")
    }

    @Test func `every recorded notification is stored once and recognised when it comes again`() async throws {
        let names = try Repository.names(in: Self.folder).filter { $0.hasSuffix(".json") }
        try await RunningServer.run { server in
            for name in names {
                let answer = try await server.send(body: Repository.bytes("\(Self.folder)/\(name)"))
                #expect(answer.status == 200, "\(name): \(answer.text)")
            }
            let stored = try await server.journal.counts().pendingNotifications
            // Alertmanager retried many of them, so there are fewer notifications than bodies.
            #expect(stored > 10 && stored < names.count)
            for name in names {
                let answer = try await server.send(body: Repository.bytes("\(Self.folder)/\(name)"))
                #expect(answer.status == 200 && answer.text.hasPrefix("repeated"), "\(name): \(answer.text)")
            }
            #expect(try await server.journal.counts().pendingNotifications == stored)
        }
    }

    @Test(arguments: [
        ("{", "application/json", 400, "not valid JSON"),
        (#"{"version":"1"}"#, "application/json", 400, "version \"1\" is not supported"),
        (#"{"version":"4"}"#, "application/json", 400, "is missing"),
        ("{}", "text/plain", 415, "application/json"),
        ("{}", "application/jsonp", 415, "application/json"),
        ("{}", nil, 415, "application/json"),
    ])
    func `what will never be acceptable is a 4xx with its reason in one line`(
        body: String, contentType: String?, status: Int, reason: String
    ) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send(
                body: [UInt8](body.utf8), contentType: contentType ?? "application/x-www-form-urlencoded")
            #expect(answer.status == status)
            #expect(answer.text.contains(reason))
            #expect(answer.text.filter { $0 == "\n" }.count == 1)
            #expect(try await server.journal.counts().pendingNotifications == 0)
        }
    }

    @Test func `a content type with a parameter is JSON too`() async throws {
        try await RunningServer.run { server in
            let answer = try await server.send(body: Self.body(), contentType: "application/json; charset=utf-8")
            #expect(answer.status == 200)
        }
    }

    @Test func `a body over the limit is refused with the limit`() async throws {
        try await RunningServer.run(maximumBodyBytes: 1000) { server in
            let answer = try await server.send(body: [UInt8](repeating: 0x20, count: 1001))
            #expect(answer.status == 413)
            #expect(answer.text.contains("1000 bytes"))
        }
    }

    @Test func `too many alerts are refused with both numbers`() async throws {
        try await RunningServer.run(maximumAlerts: 1) { server in
            let answer = try await server.send(body: Self.body())
            #expect(answer.status == 400)
            #expect(answer.text.contains("2 alerts") && answer.text.contains("1 are accepted"))
        }
    }

    @Test func `a full journal and a closed one ask the sender to come again`() async throws {
        try await RunningServer.run(waitingLimit: 1) { server in
            #expect(try await server.send("GET", "/readyz").status == 200)
            #expect(try await server.send(body: Self.body("001_ok_1")).status == 200)
            let full = try await server.send(body: Self.body("002_ok_2"))
            #expect(full.status == 503 && full.text.contains("full"))
            let readiness = try await server.send("GET", "/readyz")
            #expect(readiness.status == 503 && readiness.text.hasPrefix("full: 1 notifications may wait\n"))
            #expect(try await server.send("GET", "/healthz").status == 200)
            await server.journal.close()
            #expect(try await server.send(body: Self.body("003_ok_3")).status == 503)
            #expect(try await server.send("GET", "/readyz").status == 503)
            #expect(try await server.send("GET", "/healthz").status == 200)
        }
    }

    @Test(arguments: ["/webhook", "/", "/api/v2/alerts"])
    func `a wrong path is told the right one`(path: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("POST", path, body: Self.body())
            #expect(answer.status == 404)
            #expect(answer.text.contains("/webhooks/alertmanager"))
            #expect(server.log.lines.contains("warning notification refused"))
        }
    }

    @Test func `nothing redirects`() async throws {
        try await RunningServer.run { server in
            for path in ["/webhooks/alertmanager/", "//webhooks/alertmanager", "/webhooks", "/", "/x"] {
                let answer = try await server.send("POST", path, body: Self.body())
                #expect(!(300..<400).contains(answer.status), "\(path)")
            }
            for method in ["GET", "PUT", "DELETE", "PATCH"] {
                let answer = try await server.send(method)
                #expect(answer.status == 405, "\(method)")
                #expect(answer.header("Allow") == "POST", "\(method)")
            }
        }
    }

    @Test(arguments: [
        (nil, 401), ("Bearer wrong", 401), ("Bearer secre", 401), ("Bearer secret", 200),
    ])
    func `only who knows the token is let in`(authorization: String?, status: Int) async throws {
        try await RunningServer.run(credentials: .bearer("secret")) { server in
            let answer = try await server.send(body: Self.body(), authorization: authorization)
            #expect(answer.status == status)
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test func `basic authorization is RFC 7617's`() async throws {
        try await RunningServer.run(credentials: .basic(username: "alertmanager", password: "open sesame")) { server in
            let answer = try await server.send(
                body: Self.body(), authorization: "Basic YWxlcnRtYW5hZ2VyOm9wZW4gc2VzYW1l")
            #expect(answer.status == 200)
        }
    }

    @Test func `a kind of refusal is a warning once in a while, whatever was sent, and counted each time`() async throws
    {
        try await RunningServer.run { server in
            for number in 0..<25 {
                _ = try await server.send(body: [UInt8](#"{"version":"v\#(number)"}"#.utf8))
            }
            _ = try await server.send(body: [UInt8]("{}".utf8), contentType: "text/plain")
            // The first and the tenth of one kind, and the first of another.
            #expect(server.log.lines.filter { $0 == "warning notification refused" }.count == 3)
            #expect(server.log.lines.filter { $0 == "debug notification refused" }.count == 23)
            let page = try await server.send("GET", "/metrics").text
            #expect(page.contains(#"sabueso_notifications_total{outcome="refused"} 26.0"#), "\(page)")
            #expect(page.contains(#"sabueso_notifications_total{outcome="stored"} 0.0"#), "\(page)")
        }
    }

    @Test func `a hostile body is refused in one printable line`() async throws {
        try await RunningServer.run { server in
            let version = String(repeating: #"\u001b[2J\n\u202e"#, count: 1000)
            let answer = try await server.send(body: [UInt8](#"{"version":"\#(version)"}"#.utf8))
            #expect(answer.status == 400)
            #expect(answer.body.count < 500)
            #expect(answer.text.dropLast().unicodeScalars.allSatisfy { $0.isPrintable })
            #expect(answer.text.hasSuffix("\n"))
        }
    }
}
