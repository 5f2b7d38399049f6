import Alerts
import Journal
import Languages
import Reporting
import Telemetry
import TestSupport
import Testing

@testable import Responder

@Suite struct SpanishConversationTests {
    private static let start: Int64 = 1_795_361_381
    private let spanish = ListeningSpanish()

    @Test func `a receiver hears of an incident in its language, from the beginning to the end`() async throws {
        let fixture = try Fixture(
            evidence: FailingEvidence(), platform: .slackBot, pictures: PictureRenderer(language: spanish.language),
            offers: Set(Summary.Offer.allCases), language: spanish.language)
        let opened = try await fixture.play(Bodies.group([("a", true, Self.start)]))
        try await fixture.play(Bodies.group([("a", true, Self.start), ("b", true, Self.start + 60)]))
        try await fixture.play(Bodies.group([("a", false, Self.start), ("b", false, Self.start + 60)]))
        try await fixture.sendAll()
        let texts = fixture.chat.payloads
        #expect(texts[0].contains("buscando la causa"))
        #expect(texts[1].contains("trazas"))
        #expect(texts.contains { $0.contains("1 alerta más, misma causa") })
        // What it was is kept in the journal until then, for readers of any language.
        let end = try #require(texts.last { $0.contains("✅ Resuelto tras") })
        #expect(end.contains("fallaron") && !end.contains("failed"))
        let incident = try #require(try await fixture.journal.incident(IncidentID(number: opened.id)))
        #expect(incident.headline.contains("failed"), "pages and logs stay English")
        #expect(incident.story?.text?.english == incident.headline)
        #expect(spanish.missing.isEmpty)
    }

    @Test func `what cannot be investigated is told in the receiver's language`() throws {
        let group = try AlertGroup(webhookBody: Bodies.group([("a", true, Self.start)]))
        for attempts in [1, 3] {
            let summary = PlainNotice(attempts: attempts).summary(of: group, incident: "i-1", in: spanish.language)
            #expect(summary.headline.hasSuffix("; no se pudo investigar"))
            #expect(summary.missing.first?.contains("no se revisó nada") == true)
            _ = SlackRenderer().body(summary)
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `who took care of it is told in the receiver's language`() throws {
        let at = Timestamp(seconds: Self.start)
        let id = IncidentID(number: 1)
        for kind in [Remark.Kind.silenced, .silenceEnded] {
            let remarks = [Remark.Kind.acknowledged, kind].map {
                Remark(incident: id, at: at, author: "on-call-1", kind: $0, text: "")
            }
            let message = SlackRenderer().body(Summary(headline: "h", context: "c"))
            let line = PeopleLine(remarks, zone: .utc, language: spanish.language)
            let text = String(decoding: try #require(line.added(to: message)), as: UTF8.self)
            #expect(text.contains("A cargo de on-call-1 desde las ") && text.contains("por on-call-1 a las "))
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `a diagnosis from before there were languages is told as it was kept`() throws {
        let incident = Incident(
            id: IncidentID(number: 1), groupKey: "k", receiver: "r", alertName: "A", playbook: "default", state: .open,
            startsAt: Timestamp(seconds: Self.start), openedAt: Timestamp(seconds: Self.start),
            updatedAt: Timestamp(seconds: Self.start), alertBody: [], headline: "3 traces failed",
            diagnosis: try Repository.bytes("Tests/Fixtures/Golden/Scenarios/spot-eviction/diagnosis.json"))
        #expect(incident.story?.text == Phrase(verbatim: "3 traces failed"))
    }
}
