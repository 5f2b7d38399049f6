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
            diagnosis: try diagnosis ?? drawn)
    }

    /// A diagnosis with what pictures are made of.
    static var drawn: [UInt8] {
        get throws {
            let text = try Repository.text("Tests/Fixtures/Golden/Reporting/spot-eviction.diagnosis.json")
            return Array(
                text.replacing(#""course": null"#, with: #""course": \#(course)"#)
                    .replacing(#""exemplarTrace": null"#, with: #""exemplarTrace": \#(trace)"#).utf8)
        }
    }

    private static let course = """
        {"kind":"builds","measure":"failures","start":"2026-11-22T14:00:00Z","stepSeconds":300,
        "onset":"2026-11-22T14:15:10Z","isSample":false,"usual":{"total":4,"failedShare":0},
        "marks":[{"at":"2026-11-22T14:14:58Z","cause":"spot-eviction"}],"parts":[{"total":4,"failed":0},
        {"total":5,"failed":0},{"total":3,"failed":0},{"total":4,"failed":3},{"total":2,"failed":1}]}
        """
    private static let trace = """
        {"traceId":"0af7651916cd43dd8448eb211c80319c","start":"2026-11-22T14:15:10Z","durationSeconds":61,"spans":40,
        "rows":[{"name":"BUILD payments/main","service":"jenkins","level":0,"startSeconds":0,"durationSeconds":61,
        "failed":true,"focus":false},{"name":"sh 'make <all>'","service":"jenkins","level":1,"startSeconds":4,
        "durationSeconds":57,"failed":true,"focus":true,"reason":"hudson.AbortException: the agent is gone"}]}
        """

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
            try ExampleIncident.incident(), story: ExampleIncident.story, now: ExampleIncident.now)
        try Golden.check(page.html.withoutStyle, "Pages/incident.html")
    }

    @Test(arguments: [("2026-11-22T15:11:07Z", "15:11:07"), ("2026-11-22T15:16:00Z", "15:15:00")])
    func `it began when the message says, and never after the first alert`(onset: String, told: String) throws {
        let diagnosis = Array(#"{"window":{"start":"","end":"","onset":"\#(onset)"},"hypotheses":[]}"#.utf8)
        let page = IncidentPage(
            try ExampleIncident.incident(diagnosis: diagnosis), story: .init(), now: ExampleIncident.now)
        #expect(page.html.contains(">2026-11-22 \(told)</time> UTC, "))
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

    @Test func `what can be drawn is drawn for telephones and for wider screens`() throws {
        let page = IncidentPage(try ExampleIncident.incident(), story: .init(), now: ExampleIncident.now).html
        // The course and the trace.
        #expect(page.ranges(of: "<div class=\"narrow\">\n<svg").count == 2)
        #expect(page.ranges(of: "<div class=\"wide\">\n<svg").count == 2)
        #expect(page.contains("Builds per 5 min</title>") && page.contains("AbortException: the agent is gone"))
        // Its colours are the page's: an element of its own would need an exception from the policy.
        #expect(page.ranges(of: "<style>").count == 1 && !page.contains("style=\""))
        #expect(PageStyle.text.contains(".picture .fill-failed{") && PageStyle.text.contains("--picture-failed:"))
    }

    @Test func `where nothing can be drawn no place is kept for it`() throws {
        let text = try Repository.text("Tests/Fixtures/Golden/Reporting/spot-eviction.diagnosis.json")
        let incident = try ExampleIncident.incident(diagnosis: Array(text.utf8))
        let page = IncidentPage(incident, story: .init(), now: ExampleIncident.now).html
        #expect(!page.contains("Pictures") && !page.contains("<figure"))
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
