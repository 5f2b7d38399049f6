import Journal
import Telemetry
import Testing

extension JournalConformance {
    private static func vote(_ author: String, isRight: Bool, after seconds: Int64) -> Vote {
        Vote(
            incident: IncidentID(number: 1), author: author, at: .after(seconds), cause: "spot-eviction",
            confidence: 0.9, isRight: isRight, actualCause: isRight ? nil : "node-lost")
    }

    static let peopleCases = [
        JournalConformance("remarks are kept in their order and go with their incident") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(state: .resolved), messages: [])
            let id = IncidentID(number: 1)
            let remarks = [
                Remark(incident: id, at: .after(1), author: "on-call", kind: .acknowledged, text: ""),
                Remark(incident: id, at: .after(2), author: "on-call", kind: .note, text: "the pool was too small"),
            ]
            for remark in remarks { try await journal.add(remark) }
            #expect(try await journal.remarks(on: id) == remarks)
            _ = try await journal.prune(before: .after(100))
            #expect(try await journal.incident(id) == nil)
            #expect(try await journal.remarks(on: id).isEmpty)
            await journal.close()
        },
        JournalConformance("a person's newest vote counts, and outlives its incident") { open in
            let journal = try await open()
            try await journal.record(vote("one", isRight: true, after: 1))
            try await journal.record(vote("two", isRight: true, after: 2))
            try await journal.record(vote("one", isRight: false, after: 3))
            #expect(
                try await journal.votes() == [
                    vote("two", isRight: true, after: 2), vote("one", isRight: false, after: 3),
                ])
            await journal.close()
        },
    ]
}
