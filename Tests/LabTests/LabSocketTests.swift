import Glibc
import Lab
import Logging
import ServiceLifecycle
import Testing

/// The lab over its real socket, and what goes wrong there on demand.
struct LabSocketTests {
    private static let search = "/tempo/api/search?q=%7B%7D"

    /// Runs the lab for as long as `body` takes.
    private func withLab(_ body: @Sendable (Lab, Int) async throws -> Void) async throws {
        let lab = LabCase.lab()
        try await lab.whileRunning { try await body(lab, $0.port) }
    }

    @Test func `every server answers below its own path`() async throws {
        try await withLab { _, port in
            for (path, status) in [
                ("/tempo/ready", 200), ("/loki/ready", 200), ("/kubernetes/api/v1/nodes", 200), (Self.search, 200),
                ("/prometheus/-/ready", 200), ("/prometheus/api/v1/labels", 200),
                ("/loki/loki/api/v1/labels", 200), ("/slack", 404), ("/elsewhere", 404), ("/", 404),
            ] {
                let outcome = try await RawHTTP.exchange("GET", path, port: port)
                #expect(outcome.status == status, "\(path)")
                #expect(outcome.error == nil)
            }
        }
    }

    @Test func `a HEAD has the head of a GET and no body`() async throws {
        try await withLab { _, port in
            let outcome = try await RawHTTP.exchange("HEAD", Self.search, port: port)
            #expect(outcome.status == 200)
            #expect(outcome.head.lowercased().contains("content-type: application/json"))
            #expect(outcome.body.isEmpty)
        }
    }

    @Test func `a message over the socket arrives`() async throws {
        try await withLab { lab, port in
            let target = try await lab.address().slackWebhook.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
            let outcome = try await RawHTTP.exchange(
                "POST", String(target), port: port, headers: ["Content-Type: application/json"], body: #"{"text":"hi"}"#
            )
            #expect(outcome.status == 200)
            #expect(outcome.body == "ok")
            #expect(await lab.message(number: 1)?.body == #"{"text":"hi"}"#)
        }
    }

    @Test func `a fault lasts for as many requests as it was asked to`() async throws {
        try await withLab { lab, port in
            lab.fail(.tempoSearch, with: .tempoBusy, times: 2)
            var statuses: [Int?] = []
            for _ in 0..<3 { statuses.append(try await RawHTTP.exchange("GET", Self.search, port: port).status) }
            #expect(statuses == [429, 429, 200])
            #expect(lab.requestCount(.tempoSearch) == 3)
            #expect(try await RawHTTP.exchange("GET", "/tempo/ready", port: port).status == 200)
        }
    }

    @Test func `a fault without an end lasts until it is healed`() async throws {
        try await withLab { lab, port in
            lab.fail(.slack, with: .slackRateLimited(retryAfter: 3))
            for _ in 0..<3 {
                let outcome = try await RawHTTP.exchange("POST", "/slack/services/T/B/x", port: port, body: "{}")
                #expect(outcome.status == 429)
                #expect(outcome.head.lowercased().contains("retry-after: 3"))
            }
            lab.heal(.slack)
            #expect(try await RawHTTP.exchange("POST", "/slack/services/T/B/x", port: port, body: "{}").status == 400)
        }
    }

    @Test func `a reset connection ends with an error and without a byte`() async throws {
        try await withLab { lab, port in
            lab.fail(.lokiQueryRange, with: .reset)
            let outcome = try await RawHTTP.exchange("GET", "/loki/loki/api/v1/query_range", port: port)
            #expect(outcome.text.isEmpty)
            #expect(outcome.error == ECONNRESET)
        }
    }

    @Test func `a truncated answer promises more than it has`() async throws {
        try await withLab { lab, port in
            let whole = try await RawHTTP.exchange("GET", Self.search, port: port)
            lab.fail(.tempoSearch, with: .truncated(fraction: 0.5))
            let cut = try await RawHTTP.exchange("GET", Self.search, port: port)
            #expect(cut.status == 200)
            #expect(cut.head.lowercased().contains("content-length: \(whole.body.utf8.count)"))
            #expect(cut.body.utf8.count == whole.body.utf8.count / 2)
            #expect(whole.body.hasPrefix(cut.body))
        }
    }

    @Test func `a hanging endpoint says nothing until the client goes away, and the lab can still end`() async throws {
        try await withLab { lab, port in
            lab.fail(.kubernetesPods, with: .hang, times: 2)
            let connection = try RawHTTP(port: port)
            try connection.send("GET /kubernetes/api/v1/pods HTTP/1.1\r\nHost: x\r\n\r\n")
            // Others are answered meanwhile.
            #expect(try await RawHTTP.exchange("GET", "/tempo/ready", port: port).status == 200)
            connection.close()
            // One that nobody ends: leaving the scope ends it with the lab.
            let other = try RawHTTP(port: port)
            try other.send("GET /kubernetes/api/v1/pods HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await RawHTTP.exchange("GET", "/kubernetes/api/v1/nodes", port: port).status == 200)
        }
    }

    @Test func `a slow answer waits for the clock and is the true one`() async throws {
        try await withLab { lab, port in
            lab.fail(.tempoReady, with: .slow(.milliseconds(1)), times: 1)
            let outcome = try await RawHTTP.exchange("GET", "/tempo/ready", port: port)
            #expect(outcome.body == "ready\n")
        }
    }

    @Test func `a port that is taken is told to everybody who waits for the address`() async throws {
        try await withLab { _, port in
            var configuration = LabConfiguration()
            configuration.port = port
            let second = LabCase.lab(configuration: configuration)
            async let address = second.address()
            await #expect(throws: (any Error).self) { try await second.run() }
            do {
                Issue.record("The second lab has an address: \(try await address)")
            } catch {
                #expect(error as? LabError == .notRunning)
            }
        }
    }

    @Test func `a service group starts it and shuts it down`() async throws {
        let lab = LabCase.lab()
        let group = ServiceGroup(services: [lab], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let run: Void = group.run()
        #expect(try await RawHTTP.exchange("GET", "/loki/ready", port: try await lab.address().port).status == 200)
        await group.triggerGracefulShutdown()
        try await run
    }
}
