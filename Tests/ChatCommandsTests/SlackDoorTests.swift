import FoundationEssentials
import HTTPTransport
import Journal
import Synchronization
import Testing

@testable import ChatCommands

@Suite struct SlackDoorTests {
    private static func text(_ response: ChatResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    private static func event(
        _ text: String, thread: String? = nil, id: String = "Ev1", more: String = ""
    ) -> ChatRequest {
        let thread = thread.map { #","thread_ts":"\#($0)""# } ?? ""
        return Signed.request(
            """
            {"type":"event_callback","event_id":"\(id)","event":{"type":"app_mention","user":"U0123ABCD",\
            "text":"<@U0BOT> \(text)","ts":"1795361499.000200","channel":"\(Fixture.channel)"\(thread)\(more)}}
            """, contentType: "application/json")
    }

    @Test func `a slash command is answered at once, to the one who asked`() async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            let response = await fixture.slack().command(Signed.form("status"))
            #expect(response.status == 200)
            #expect(Self.text(response).hasPrefix(#"{"response_type":"ephemeral","replace_original":false,"text":"#))
            #expect(Self.text(response).contains("`i-42`"))
        }
        #expect(try await fixture.replies().isEmpty)
    }

    @Test(arguments: [
        ("ack i-42", "on-call-1 takes care of i-42"), ("note i-42 the pool is full", "Noted on i-42 by on-call-1"),
    ])
    func `what is done by a slash command stands in the incident's thread, where all see who did it`(
        command: String, told: String
    ) async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            let answer = Self.text(await fixture.slack().command(Signed.form(command, "&channel_id=C0ELSEWHERE")))
            #expect(answer.contains(told) && answer.contains("ephemeral"))
        }
        let replies = try await fixture.replies()
        #expect(replies.count == 1 && replies[0].contains(told))
    }

    @Test func `what is done about an incident that no thread tells of is told in the channel`() async throws {
        let fixture = try await Fixture(isTold: false)
        try await fixture.working {
            let answer = Self.text(await fixture.slack().command(Signed.form("ack i-42")))
            #expect(answer.contains("takes care of i-42") && answer.contains("in_channel"))
        }
        #expect(try await fixture.replies().isEmpty)
    }

    @Test func `without an id a slash command is about the only open incident of its channel`() async throws {
        let fixture = try await Fixture()
        try await fixture.tell(43, in: "C0OTHER")
        try await fixture.working {
            let form = Signed.form("note disk is full", "&channel_id=\(Fixture.channel)&command=%2Fsabueso")
            #expect(Self.text(await fixture.slack().command(form)).contains("Noted on i-42"))
        }
        #expect(try await fixture.journal.remarks(on: Fixture.id).map(\.text) == ["disk is full"])
    }

    @Test func `where several are open each is offered with its command, and none is guessed`() async throws {
        let fixture = try await Fixture()
        try await fixture.tell(43, in: Fixture.channel)
        for (channel, asked) in [(Fixture.channel, " in this channel"), ("C0SILENT", "")] {
            let form = Signed.form("ack", "&channel_id=\(channel)&command=%2Fsabueso")
            let answer = Self.text(await fixture.slack().command(form))
            #expect(answer.contains("Which one? 2 incidents open\(asked):"), "\(answer)")
            #expect(answer.contains("`/sabueso ack i-42` spot node") && answer.contains("`/sabueso ack i-43`"))
        }
        let note = Signed.form("note `<!here>` full", "&channel_id=\(Fixture.channel)&command=%2Fsabueso")
        let answer = Self.text(await fixture.slack().command(note))
        #expect(answer.contains("`/sabueso note i-43 '&lt;!here&gt;' full`"))
        for id in [Fixture.id, IncidentID(number: 43)] { #expect(try await fixture.journal.remarks(on: id).isEmpty) }
    }

    @Test(arguments: ["ack i_42 now", "ack i-x", "note i-x text", "frobnicate", "why"])
    func `a mistake is no missing id`(text: String) async throws {
        let fixture = try await Fixture()
        let form = Signed.form(text, "&channel_id=\(Fixture.channel)&command=%2Fsabueso")
        #expect(!Self.text(await fixture.slack().command(form)).contains("Which one"))
        #expect(try await fixture.journal.remarks(on: Fixture.id).isEmpty)
    }

    @Test func `what takes longer is announced and follows through the response_url`() async throws {
        let evidence = GatedEvidence.closed()
        let fixture = try await Fixture(evidence: evidence)
        try await fixture.working {
            let client = ScriptedClient(.ok("ok"))
            let address = "&response_url=" + Signed.encoded("https://hooks.slack.com/commands/T1/2/x")
            let response = await fixture.slack(client).command(Signed.form("why cart", address))
            #expect(Self.text(response).contains("Looking at `cart`"))
            #expect(client.requests.isEmpty)
            evidence.unlock()
            let late = try await client.next()
            #expect(late.url == "https://hooks.slack.com/commands/T1/2/x")
            #expect(String(decoding: late.body ?? [], as: UTF8.self).contains(#""response_type":"in_channel""#))
        }
    }

    @Test(arguments: [
        "http://hooks.slack.com/x", "https://hooks.slack.com.example.com/x", "https://example.com/x",
        "https://hooks.slack.com@example.com/x", "https://hooks.slack.com:8443/x", "file:///etc/passwd",
        "https://169.254.169.254/latest", "https://hooks.slack.com/\r\nx", "", "hooks.slack.com",
    ])
    func `an answer goes to no other address than Slack's`(address: String) {
        #expect(ResponseAddress(address, hosts: ["hooks.slack.com"]) == nil)
        #expect(ResponseAddress(nil, hosts: ["hooks.slack.com"]) == nil)
        #expect(ResponseAddress("https://HOOKS.slack.com/x", hosts: ["hooks.slack.com"]) != nil)
    }

    @Test func `what is not signed, signed by another, old or sent twice is refused, and says nothing`() async throws {
        let fixture = try await Fixture()
        let door = fixture.slack()
        let body = "text=help&user_id=U0123ABCD"
        let once = Signed.request(body)
        try await fixture.working {
            #expect(await door.command(once).status == 200)
            for copy in [await door.command(once), await door.interaction(once), await door.event(once)] {
                #expect(copy.status == 401 && copy.body.isEmpty)
            }
            let unsigned = ChatRequest(
                contentType: "application/x-www-form-urlencoded", header: { _ in nil }, body: [UInt8](body.utf8))
            for request in [
                unsigned, Signed.request(body, secret: "another"), Signed.request(body, age: 301),
                Signed.request(body, age: -301),
            ] {
                let response = await door.command(request)
                #expect(response.status == 401 && response.body.isEmpty && response.refusal != nil)
            }
        }
    }

    @Test func `another content type, and what is no command at all, is refused`() async throws {
        let fixture = try await Fixture()
        let door = fixture.slack()
        #expect(await door.command(Signed.request("{}", contentType: "application/json")).status == 415)
        #expect(await door.event(Signed.request("a=b")).status == 415)
        #expect(await door.command(Signed.request("text=help")).status == 400)
        #expect(await door.interaction(Signed.request("payload=%7B")).status == 400)
        #expect(await door.event(Signed.request("[", contentType: "application/json; charset=utf-8")).status == 400)
    }

    @Test func `a hostile text comes back harmless`() async throws {
        let fixture = try await Fixture()
        let response = await fixture.slack().command(Signed.form("<!channel> <http://x|y> `*_"))
        #expect(response.status == 200)
        #expect(Self.text(response).contains("`&lt;!channel&gt;` is no command"))
        #expect(!Self.text(response).contains("<!channel>"))
    }

    @Test func `the address of events is verified by its challenge`() async throws {
        let request = Signed.request(
            #"{"type":"url_verification","challenge":"3eZbr\"W"}"#, contentType: "application/json")
        let response = await (try await Fixture()).slack().event(request)
        #expect(Self.text(response) == #"{"challenge":"3eZbr\"W"}"#)
    }

    @Test func `a mention in the thread of an incident needs no id, and is answered there`() async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            let response = await fixture.slack().event(Self.event("ack", thread: Fixture.thread))
            #expect(response == .accepted)
            let post = try await fixture.posts.next()
            #expect(post.hasPrefix("\(Fixture.channel) \(Fixture.thread) "))
            #expect(post.contains("U0123ABCD takes care of i-42"), "nobody can tell the name")
        }
        #expect(try await fixture.journal.remarks(on: Fixture.id).count == 1)
        #expect(try await fixture.replies().isEmpty, "the answer stands there already")
    }

    @Test func `who mentions it goes by the name that Slack tells once`() async throws {
        let fixture = try await Fixture()
        let asked = Mutex(0)
        let door = fixture.slack(names: { user in
            asked.withLock { $0 += 1 }
            return .success("on-call-of-\(user)")
        })
        try await fixture.working {
            for number in 1...2 {
                _ = await door.event(Self.event("note \(number)", thread: Fixture.thread, id: "Ev\(number)"))
                let post = try await fixture.posts.next()
                #expect(post.contains("Noted on i-42 by on-call-of-U0123ABCD"))
            }
        }
        #expect(asked.withLock { $0 } == 1)
    }

    @Test func `a mention elsewhere begins a thread, and a mistake is answered as well`() async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            _ = await fixture.slack().event(Self.event("ack"))
            let post = try await fixture.posts.next()
            #expect(post.hasPrefix("\(Fixture.channel) 1795361499.000200 "))
            #expect(post.contains("Say which incident"))
        }
    }

    @Test func `an event that Slack sends again is done once, and bots are not answered`() async throws {
        let fixture = try await Fixture()
        let door = fixture.slack()
        try await fixture.working {
            _ = await door.event(Self.event("note i-42 first"))
            // Signed anew, because the body is another one.
            #expect(await door.event(Self.event("note i-42 first ")) == .accepted)
            #expect(await door.event(Self.event("note i-42 bot", id: "Ev2", more: #","bot_id":"B1""#)) == .accepted)
            _ = try await fixture.posts.next()
            _ = await door.event(Self.event("status", id: "Ev3"))
            _ = try await fixture.posts.next()
        }
        #expect(try await fixture.journal.remarks(on: Fixture.id).map(\.text) == ["first"])
    }

    private static func press(_ value: String, id: String = "acknowledge") -> ChatRequest {
        let payload = """
            {"type":"block_actions","user":{"id":"U0123ABCD","username":"on-call-1"},\
            "container":{"channel_id":"\(Fixture.channel)","message_ts":"\(Fixture.thread)"},\
            "response_url":"https://hooks.slack.com/actions/T1/2/x",\
            "actions":[{"action_id":"\(id)"\(value.isEmpty ? "" : #","value":"\#(value)""#)}]}
            """
        return Signed.request("payload=\(Signed.encoded(payload))")
    }

    @Test func `a pressed button does what its command does, and everybody reads it in the thread`() async throws {
        let fixture = try await Fixture()
        try await fixture.working {
            #expect(await fixture.slack().interaction(Self.press("ack i-42")) == .accepted)
            let post = try await fixture.posts.next()
            #expect(post.contains("on-call-1 takes care of i-42"))
        }
        #expect(try await fixture.firstMessage().contains("Taken by on-call-1"))
        #expect(try await fixture.replies().isEmpty, "it was pressed in the thread that tells of it")
    }

    @Test func `thanks for a vote are for the one who voted`() async throws {
        let fixture = try await Fixture()
        let client = ScriptedClient(.ok("ok"))
        try await fixture.working {
            _ = await fixture.slack(client).interaction(Self.press("wrong i-42", id: "vote"))
            let body = String(decoding: try await client.next().body ?? [], as: UTF8.self)
            #expect(body.contains(#""response_type":"ephemeral","replace_original":false"#))
            #expect(body.contains("was wrong for i-42"))
        }
        #expect(try await fixture.journal.votes().count == 1)
    }

    @Test(arguments: ["", "frobnicate"])
    func `a button that opens a link is no command`(value: String) async throws {
        #expect(await (try await Fixture()).slack().interaction(Self.press(value, id: "open-0")) == .accepted)
    }

    @Test func `a form is read as browsers write it`() {
        let form = FormFields([UInt8]("a=1+2%2B3&b=%C3%BC&c&d==x&a=9&%=%zz".utf8))
        #expect(form?["a"] == "1 2+3" && form?["b"] == "ü" && form?["c"] == "" && form?["d"] == "=x")
        #expect(form?["%"] == "%zz" && form?["e"] == nil)
        #expect(FormFields([UInt8]("a=%ff".utf8)) == nil)
    }
}
