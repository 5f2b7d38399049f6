package import Telemetry

extension DatabaseJournal {
    package func admit(_ request: String, until end: Timestamp, now: Timestamp) async throws(JournalError) -> Bool {
        try await store.write("remember a request") { db in
            try db.change("DELETE FROM admitted WHERE until <= \(now)")
            return try db.change(
                "INSERT INTO admitted (request, until) VALUES (\(request), \(end)) ON CONFLICT (request) DO NOTHING")
                == 1
        }
    }
}
