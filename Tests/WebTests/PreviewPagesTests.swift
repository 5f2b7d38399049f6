import HTTPTransport
import Languages
import Reporting
import TestSupport
import Testing
import Web

@Suite struct PreviewPagesTests {
    private static let examples = PreviewExamples([
        .init(name: "one", title: "The first incident"), .init(name: "two", title: "The second incident"),
    ]) { incident, language in
        let summary = Summary(
            language: language, severity: "critical", headline: "\(incident.name) happened <script>alert(1)</script>",
            context: "\" onclick=\"alert(1)", recommendations: ["see <!channel> and [x](http://evil.example.com)"])
        return [MessageKind.begun, .diagnosis].map { kind in
            PreviewExamples.Message(
                kind: kind, slack: kind.body(summary, on: .slack), teams: kind.body(summary, on: .teams))
        }
    }

    @Test func `the page shows both chats, escaped, and may load nothing from elsewhere`() async throws {
        try await RunningServer.run(previews: Self.examples) { server in
            let answer = try await server.send("GET", "/preview", contentType: nil)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
            let policy = try #require(answer.header("Content-Security-Policy"))
            #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"))
            #expect(policy.contains("script-src 'none'"), "it has no script")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.text.contains("one happened &lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!answer.text.contains("<script") && !answer.text.contains(#"" onclick="#))
            #expect(!answer.text.contains("href=\"http://evil") && !answer.text.contains("class=\"mention\""))
            #expect(answer.text.split(separator: "class=\"chat slack\"").count == 3, "two messages")
            #expect(answer.text.split(separator: "class=\"chat teams\"").count == 2, "of which Teams has one")
            #expect(answer.text.contains("blocks: "), "and how large they are")
        }
    }

    @Test func `the address chooses the readers' language`() async throws {
        try await RunningServer.run(previews: Self.examples) { server in
            let spanish = try await server.send("GET", "/preview?case=two&language=es", contentType: nil)
            #expect(spanish.text.contains("two happened") && spanish.text.contains("Qué hacer"))
            #expect(spanish.text.contains(#"<a href="preview?case=one&amp;language=es""#), "other incidents keep it")
            #expect(spanish.text.contains(#"<a href="preview?case=two" lang="en">English</a>"#))
            let english = try await server.send("GET", "/preview?case=two", contentType: nil)
            #expect(english.text.contains(">Do<") && !english.text.contains("Qué hacer"))
            let unknown = try await server.send("GET", "/preview?language=fr", contentType: nil)
            #expect(unknown.status == 404 && unknown.text.contains("there are: en, es"))
        }
    }

    @Test func `the address chooses one of the built-in incidents and nothing else`() async throws {
        try await RunningServer.run(previews: Self.examples) { server in
            let second = try await server.send("GET", "/preview?case=two", contentType: nil)
            #expect(second.text.contains("two happened") && !second.text.contains("one happened"))
            for name in ["three", "..%2F..%2Fetc%2Fpasswd", "%3Cscript%3E", ""] {
                let answer = try await server.send("GET", "/preview?case=\(name)", contentType: nil)
                #expect(answer.status == 404)
                #expect(answer.text.contains("there are: one, two") && !answer.text.contains("<script>"))
            }
        }
    }
}
