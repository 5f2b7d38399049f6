import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let stateCases: [JournalConformance] = [
        JournalConformance("the next due time is the earliest of inbox and outbox, the held back not counted") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification(group: "a", after: 1)).id
            _ = try await journal.accept(Samples.notification(group: "a", startsAt: 1, after: 2))
            #expect(try await journal.nextDue() == .after(1))
            _ = try await journal.claimNotification(now: .after(3), lease: .seconds(60))
            #expect(try await journal.nextDue() == .after(63))
            try await journal.enqueue([Samples.message("k", incident: nil, after: 40)])
            #expect(try await journal.nextDue() == .after(40))
            _ = try await journal.claimMessage(now: .after(45), lease: .seconds(90))
            #expect(try await journal.nextDue() == .after(63))
            try await journal.releaseNotification(id, retryAt: .after(500), reason: "")
            #expect(try await journal.nextDue() == .after(135))
            await journal.close()
        },
        JournalConformance("a clock that steps back does not hold new work back") { open in
            let journal = try await open()
            _ = try await journal.accept(Samples.notification(after: 100))
            try await journal.enqueue([Samples.message("k", incident: nil, after: 100)])
            #expect(try await journal.claimNotification(now: .after(0), lease: .seconds(60)) != nil)
            #expect(try await journal.claimedMessage(0) != nil)
            await journal.close()
        },
        JournalConformance("a cancelled task's work is recorded all the same") { open in
            let journal = try await open()
            try await journal.enqueue([Samples.message("k", incident: nil)])
            let id = try required(try await journal.claimedMessage(0), "a message").id
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    #expect(Task.isCancelled)
                    try await journal.recordAttempt(
                        id, DeliveryAttempt(at: .after(1), outcome: .delivered(receipt: "ok"), detail: ""))
                    _ = try await journal.accept(Samples.notification())
                }
                try await group.waitForAll()
            }
            #expect(try await journal.counts() == JournalCounts(pendingNotifications: 1))
            await journal.close()
        },
        JournalConformance("a restart carries on where it stopped") { open in
            let before = try await open()
            let done = try await before.accept(Samples.notification(group: "done")).id
            let held = try await before.accept(Samples.notification(group: "held")).id
            let waiting = try await before.accept(Samples.notification(group: "waiting")).id
            try await before.save(Samples.incident(done), messages: [Samples.message("k", incident: done)])
            _ = try await before.claimNotification(now: .after(0), lease: .seconds(60))
            try await before.finishNotification(done, incident: IncidentID(number: done))
            #expect(try await before.claimedNotification(0) == held)
            _ = try await before.claimedMessage(0)
            await before.close()

            let after = try await open()
            #expect(try await after.claimedNotification(1) == waiting)
            #expect(try await after.claimNotification(now: .after(1), lease: .seconds(60)) == nil)
            #expect(try await after.claimedNotification(60) == held)
            #expect(try await after.claimedMessage(60)?.message.deduplicationKey == "k")
            #expect(try await after.accept(Samples.notification(group: "done")) == .repeated(id: done))
            await after.close()
        },
        JournalConformance("after closing every call throws, and closing again does no harm") { open in
            let journal = try await open()
            await journal.close()
            await journal.close()
            await #expect(throws: JournalError.self) { try await journal.accept(Samples.notification()) }
            await #expect(throws: JournalError.self) {
                try await journal.claimNotification(now: .after(0), lease: .seconds(1))
            }
            await #expect(throws: JournalError.self) { try await journal.save(Samples.incident(), messages: []) }
            await #expect(throws: JournalError.self) { try await journal.incidents(limit: 1) }
            await #expect(throws: JournalError.self) { try await journal.counts() }
        },
    ]
}
