import HTTPTransport
import Journal
import Telemetry
import TestSupport
import Testing
import Web

@Suite struct IncidentPagesTests {
    private static let hostile = #""><script>alert(1)</script>"#

    private static func incident(
        _ number: Int64 = 42, state: Incident.State = .open, headline: String = "a <b>node</b> was preempted",
        diagnosis: [UInt8]? = nil
    ) throws -> Incident {
        Incident(
            id: IncidentID(number: number), groupKey: "{}:{\(number)}", receiver: "sabueso", alertName: hostile,
            playbook: "p", state: state, startsAt: Timestamp(seconds: 1_795_361_000),
            resolvedAt: state == .open ? nil : Timestamp(seconds: 1_795_361_400),
            openedAt: Timestamp(seconds: 1_795_361_000), updatedAt: Timestamp(seconds: 1_795_361_000), alertBody: [],
            headline: headline,
            diagnosis: try diagnosis
                ?? Repository.bytes("Tests/Fixtures/Golden/Scenarios/spot-eviction/diagnosis.json"))
    }

    @Test(arguments: ["/incidents", "/incidents/i-42", "/incidents/42", "/feedback", "/incidents/i-7"])
    func `a page may load and run nothing, and nobody keeps it`(path: String) async throws {
        try await RunningServer.run { server in
            try await server.journal.save(Self.incident(), messages: [])
            let answer = try await server.send("GET", path, contentType: nil)
            #expect(answer.status == (path.hasSuffix("7") ? 404 : 200))
            #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("Referrer-Policy") == "no-referrer")
            let policy = try #require(answer.header("Content-Security-Policy"))
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
            #expect(policy.hasSuffix("script-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))
            #expect(!answer.text.contains("<script") && !answer.text.contains(" style="))
        }
    }

    @Test func `an incident's page tells what is kept of it`() async throws {
        try await RunningServer.run { server in
            let id = IncidentID(number: 42)
            try await server.journal.save(
                Self.incident(),
                messages: [
                    OutgoingMessage(
                        incident: id, receiver: "team-slack", kind: "diagnosis", deduplicationKey: "k", payload: [],
                        createdAt: Timestamp(seconds: 1_795_361_100))
                ])
            try await server.journal.add(
                Remark(
                    incident: id, at: Timestamp(seconds: 1_795_361_200), author: "on-call", kind: .acknowledged,
                    text: ""))
            try await server.journal.record(
                Vote(
                    incident: id, author: "voter", at: Timestamp(seconds: 1_795_361_300), cause: "spot-eviction",
                    confidence: 0.9, isRight: false, actualCause: "node-lost"))
            let page = try await server.send("GET", "/incidents/i-42", contentType: nil).text
            #expect(
                page.contains("<h1>a &lt;b&gt;node&lt;/b&gt; was preempted</h1>") || page.contains("<h1>A &lt;b&gt;"))
            for text in [
                "Spot eviction · very likely", "aks-spot-31542618-vmss000003", "team-slack", "waiting",
                "on-call takes care of it", "really node-lost", "href=\"../runbooks/spot-eviction?incident=i-42\"",
                "href=\"i-42.json\"", "id=\"timeline\"",
                // Since what the diagnosis found to be the beginning, not since the alert.
                "<time datetime=\"2026-11-19T14:30:02.1Z\">", "for 3 days",
            ] { #expect(page.contains(text), "\(text)") }
            for link in ["/runbooks/spot-eviction?incident=i-42", "/incidents", "/feedback", "/runbooks"] {
                #expect(try await server.send("GET", link, contentType: nil).status == 200, "the page links to \(link)")
            }
            let json = try await server.send("GET", "/incidents/i-42.json", contentType: nil)
            #expect(json.status == 200 && json.header("Content-Type") == "application/json; charset=utf-8")
            #expect(try json.body == Self.incident().diagnosis)
            #expect(
                try await server.send("GET", "/feedback", contentType: nil).text.contains("href=\"incidents/i-42\""))
            #expect(
                try await server.send("GET", "/metrics", contentType: nil).text.contains(
                    #"sabueso_feedback_votes{cause="spot-eviction",verdict="wrong"} 1"#))
        }
    }

