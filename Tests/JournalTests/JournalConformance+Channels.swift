import Journal
import Telemetry
import Testing

/// What holds a channel back, and what may pass.
extension JournalConformance {
    /// Claims at a number of seconds after the start and records a failure whose retry is 10 s later; the message's key.
    private static func fail(_ journal: any Journal, _ second: Int64) async throws -> String? {
        guard let message = try await journal.claimedMessage(second) else { return nil }
        try await journal.recordAttempt(
            message.id,
            DeliveryAttempt(at: .after(second), outcome: .retry(at: .after(second + 10)), detail: "500"))
        return message.message.deduplicationKey
    }

    private static func prepared(
        _ open: Opener, _ messages: [(key: String, incident: Int64?)]
    ) async throws -> any Journal {
        let journal = try await open()
        for number in Set(messages.compactMap(\.incident)).sorted() {
            try await journal.save(Samples.incident(number, group: "\(number)"), messages: [])
        }
        try await journal.enqueue(messages.map { Samples.message($0.key, incident: $0.incident) })
        return journal
    }

    static let channelCases: [JournalConformance] = [
        JournalConformance("the first failures of a message hold its channel back, later ones let others pass") {
            open in
            let journal = try await prepared(open, [("a1", 1), ("a2", 1), ("b1", 2), ("replay", nil)])
            for failure in 1..<Int64(OutgoingMessage.failuresThatHoldItsReceiver) {
                #expect(try await fail(journal, failure * 10) == "a1")
                #expect(try await journal.claimedMessage(failure * 10 + 9) == nil)
                #expect(try await journal.nextDue() == .after(failure * 10 + 10))
            }
            let last = Int64(OutgoingMessage.failuresThatHoldItsReceiver) * 10
            #expect(try await fail(journal, last) == "a1")
            let passing = try required(try await journal.claimedMessage(last), "a message of another incident")
            #expect(passing.message.deduplicationKey == "b1")
            #expect(try await journal.claimedMessage(last) == nil, "one at a time")
            try await journal.recordAttempt(
                passing.id, DeliveryAttempt(at: .after(last), outcome: .delivered(receipt: ""), detail: ""))
            let replay = try required(try await journal.claimedMessage(last + 1), "a message without incident")
            #expect(replay.message.deduplicationKey == "replay")
            try await journal.recordAttempt(
                replay.id, DeliveryAttempt(at: .after(last + 1), outcome: .delivered(receipt: ""), detail: ""))
            #expect(try await journal.claimedMessage(last + 9) == nil, "its own incident waits behind it")
            #expect(try await journal.nextDue() == .after(last + 10))
            #expect(try await journal.claimedMessage(last + 10)?.message.deduplicationKey == "a1")
            await journal.close()
        },
        JournalConformance("a message that is being sent holds its channel, however often it failed") { open in
            let journal = try await prepared(open, [("a1", 1), ("b1", 2)])
            for failure in 1...6 as ClosedRange<Int64> {
                #expect(try await fail(journal, failure * 10) == "a1")
            }
            let again = try required(try await journal.claimedMessage(70), "the message that failed")
            #expect(again.message.deduplicationKey == "a1")
            #expect(again.attempts.count == 6)
            #expect(try await journal.claimedMessage(129) == nil)
            #expect(try await journal.nextDue() == .after(130))
            #expect(
                try await journal.claimedMessage(130)?.id == again.id, "the lease has ended, the oldest comes first")
            try await journal.recordAttempt(
                again.id, DeliveryAttempt(at: .after(131), outcome: .delivered(receipt: ""), detail: ""))
            #expect(try await journal.claimedMessage(132)?.message.deduplicationKey == "b1")
            await journal.close()
        },
        JournalConformance("the wait of a message that passed holds those before it as well") { open in
            let journal = try await prepared(open, [("a1", 1), ("b1", 2)])
            for failure in 1...5 as ClosedRange<Int64> {
                #expect(try await fail(journal, failure * 10) == "a1")
            }
            #expect(try await fail(journal, 55) == "b1")
            #expect(try await journal.claimedMessage(60) == nil, "a1 is due, but the channel asked to wait")
            #expect(try await journal.nextDue() == .after(65))
            #expect(try await fail(journal, 65) == "a1")
            #expect(try await fail(journal, 65) == "b1", "a1 holds nobody any more")
            await journal.close()
        },
        JournalConformance("messages without incident stay in order among themselves") { open in
            let journal = try await prepared(open, [("r1", nil), ("r2", nil), ("a1", 1)])
            for failure in 1...5 as ClosedRange<Int64> {
                #expect(try await fail(journal, failure * 10) == "r1")
            }
            let passing = try required(try await journal.claimedMessage(51), "another incident's message")
            #expect(passing.message.deduplicationKey == "a1")
            try await journal.recordAttempt(
                passing.id, DeliveryAttempt(at: .after(52), outcome: .parked, detail: "404"))
            #expect(try await journal.claimedMessage(53) == nil)
            let first = try required(try await journal.claimedMessage(60), "the first")
            #expect(first.message.deduplicationKey == "r1")
            try await journal.recordAttempt(
                first.id, DeliveryAttempt(at: .after(60), outcome: .parked, detail: "given up"))
            #expect(try await journal.claimedMessage(61)?.message.deduplicationKey == "r2")
            await journal.close()
        },
    ]
}
