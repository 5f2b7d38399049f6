package import Telemetry

extension DatabaseJournal {
    package func held(of incident: IncidentID) async throws(JournalError) -> [HeldIncident] {
        try await store.read("read who hears of incident \(incident) in a digest") { db in
            try HeldTable.held(of: incident, in: db)
        }
    }

    package func heldForDigests(dueAt now: Timestamp) async throws(JournalError) -> [HeldIncident] {
        try await store.read("read what the next digests tell") { db in
            try HeldTable.due(in: db, now: now)
        }
    }

    package func enqueue(
        digest: OutgoingMessage, of held: [HeldIncident]
    ) async throws(JournalError) -> Bool {
        try await store.write("put a digest into the outbox") { db in
            guard try held.allSatisfy({ try HeldTable.isStillDue($0, in: db) }) else { return false }
            try OutboxTable.add(digest, in: db)
            try HeldTable.settle(held, at: digest.createdAt, in: db)
            return true
        }
    }
}
