import Delivery
import Testing

@Suite struct WebhookURLTests {
    static let slack = "https://hooks.slack.com/services/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"
    static let teams =
        "https://default1a2b.3c.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/"
        + "0f1e2d3c4b5a69788796a5b4c3d2e1f0/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun"
        + "&sv=1.0&sig=Zb3nQ7xY-8kLm_2pRsTuVwXyZ0123456789AbCdEfGh"

    @Test(arguments: [
        slack, teams, "HTTPS://hooks.slack.com/x", "http://127.0.0.1:8080/slack", "http://127.8.9.10/x",
        "http://localhost:1/x", "http://[::1]:8080/x", "http://LOCALHOST/x",
    ])
    func `an address over TLS or to this machine is taken`(_ text: String) throws {
        _ = try WebhookURL(text)
    }

    static let refused: [(String, WebhookURLError)] = [
        ("", .empty), ("hooks.slack.com/services/T0", .notAbsolute), ("/services/T0", .notAbsolute),
        ("https://", .notAbsolute), ("https:///services", .notAbsolute),
        ("https://hooks.slack.com/a b", .notPrintableASCII), ("https://hooks.slack.com/a\n", .notPrintableASCII),
        ("https://hooks.släck.com/a", .notPrintableASCII), ("https://u:p@hooks.slack.com/a", .hasCredentials),
        ("http://hooks.slack.com/a", .notEncrypted(host: "hooks.slack.com")),
        ("http://127.0.0.1.example.org/a", .notEncrypted(host: "127.0.0.1.example.org")),
        ("http://127.0.0.256/a", .notEncrypted(host: "127.0.0.256")),
        ("http://localhost.example.org/a", .notEncrypted(host: "localhost.example.org")),
        ("http://127/a", .notEncrypted(host: "127")), ("http://0.0.0.0/a", .notEncrypted(host: "0.0.0.0")),
        ("ftp://hooks.slack.com/a", .notEncrypted(host: "hooks.slack.com")),
    ]

    @Test(arguments: refused)
    func `any other address is refused without being shown`(_ row: (text: String, error: WebhookURLError)) {
        let error = #expect(throws: WebhookURLError.self) { try WebhookURL(row.text) }
        #expect(error == row.error)
        let shown = "\(row.error)"
        #expect(!shown.contains("/services") && !shown.contains("/a"), "\(shown)")
    }

    @Test(arguments: [slack, teams])
    func `an address is never printed, whoever prints it`(_ text: String) throws {
        let url = try WebhookURL(text)
        var dumped = ""
        dump(url, to: &dumped)
        let wrapped = [
            "\(url)", String(describing: url), String(reflecting: url), dumped, "\([url])", "\(Optional(url) as Any)",
        ]
        for shown in wrapped {
            #expect(shown.contains("<redacted>"), "\(shown)")
            for part in ["services", "T024BE7LD", "rTnAvC1s", "workflows", "0f1e2d3c", "sig", "Zb3nQ7xY"] {
                #expect(!shown.contains(part), "\(shown)")
            }
        }
        #expect("\(url)" == "<redacted> at \(url.host)")
    }

    @Test func `an address is taken out of what others quote of it`() throws {
        let slack = try WebhookURL(Self.slack)
        #expect(slack.redacting("no \(Self.slack)!") == "no <redacted>!")
        let quoted = slack.redacting("Cannot POST /services/T024BE7LD/B8K2XQ1AB/rTnAvC1sPZkq7dYw9LmN3xQe")
        #expect(quoted == "Cannot POST /services/<redacted>/<redacted>/<redacted>")
        let teams = try WebhookURL(Self.teams)
        let shown = teams.redacting(
            "workflow 0f1e2d3c4b5a69788796a5b4c3d2e1f0: Zb3nQ7xY-8kLm_2pRsTuVwXyZ0123456789AbCdEfGh")
        #expect(shown == "workflow <redacted>: <redacted>")
        #expect(teams.redacting("the workflows are busy") == "the workflows are busy")
    }
}
