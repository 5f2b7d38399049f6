import FoundationEssentials
import Journal
import Reporting
import Responder
import Telemetry
import Testing

@Suite struct CauseRecordsTests {
    @Test func `votes count as soon as they were read again, and a failing journal leaves what was known`() async throws
    {
        let fixture = try Fixture()
        #expect(fixture.records.current["spot-eviction"] == nil)
        for number in 1...6 {
            try await fixture.journal.record(
                Vote(
                    incident: IncidentID(number: Int64(number)), author: "on-call", at: Timestamp(seconds: 1),
                    cause: "spot-eviction", confidence: 0.9, isRight: false))
        }
        #expect(fixture.records.current["spot-eviction"] == nil)
        await fixture.records.refresh()
        #expect(fixture.records.current["spot-eviction"]?.incidents == 6)
        #expect(fixture.records.current.correction(of: 0.9, for: "spot-eviction").votes == 6)
        await fixture.journal.close()
        await fixture.records.refresh()
        #expect(fixture.records.current["spot-eviction"]?.incidents == 6)
    }

    @Test func `what is stored of an incident has the corrected confidence beside the engine's`() async throws {
        let fixture = try Fixture()
        try await fixture.play(Bodies.group([("a", true, 1_795_361_000)], key: "before"))
        let cause = try await Self.first(in: fixture).cause
        for number in 1_001...1_010 {
            try await fixture.journal.record(
                Vote(
                    incident: IncidentID(number: Int64(number)), author: "on-call", at: Timestamp(seconds: 1),
                    cause: cause, confidence: 0.9, isRight: false))
        }
        await fixture.records.refresh()
        try await fixture.play(Bodies.group([("a", true, 1_795_361_000)], key: "after"))
        let corrected = try await Self.first(in: fixture)
        #expect(corrected.cause == cause && corrected.correctingVotes == 10)
        #expect(corrected.correctedConfidence < corrected.confidence)
    }

    @Test func `messages link to the page of their incident, where pages can be reached`() async throws {
        for ownPages in ["https://sabueso.example.com", nil] {
            let fixture = try Fixture(ownPages: ownPages)
            try await fixture.play(Bodies.group([("a", true, 1_795_361_000)]))
            let incident = try #require(try await fixture.journal.incidents(limit: 1).first)
            let sent = try #require(try await fixture.journal.messages(of: incident.id).first?.message.payload)
            let links = String(decoding: sent, as: UTF8.self)
                .contains("https://sabueso.example.com/incidents/\(incident.id)")
            #expect(links == (ownPages != nil))
        }
    }

    private struct Stored: Decodable {
        struct Hypothesis: Decodable {
            let cause: String
            let confidence: Double
            let correctedConfidence: Double
            let correctingVotes: Int
        }
        let hypotheses: [Hypothesis]
    }

    /// The first hypothesis of the newest incident.
    private static func first(in fixture: Fixture) async throws -> Stored.Hypothesis {
        let incident = try #require(try await fixture.journal.incidents(limit: 1).first)
        return try #require(
            try JSONDecoder().decode(Stored.self, from: Data(incident.diagnosis)).hypotheses.first)
    }
}
