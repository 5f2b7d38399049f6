import Feedback
import Journal
import Pages
import Telemetry
import TestSupport
import Testing

/// An incident as the journal keeps it, with everything that belongs to it.
enum ExampleIncident {
    static let now = Timestamp(seconds: 1_795_361_500)
    static let id = IncidentID(number: 42)

    static func incident(
        diagnosis: [UInt8]? = nil, headline: String = "spot node aks-spot-3 was preempted, 3 builds lost their agents",
        alertName: String = "JenkinsJobTraceFailure", state: Incident.State = .resolved
    ) throws -> Incident {
        Incident(
            id: id, groupKey: "{}:{}", receiver: "sabueso", alertName: alertName, playbook: "jenkins",
            state: state, startsAt: now - .seconds(1_000), resolvedAt: state == .open ? nil : now - .seconds(400),
            openedAt: now, updatedAt: now,
            alertBody: Array(
                #"{"version":"4","status":"firing","receiver":"sabueso","groupKey":"{}:{}","groupLabels":{},"commonLabels":{"alertname":"JenkinsJobTraceFailure","severity":"critical"},"commonAnnotations":{"summary":"Builds <fail>"},"externalURL":"","alerts":[{"status":"firing","labels":{"alertname":"JenkinsJobTraceFailure"},"annotations":{},"startsAt":"2026-11-22T14:32:00Z","fingerprint":"a"}]}"#
                    .utf8), headline: headline,
            diagnosis: try diagnosis
                ?? Repository.bytes("Tests/Fixtures/Golden/Reporting/spot-eviction.diagnosis.json"))
    }

    static let story = IncidentPage.Story(
        messages: [
            StoredMessage(
                id: 1,
                message: OutgoingMessage(
                    incident: id, receiver: "on-call", kind: "diagnosis", deduplicationKey: "k", payload: [],
                    createdAt: now - .seconds(900)),
                state: .sent,
                attempts: [
                    DeliveryAttempt(
                        at: now - .seconds(899), outcome: .retry(at: now - .seconds(890)), detail: "429 rate_limited"),
                    DeliveryAttempt(at: now - .seconds(890), outcome: .delivered(receipt: "C1/1.2"), detail: "ok"),
                ])
        ],
        remarks: [
            Remark(incident: id, at: now - .seconds(800), author: "on-call", kind: .acknowledged, text: ""),
            Remark(incident: id, at: now - .seconds(700), author: "on-call", kind: .note, text: "the pool is <full>"),
        ],
        votes: [
            Vote(
                incident: id, author: "on-call", at: now - .seconds(300), cause: "spot-eviction", confidence: 0.94,
                isRight: false, actualCause: "node-lost")
        ])

    static func outline(_ number: Int64, _ headline: String = "a node was lost") -> IncidentOutline {
        IncidentOutline(
            id: IncidentID(number: number), alertName: "HighTraceErrorRate", playbook: "services",
            state: number % 2 == 0 ? .open : .resolved, startsAt: now - .seconds(600),
            resolvedAt: number % 2 == 0 ? nil : now, headline: headline)
    }
}

@Suite struct PageTests {
    @Test func `an incident's page, word for word`() throws {
        let page = IncidentPage(
            try ExampleIncident.incident(), story: ExampleIncident.story,
            pictures: [.init(svg: "<svg viewBox=\"0 0 1 1\"></svg>", caption: "Error rate")], now: ExampleIncident.now)
        try Golden.check(page.html.withoutStyle, "Pages/incident.html")
    }

    @Test func `the list, word for word`() throws {
        let listing = IncidentListing(
            incidents: [ExampleIncident.outline(8), ExampleIncident.outline(7, "")], matching: 120, open: 1)
        let page = IncidentListPage(listing, question: "a \"b\" & c", number: 2, now: ExampleIncident.now)
        try Golden.check(page.html.withoutStyle, "Pages/incidents.html")
    }

    @Test func `the votes, word for word`() throws {
        let votes = (1...4).map {
            Vote(
                incident: IncidentID(number: $0), author: "on-call", at: ExampleIncident.now - .seconds($0),
                cause: "disk-full", signature: "full-disk", confidence: 0.9, isRight: $0 == 1,
                actualCause: $0 == 2 ? "node-lost" : nil)
        }
        try Golden.check(FeedbackPage(FeedbackReport(votes: votes)).html.withoutStyle, "Pages/feedback.html")
        #expect(FeedbackPage(FeedbackReport(votes: [])).html.contains("Nobody has voted yet"))
    }

    @Test func `an id that is none is told what there is`() throws {
        let page = MissingIncidentPage(
            asked: "<i>", listing: IncidentListing(incidents: [ExampleIncident.outline(8)], matching: 3, open: 1)
        ).html
        #expect(page.contains("There is no incident “&lt;i&gt;”") && page.contains("href=\"i-8\""))
        let nothing = IncidentListing(incidents: [], matching: 0, open: 0)
        #expect(MissingIncidentPage(asked: "i-9", listing: nothing).html.contains("There are none at the moment"))
        #expect(
            IncidentListPage(nothing, question: "", number: 1, now: ExampleIncident.now).html
                .contains("No incident yet"))
    }

    @Test(arguments: [
        "", "{", "[]", #"{"hypotheses":3,"timeline":[{"at":1}],"gaps":[{"source":"logs","reason":"off"}]}"#,
    ])
    func `a diagnosis that is missing or cannot be read leaves the rest of the page`(diagnosis: String) throws {
        let incident = try ExampleIncident.incident(diagnosis: Array(diagnosis.utf8), headline: "")
        let page = IncidentPage(incident, story: ExampleIncident.story, now: ExampleIncident.now).html
        #expect(page.contains("JenkinsJobTraceFailure: nothing was found</h1>"))
        #expect(page.contains("429 rate_limited") && page.contains("the pool is &lt;full&gt;"))
        if diagnosis.contains("gaps") { #expect(page.contains("<strong>logs</strong> off")) }
    }

    @Test func `a corrected confidence says what the evidence alone says`() throws {
        let json = """
            {"hypotheses":[{"cause":"spot-eviction","subject":{"kind":"node","name":"n"},"confidence":0.94,
            "correctedConfidence":0.61,"correctingVotes":12,"statement":"s","evidence":[],"recommendations":[]}]}
            """
        let page = IncidentPage(
            try ExampleIncident.incident(diagnosis: Array(json.utf8)), story: .init(), now: ExampleIncident.now
        ).html
        #expect(page.contains("Spot eviction · possible, 61 %"))
        #expect(page.contains("The evidence alone says 94 %; <a href=\"../feedback\">12 votes</a>"))
    }
}

extension String {
    /// The stylesheet is not what a golden page is about.
    var withoutStyle: String {
        guard let start = firstRange(of: "<style>"), let end = firstRange(of: "</style>") else { return self }
        return String(self[..<start.upperBound] + self[end.lowerBound...])
    }
}