    @Test(arguments: ["i-7", "x", "%3Cscript%3E", "i-99999999999999999999", "i-7.json", "i-0", "-1", "i-42.xml"])
    func `an incident that is not there is a 404 that says what there is`(id: String) async throws {
        try await RunningServer.run { server in
            try await server.journal.save(Self.incident(), messages: [])
            let answer = try await server.send("GET", "/incidents/\(id)", contentType: nil)
            #expect(answer.status == 404)
            #expect(answer.text.contains("There is no incident") && answer.text.contains("href=\"i-42\""))
            #expect(!answer.text.contains("<script"))
        }
    }

    @Test func `an incident without a diagnosis has a page and no JSON`() async throws {
        try await RunningServer.run { server in
            try await server.journal.save(Self.incident(headline: "", diagnosis: []), messages: [])
            #expect(
                try await server.send("GET", "/incidents/i-42", contentType: nil).text.contains("It was not diagnosed"))
            #expect(try await server.send("GET", "/incidents/i-42.json", contentType: nil).status == 404)
        }
    }

    @Test func `the list is filtered by a plain form and turned by pages`() async throws {
        try await RunningServer.run { server in
            for number in 1...60 {
                try await server.journal.save(
                    Self.incident(
                        Int64(number), state: number == 3 ? .open : .resolved,
                        headline: number == 5 ? "disk of a+b is full" : "a node was lost"), messages: [])
            }
            let first = try await server.send("GET", "/incidents", contentType: nil).text
            #expect(first.contains("60 incidents, 1 open · page 1 of 2"))
            let (open, newest) = (first.firstRange(of: "incidents/i-3\""), first.firstRange(of: "incidents/i-60\""))
            #expect(try #require(open).lowerBound < #require(newest).lowerBound, "what is open comes first")
            #expect(first.contains("href=\"incidents?page=2\"") && !first.contains("Newer"))
            let second = try await server.send("GET", "/incidents?page=2", contentType: nil).text
            #expect(second.contains("incidents/i-1\"") && second.contains("Newer") && !second.contains("Older"))
            for query in ["q=disk+full", "page=1&q=DISK%20a%2Bb"] {
                let found = try await server.send("GET", "/incidents?\(query)", contentType: nil).text
                #expect(found.contains("incidents/i-5\"") && found.contains("1 incident with"), "\(query)")
            }
            let filtered = try await server.send("GET", "/incidents?q=lost+node", contentType: nil).text
            #expect(filtered.contains("href=\"incidents?q=lost%20node&amp;page=2\""))
            for path in ["q=%3Cscript%3E", "page=-3", "page=99999999999", "page=x", "q=%ZZ", "q"] {
                let answer = try await server.send("GET", "/incidents?\(path)", contentType: nil)
                #expect(answer.status == 200 && !answer.text.contains("<script"), "\(path)")
            }
        }
    }

    @Test func `a browser is led to the list, and a misdirected webhook is still told where to go`() async throws {
        try await RunningServer.run { server in
            let answer = try await server.send("GET", "/", contentType: nil)
            #expect(answer.status == 303 && answer.header("Location") == "incidents")
            #expect(try await server.send("POST", "/", body: []).text.contains("/webhooks/alertmanager"))
            #expect(try await server.send("POST", "/incidents", body: []).status == 404)
        }
    }

    @Test func `a journal that fails is said, without an end of the service`() async throws {
        try await RunningServer.run { server in
            await server.journal.close()
            for path in ["/incidents", "/incidents/i-1", "/feedback"] {
                let answer = try await server.send("GET", path, contentType: nil)
                #expect(answer.status == 503)
            }
            #expect(server.log.lines.contains("error a page could not be made"))
        }
    }
}
