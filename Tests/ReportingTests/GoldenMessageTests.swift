import RootCause
import TestSupport
import Testing

@testable import Reporting

@Suite struct GoldenMessageTests {
    @Test(arguments: ExampleSummary.allCases)
    func `the terminal shows the message as committed`(_ example: ExampleSummary) throws {
        let text = TerminalRenderer(usesColours: false).text(example.summary)
        try Golden.check(text, "Reporting/\(example.rawValue).txt")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `Markdown shows the message as committed`(_ example: ExampleSummary) throws {
        try Golden.check(MarkdownRenderer().text(example.summary), "Reporting/\(example.rawValue).md")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `Slack gets the message as committed`(_ example: ExampleSummary) throws {
        try Golden.check(SlackRenderer().message(example.summary).indented, "Reporting/\(example.rawValue).slack.json")
    }

    @Test func `an app's message has its buttons as committed`() throws {
        var summary = ExampleSummary.spotEviction.summary
        summary.offers = Set(Summary.Offer.allCases)
        try Golden.check(SlackRenderer().message(summary).indented, "Reporting/spot-eviction.offering.slack.json")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `Teams gets the message as committed`(_ example: ExampleSummary) throws {
        try Golden.check(TeamsRenderer().message(example.summary).indented, "Reporting/\(example.rawValue).teams.json")
    }

    @Test(arguments: [ExampleSummary.spotEviction, .dependencyFailure, .unexplained])
    func `the thread gets the details as committed`(_ example: ExampleSummary) throws {
        let details = try #require(ShownMessage(SlackRenderer().details(example.summary), on: .slack))
        try Golden.check(
            details.notification + "\n" + TerminalPreview(usesColours: false).text(details),
            "Reporting/\(example.rawValue).details.txt")
    }

    @Test(arguments: ExampleSummary.allCases)
    func `both chats show the message as committed`(_ example: ExampleSummary) throws {
        var text = ""
        for (platform, body) in [
            (ShownMessage.Platform.slack, SlackRenderer().body(example.summary)),
            (.teams, TeamsRenderer().body(example.summary)),
        ] {
            text += TerminalPreview(usesColours: false).text(try #require(ShownMessage(body, on: platform)))
        }
        try Golden.check(text, "Reporting/\(example.rawValue).chats.txt")
    }

    @Test func `colours only dress the same text`() throws {
        let text = TerminalRenderer(usesColours: true).text(ExampleSummary.spotEviction.summary)
        try Golden.check(text, "Reporting/spot-eviction.ansi.txt")
        let plain = text.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[2m", with: "")
            .replacing("\u{1B}[33m", with: "").replacing("\u{1B}[0m", with: "")
        #expect(plain == TerminalRenderer(usesColours: false).text(ExampleSummary.spotEviction.summary))
    }

    @Test(arguments: ["spot-eviction", "dependency-failure", "no-traces"])
    func `a diagnosis has the JSON that was committed`(_ name: String) throws {
        let diagnosis =
            switch name {
            case "spot-eviction": SpotEvictionIncident.diagnosis
            case "dependency-failure": DependencyFailureIncident.diagnosis
            default: UnexplainedIncidents.noTraces
            }
        try Golden.check(
            DiagnosisJSON(grafana: ExampleSummary.grafana).text(diagnosis), "Reporting/\(name).diagnosis.json")
    }
}
