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
        JournalConformance("what a receiver heard of long ago is found until somebody takes it or it is over") { open in
            let journal = try await open()
            for number in Int64(1)...5 {
                let state: Incident.State = number == 4 ? .resolved : .open
                let receiver = number == 5 ? "other" : "team-slack"
                try await journal.save(
                    Samples.incident(number, group: "g\(number)", state: state),
                    messages: [Samples.message("m\(number)", incident: number, receiver: receiver, after: number)])
            }
            func found(since seconds: Int64) async throws -> [Int64] {
                try await journal.untakenIncidents(unheardBy: "team-slack", since: .after(seconds)).map(\.id.number)
            }
            #expect(try await found(since: 0).isEmpty)
            #expect(try await found(since: 2) == [1, 2])
            #expect(try await found(since: 9) == [1, 2, 3])
            let id = IncidentID(number: 1)
            try await journal.add(Remark(incident: id, at: .after(5), author: "on-call", kind: .note, text: "hm"))
            try await journal.enqueue([Samples.message("again", incident: 2, after: 8)])
            #expect(try await found(since: 7) == [1, 3])
            try await journal.add(Remark(incident: id, at: .after(6), author: "on-call", kind: .acknowledged, text: ""))
            #expect(try await found(since: 7) == [3])
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
        JournalConformance("a request is admitted once, by all processes, until a copy would be too old anyway") {
            open in
            let journal = try await open()
            #expect(try await journal.admit("slack v0=a", until: .after(600), now: .after(0)))
            #expect(try await !journal.admit("slack v0=a", until: .after(700), now: .after(599)))
            #expect(try await journal.admit("teams v0=a", until: .after(600), now: .after(0)))
            let other = try await open()
            #expect(try await !other.admit("slack v0=a", until: .after(700), now: .after(599)))
            #expect(try await other.admit("slack v0=a", until: .after(1200), now: .after(600)))
            await other.close()
            await journal.close()
        },
    ]
}
