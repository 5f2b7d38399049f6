import Journal
import Telemetry
import Testing

extension JournalConformance {
    /// Announces an incident to a receiver that hears of two in a minute one by one.
    private static func announce(_ number: Int64, in journal: any Journal, after seconds: Int64) async throws {
        let message = OutgoingMessage(
            incident: IncidentID(number: number), receiver: "team-slack", kind: "diagnosis",
            deduplicationKey: "i-\(number)", payload: [UInt8]("{}".utf8), createdAt: .after(seconds),
            limit: OutgoingMessage.StormLimit(
                incidents: 2, since: .after(seconds - 60), digestAt: .after(seconds + 300)))
        try await journal.save(Samples.incident(number, group: "g\(number)"), messages: [message])
    }

    private static func held(_ number: Int64, dueAt due: Int64?) -> HeldIncident {
        HeldIncident(
            incident: IncidentID(number: number), receiver: "team-slack", reason: .quiet, heldAt: .after(0),
            dueAt: due.map(Timestamp.after))
    }

    static let digestCases = [
        JournalConformance("above its limit an incident is held, and below it again not") { open in
            let journal = try await open()
            for number in 1...4 { try await announce(Int64(number), in: journal, after: Int64(number)) }
            try await announce(5, in: journal, after: 62)
            for (number, messages) in [(1, 1), (2, 1), (3, 0), (4, 0), (5, 1)] {
                let id = IncidentID(number: Int64(number))
                #expect(try await journal.messages(of: id).count == messages, "incident \(number)")
                #expect(try await journal.held(of: id).map(\.reason) == (messages == 0 ? [.storm] : []))
            }
            await journal.close()
        },
        JournalConformance("a digest takes all that waits, and settles it") { open in
            let journal = try await open()
            for number in 1...4 { try await announce(Int64(number), in: journal, after: Int64(number)) }
            #expect(try await journal.heldForDigests(dueAt: .after(302)).isEmpty)
            let due = try await journal.heldForDigests(dueAt: .after(303))
            #expect(due.map(\.incident.number) == [3, 4])
            _ = try await journal.enqueue(digest: Samples.message("digest", incident: nil, kind: "digest"), of: due)
            #expect(try await journal.heldForDigests(dueAt: .after(9999)).isEmpty)
            #expect(try await journal.counts().pendingMessages == 3)
            let told = try await journal.held(of: IncidentID(number: 3))
            #expect(told.map(\.dueAt) == [nil] && told.map(\.toldAt) == [Samples.message("digest").createdAt])
            await journal.close()
        },
        JournalConformance("what another process has told of is not told of again") { open in
            let journal = try await open()
            for number in 1...4 { try await announce(Int64(number), in: journal, after: Int64(number)) }
            let due = try await journal.heldForDigests(dueAt: .after(303))
            let other = try await open()
            #expect(try await other.enqueue(digest: Samples.message("digest-1", incident: nil), of: due))
            #expect(try await !journal.enqueue(digest: Samples.message("digest-2", incident: nil), of: due))
            #expect(try await journal.counts().pendingMessages == 3)
            await other.close()
            await journal.close()
        },
        JournalConformance("a reminder of what was heard of meanwhile is not sent") { open in
            let journal = try await open()
            let first = Samples.message("first", after: 10)
            try await journal.save(Samples.incident(), messages: [first])
            let id = IncidentID(number: 1)
            func remind(_ key: String, since seconds: Int64) async throws -> Bool {
                let reminder = Samples.message(key, kind: "reminder", after: seconds + 100)
                return try await journal.enqueue(reminders: [reminder], of: id, ifUnheardSince: .after(seconds))
            }
            #expect(try await !remind("early", since: 9))
            #expect(try await remind("due", since: 10))
            #expect(try await !remind("copy", since: 10))
            #expect(try await journal.messages(of: id).map(\.message.deduplicationKey) == ["first", "due"])
            await journal.close()
        },
        JournalConformance("what is held is told of again when it has changed, and not sooner than planned") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [], held: [held(1, dueAt: 100)])
            try await journal.save(Samples.incident(), messages: [], held: [held(1, dueAt: 500)])
            let due = try await journal.heldForDigests(dueAt: .after(100))
            #expect(due == [held(1, dueAt: 100)])
            _ = try await journal.enqueue(digest: Samples.message("digest", incident: nil, kind: "digest"), of: due)
            try await journal.save(Samples.incident(state: .resolved), messages: [], held: [held(1, dueAt: 600)])
            let again = try await journal.heldForDigests(dueAt: .after(600))
            #expect(again.map(\.dueAt) == [.after(600)] && again.map { $0.toldAt != nil } == [true])
            await journal.close()
        },
        JournalConformance("a message of its own ends that a receiver hears of an incident in digests") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [], held: [held(1, dueAt: 100)])
            func message(_ step: OutgoingMessage.Step) -> OutgoingMessage {
                OutgoingMessage(
                    incident: IncidentID(number: 1), receiver: "team-slack", kind: "diagnosis",
                    deduplicationKey: "\(step)", payload: [], createdAt: .after(1), step: step)
            }
            try await journal.save(Samples.incident(), messages: [message(.reply)])
            #expect(try await journal.held(of: IncidentID(number: 1)).count == 1)
            try await journal.save(Samples.incident(), messages: [message(.post)])
            #expect(try await journal.held(of: IncidentID(number: 1)).isEmpty)
            await journal.close()
        },
        JournalConformance("only what announces an incident counts against the limit") { open in
            let journal = try await open()
            for number in 1...2 { try await announce(Int64(number), in: journal, after: Int64(number)) }
            // Their ends, a minute later, announce nothing.
            let ends = (1...2).map { number in
                OutgoingMessage(
                    incident: IncidentID(number: Int64(number)), receiver: "team-slack", kind: "resolved",
                    deduplicationKey: "end-\(number)", payload: [], createdAt: .after(70))
            }
            try await journal.enqueue(ends)
            try await announce(3, in: journal, after: 71)
            #expect(try await journal.messages(of: IncidentID(number: 3)).count == 1)
            await journal.close()
        },
        JournalConformance("what waits for the end of a quiet time waits until then") { open in
            let journal = try await open()
            for (number, due) in [(1, 100), (2, 700)] {
                let incident = Samples.incident(Int64(number), group: "g\(number)")
                try await journal.save(incident, messages: [], held: [held(Int64(number), dueAt: Int64(due))])
            }
            #expect(try await journal.heldForDigests(dueAt: .after(105)).map(\.incident.number) == [1])
            #expect(try await journal.heldForDigests(dueAt: .after(700)).map(\.incident.number) == [1, 2])
            await journal.close()
        },
        JournalConformance("only incidents that have not ended are open") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(1, group: "a"), messages: [])
            try await journal.save(Samples.incident(2, group: "b", state: .resolved), messages: [])
            #expect(try await journal.openIncidents().map(\.id.number) == [1])
            await journal.close()
        },
    ]
}
