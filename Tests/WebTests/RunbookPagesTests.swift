import HTTPTransport
import Journal
import Telemetry
import TestSupport
import Testing
import Web

@Suite struct RunbookPagesTests {
    private static let hostile = #"x"><script>alert(1)</script>"#

    /// As the journal keeps it; the diagnosis is that of the committed example.
    private static func incident(diagnosis: [UInt8]? = nil) throws -> Incident {
        Incident(
            id: IncidentID(number: 42), groupKey: "{}:{}", receiver: "sabueso", alertName: hostile, playbook: "p",
            state: .open, startsAt: Timestamp(seconds: 1_795_000_000), openedAt: Timestamp(seconds: 1_795_000_001),
            updatedAt: Timestamp(seconds: 1_795_000_002), alertBody: [], headline: "a <b>node</b> was preempted",
            diagnosis: try diagnosis
                ?? Repository.bytes("Tests/Fixtures/Golden/Scenarios/spot-eviction/diagnosis.json"))
    }

    @Test func `a page is served with the incident's values, escaped, and may load nothing from elsewhere`()
        async throws
    {
        try await RunningServer.run { server in
            try await server.journal.save(Self.incident(), messages: [])
            let answer = try await server.send("GET", "/runbooks/spot-eviction?incident=i-42", contentType: nil)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("Referrer-Policy") == "no-referrer")
            let policy = try #require(answer.header("Content-Security-Policy"))
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
            #expect(policy.contains("; script-src 'sha256-") && !policy.contains("unsafe"))
            #expect(answer.text.contains(#"kubectl get node <span class="value">aks-spot-31542618-vmss000003</span>"#))
            #expect(answer.text.contains("i-42") && answer.text.contains("a &lt;b&gt;node&lt;/b&gt; was preempted"))
            #expect(!answer.text.contains("<script>alert") && !answer.text.contains("<b>node"))
            #expect(answer.text.contains(#"href="node-lost?incident=i-42""#), "links keep the incident")
        }
    }

    @Test(arguments: ["/runbooks/unknown", "/runbooks/unknown.md", "/runbooks/no-traces-arrive", "/runbooks"])
    func `without an incident the placeholders stay`(path: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("GET", path, contentType: nil)
            #expect(answer.status == 200)
            #expect(!answer.text.contains(#"class="incident""#))
            #expect(answer.text.contains(#"<span class="open">SERVICE</span>"#))
        }
    }

    @Test(arguments: ["i-7", "7", "x", "", "i-99999999999999999999", "%3Cscript%3E"])
    func `an incident that is not there is said, and the page is there`(id: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("GET", "/runbooks/unknown?incident=\(id)", contentType: nil)
            #expect(answer.status == 200)
            #expect(answer.text.contains("There is no such incident"))
            #expect(answer.text.contains(#"<span class="open">SERVICE</span>"#))
        }
    }

    @Test func `a journal that fails does not take the page away`() async throws {
        try await RunningServer.run { server in
            await server.journal.close()
            let answer = try await server.send("GET", "/runbooks/unknown?incident=i-42", contentType: nil)
            #expect(answer.status == 200)
            #expect(answer.text.contains("cannot be read at the moment"))
            #expect(server.log.lines.contains("error incident could not be read for its runbook"))
        }
    }

    @Test(arguments: ["", "not json", #"{"hypotheses":[]}"#])
    func `a diagnosis that is not there yet leaves the placeholders`(diagnosis: String) async throws {
        try await RunningServer.run { server in
            try await server.journal.save(Self.incident(diagnosis: [UInt8](diagnosis.utf8)), messages: [])
            let answer = try await server.send("GET", "/runbooks/spot-eviction?incident=42", contentType: nil)
            #expect(answer.status == 200)
            #expect(answer.text.contains(#"kubectl get node <span class="open">NODE</span>"#))
        }
    }

    @Test(arguments: ["/runbooks/nothing", "/runbooks/..%2FREADME", "/runbooks/README.md", "/runbooks/a/b"])
    func `what is no runbook is not found`(path: String) async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("GET", path, contentType: nil)
            #expect(answer.status == 404)
        }
    }
}
