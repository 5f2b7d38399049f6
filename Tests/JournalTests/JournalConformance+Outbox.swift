import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let outboxCases: [JournalConformance] = [
        JournalConformance("a message with the same key is sent once") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [Samples.message("k", payload: "first")])
            try await journal.save(
                Samples.incident(), messages: [Samples.message("k", payload: "second"), Samples.message("l")])
            try await journal.enqueue([Samples.message("k", incident: nil), Samples.message("m", incident: nil)])
            #expect(try await journal.counts().pendingMessages == 3)
            #expect(try await journal.claimedMessage(0)?.message.payload == Array("first".utf8))
            await journal.close()
        },
        JournalConformance("a channel reads in order: retries hold later messages back, other channels go on") { open in
            let journal = try await open()
            try await journal.save(
                Samples.incident(),
                messages: [
                    Samples.message("1", receiver: "slack"), Samples.message("2", receiver: "slack"),
                    Samples.message("3", receiver: "teams"),
                ])
            let first = try required(try await journal.claimedMessage(0), "the first of slack")
            #expect(first.message.deduplicationKey == "1")
            #expect(try await journal.claimedMessage(1)?.message.deduplicationKey == "3")
            #expect(try await journal.claimedMessage(2) == nil)
            try await journal.recordAttempt(
                first.id, DeliveryAttempt(at: .after(3), outcome: .retry(at: .after(10)), detail: "429"))
            #expect(try await journal.claimedMessage(9) == nil)
            #expect(try await journal.nextDue() == .after(10))
            let again = try required(try await journal.claimedMessage(10), "the first of slack again")
            #expect(again.id == first.id)
            #expect(again.attempts.map(\.detail) == ["429"])
            try await journal.recordAttempt(
                first.id, DeliveryAttempt(at: .after(11), outcome: .delivered(receipt: "ok"), detail: "200"))
            #expect(try await journal.claimedMessage(12)?.message.deduplicationKey == "2")
            await journal.close()
        },
        JournalConformance("a lease on a message ends") { open in
            let journal = try await open()
            try await journal.enqueue([Samples.message("k", incident: nil)])
            let first = try await journal.claimedMessage(0)
            #expect(try await journal.claimedMessage(59) == nil)
            #expect(try await journal.claimedMessage(60)?.id == first?.id)
            await journal.close()
        },
        JournalConformance("attempts and receipts are kept in order") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [Samples.message("k")])
            let id = try required(try await journal.claimedMessage(0), "a message").id
            let attempts = [
                DeliveryAttempt(at: .after(1), outcome: .retry(at: .after(2)), detail: "connection refused"),
                DeliveryAttempt(at: .after(2), outcome: .retry(at: .after(9)), detail: "500 rollup_error"),
                DeliveryAttempt(at: .after(9), outcome: .delivered(receipt: "1795000009.000100"), detail: "200"),
            ]
            for attempt in attempts { try await journal.recordAttempt(id, attempt) }
            let stored = try await journal.messages(of: IncidentID(number: 1))
            #expect(
                stored == [StoredMessage(id: id, message: Samples.message("k"), state: .sent, attempts: attempts)])
            await journal.close()
        },
        JournalConformance("a parked message is visible and does not hold its channel back") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [Samples.message("1"), Samples.message("2")])
            let id = try required(try await journal.claimedMessage(0), "a message").id
            try await journal.recordAttempt(id, DeliveryAttempt(at: .after(1), outcome: .parked, detail: "no_service"))
            #expect(
                try await journal.counts()
                    == JournalCounts(openIncidents: 1, pendingMessages: 1, parkedMessages: 1))
            #expect(
                try await journal.claimedMessage(2)?.message.deduplicationKey == "2")
            #expect(try await journal.messages(of: IncidentID(number: 1)).map(\.state) == [.parked, .pending])
            await journal.close()
        },
        JournalConformance("what was delivered stays delivered when a worker is late") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [Samples.message("k")])
            let id = try required(try await journal.claimMessage(now: .after(0), lease: .seconds(1)), "a message").id
            for outcome: DeliveryAttempt.Outcome in [
                .parked, .delivered(receipt: "ok"), .parked, .retry(at: .after(5)),
            ] {
                try await journal.recordAttempt(id, DeliveryAttempt(at: .after(2), outcome: outcome, detail: ""))
            }
            let stored = try await journal.messages(of: IncidentID(number: 1))
            #expect(stored.map(\.state) == [.sent])
            #expect(stored.first?.attempts.count == 4)
            #expect(try await journal.claimedMessage(99) == nil)
            await journal.close()
        },
        JournalConformance("an attempt for a message that is not there is an error") { open in
            let journal = try await open()
            await #expect(throws: JournalError.self) {
                try await journal.recordAttempt(9, DeliveryAttempt(at: .after(0), outcome: .parked, detail: ""))
            }
            await journal.close()
        },
    ]
}
