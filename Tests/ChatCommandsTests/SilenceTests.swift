import Alerts
import Delivery
import HTTPTransport
import Journal
import Languages
import Telemetry
import Testing

@testable import ChatCommands

@Suite struct SilenceTests {
    private static func silences(
        _ client: any HTTPClient, users: [String] = [Fixture.person.id], groups: [String] = [],
        lookup: SilenceMembers.Lookup? = nil
    ) -> Silences {
        Silences(
            alertmanager: AlertmanagerSilences(
                client: client, address: "http://alertmanager:9093", deadline: .seconds(10)),
            longest: .seconds(86_400), members: SilenceMembers(users: users, groups: groups, lookup: lookup))
    }

    @Test func `a silence has the incident's matchers, its author, a comment and an end`() async throws {
        let client = ScriptedClient(.ok(#"{"silenceID":"s-1"}"#))
        let fixture = try await Fixture(silences: Self.silences(client))
        let answer = try await fixture.answer("silence i-42 2h <!channel> maintenance")
        let request = try #require(client.requests.first)
        #expect(request.method == "POST" && request.url == "http://alertmanager:9093/api/v2/silences")
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        for part in [
            #""name":"alertname""#, #""value":"HighTraceErrorRate""#, #""name":"service_name""#, #""value":"shop""#,
            #""isRegex":false"#, #""createdBy":"on-call-1""#, #""comment":"i-42: <!channel> maintenance""#,
            #""startsAt":"\#(Fixture.now)""#, #""endsAt":"\#(Fixture.now + .seconds(7200))""#,
        ] { #expect(body.contains(part), "\(part) in \(body)") }
        #expect(answer.contains("Silenced until 2026-11-22 17:31:40 UTC by on-call-1"))
        #expect(answer.contains("&lt;!channel&gt; maintenance"))
        #expect(answer.contains("http://alertmanager.example.com/#/silences/s-1"))
        #expect(answer.contains(#""value":"unsilence i-42""#))
        let remark = try await fixture.journal.remarks(on: Fixture.id).last
        #expect(remark?.kind == .silenced && remark?.text == "s-1")
        #expect(try await fixture.firstMessage().contains("Silenced by on-call-1"))
        #expect(try await fixture.replies().map { $0.contains("Silenced until") } == [true], "for all to see")
    }

    @Test func `asked twice there is one silence, and it can be ended`() async throws {
        let client = ScriptedClient(
            .ok(#"{"silenceID":"s-1"}"#), .init(status: 404), .ok(#"{"silenceID":"s-2"}"#), .ok(""))
        let fixture = try await Fixture(silences: Self.silences(client))
        _ = try await fixture.answer("silence i-42")
        _ = try await fixture.answer("silence i-42 2h")
        #expect(try await fixture.answer("unsilence i-42").contains("ended the silence"))
        let bodies = client.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(bodies[1].contains(#""id":"s-1""#), "the one that is there is changed")
        #expect(!bodies[2].contains(#""id""#), "and made anew when Alertmanager has forgotten it")
        #expect(client.requests[3].method == "DELETE" && client.requests[3].url.hasSuffix("/api/v2/silence/s-2"))
        #expect(try await fixture.answer("unsilence i-42").contains("was not silenced from here"))
        #expect(try await fixture.firstMessage().contains("Silence ended by on-call-1"))
    }

    @Test func `only who may can silence, and Alertmanager is not asked for others`() async throws {
        let client = ScriptedClient()
        let fixture = try await Fixture(silences: Self.silences(client, users: ["U0OTHER"]))
        for command in ["silence i-42", "unsilence i-42"] {
            #expect(try await fixture.answer(command).contains("You may not silence alerts"))
        }
        // A name is not an id: people choose their names themselves.
        let impostor = Person(id: "U0666", name: "U0OTHER")
        #expect(try await fixture.answer("silence i-42", by: impostor).contains("You may not"))
        #expect(client.requests.isEmpty)
        #expect(try await fixture.journal.remarks(on: Fixture.id).isEmpty)
    }

    @Test func `a user group's members may, as long as Slack says who they are`() async throws {
        let api = ScriptedClient(
            .ok(#"{"ok":true,"users":["U0123ABCD"]}"#), .ok(#"{"ok":false,"error":"missing_scope"}"#))
        let slack = SlackAPI(token: "xoxb-1", client: api)
        let members = SilenceMembers(
            users: [], groups: ["S0123"], lookup: { group in await slack.members(ofGroup: group) })
        let now = Fixture.now
        #expect(await members.objection(to: Fixture.person, now: now) == nil)
        #expect(
            await members.objection(to: Person(id: "U0X"), now: now + .seconds(299))?.english.contains("may not")
                == true)
        #expect(api.requests.count == 1, "asked once in five minutes")
        let told = await members.objection(to: Fixture.person, now: now + .seconds(301))
        #expect(told?.english.contains("missing_scope") == true)
        #expect(String(decoding: api.requests[0].body ?? [], as: UTF8.self) == "usergroup=S0123")
    }

    @Test func `a silence that is too long, or that Alertmanager refuses, is said`() async throws {
        let client = ScriptedClient(.init(status: 400, body: [UInt8](#""bad `matcher` name""#.utf8)))
        let fixture = try await Fixture(silences: Self.silences(client))
        #expect(try await fixture.answer("silence i-42 25h").contains("1d at most"))
        #expect(client.requests.isEmpty)
        let told = try await fixture.answer("silence i-42")
        #expect(told.contains("Nothing was silenced: Alertmanager: it answered 400"))
        #expect(try await fixture.journal.remarks(on: Fixture.id).isEmpty)
    }

    @Test func `an empty list of matchers, which would silence everything, is never sent`() async {
        let client = ScriptedClient()
        let alertmanager = AlertmanagerSilences(client: client, address: "http://a", deadline: .seconds(1))
        let order = AlertmanagerSilences.Order(
            matchers: [], startsAt: Fixture.now, endsAt: Fixture.now, createdBy: "x", comment: "x")
        await #expect(throws: AlertmanagerSilences.Failure.self) { try await alertmanager.put(order) }
        #expect(client.requests.isEmpty)
    }
}
