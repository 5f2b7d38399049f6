package import Telemetry

extension DatabaseJournal {
    package func claimMessage(now: Timestamp, lease: Duration) async throws(JournalError) -> StoredMessage? {
        let worker = store.worker
        return try await messagesInHand.claim("claim a message", from: store, id: { $0.id }) { db in
            try OutboxTable.claim(in: db, by: worker, now: now, until: now + lease)
        }
    }

    package func recordAttempt(_ id: Int64, _ attempt: DeliveryAttempt) async throws(JournalError) {
        let worker = store.worker
        try await store.write("record an attempt to send message \(id)") { db in
            guard try db.exists("SELECT 1 FROM message WHERE id = \(id)") else {
                throw JournalError.corrupt(
                    "cannot record an attempt to send message \(id): it is not there any more; was the journal replaced?"
                )
            }
            try AttemptTable.record(attempt, of: id, by: worker, in: db)
        }
        messagesInHand.drop(id)
    }

    package func conversation(of incident: IncidentID, receiver: String) async throws(JournalError) -> String? {
        try await store.read("read how the conversation on incident \(incident) began") { db in
            try OutboxTable.conversation(of: incident, receiver: receiver, in: db)
        }
    }

    package func incident(inConversation receipt: String) async throws(JournalError) -> IncidentID? {
        try await store.read("find the incident of a conversation") { db in
            try OutboxTable.incident(inConversation: receipt, in: db)
        }
    }

    package func editFirstMessage(
        of incident: IncidentID, receiver: String, kind: String, at now: Timestamp,
        _ change: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) async throws(JournalError) -> Bool {
        try await store.write("edit the first message on incident \(incident)") { db in
            let messages = try OutboxTable.messages(of: incident, in: db)
            let said = messages.last { stored in
                stored.message.receiver == receiver && [.post, .edit].contains(stored.message.step)
            }
            guard let said, let payload = change(said.message.payload) else { return false }
            let edit = OutgoingMessage(
                incident: incident, receiver: receiver, kind: kind,
                deduplicationKey: "\(incident)/\(kind)/\(receiver)/after-\(messages.count)", payload: payload,
                createdAt: now, step: .edit)
            try OutboxTable.add(edit, in: db)
            return true
        }
    }

    package func receivers(toldOf incident: IncidentID) async throws(JournalError) -> Set<String> {
        try await store.read("read who was told of incident \(incident)") { db in
            Set(
                try db.rows("SELECT DISTINCT receiver FROM message WHERE incident = \(incident)").map {
                    try $0.text("receiver")
                })
        }
    }

    package func reply(
        _ payload: [UInt8], below incident: IncidentID, receiver: String, kind: String, at now: Timestamp,
        except: String?
    ) async throws(JournalError) -> Bool {
        try await store.write("answer in the conversation on incident \(incident)") { db in
            guard let conversation = try OutboxTable.conversation(of: incident, receiver: receiver, in: db),
                conversation != except
            else { return false }
            let number = try OutboxTable.messages(of: incident, in: db).count
            let reply = OutgoingMessage(
                incident: incident, receiver: receiver, kind: kind,
                deduplicationKey: "\(incident)/\(kind)/\(receiver)/reply-after-\(number)", payload: payload,
                createdAt: now, step: .reply)
            try OutboxTable.add(reply, in: db)
            return true
        }
    }

    package func messages(of incident: IncidentID) async throws(JournalError) -> [StoredMessage] {
        try await store.read("read the messages of incident \(incident)") { db in
            try OutboxTable.messages(of: incident, in: db)
        }
    }

    package func enqueue(_ messages: [OutgoingMessage]) async throws(JournalError) {
        try await store.write("put messages into the outbox") { db in
            for message in messages { try OutboxTable.add(message, in: db) }
        }
    }

    package func enqueue(
        reminders: [OutgoingMessage], of incident: IncidentID, ifUnheardSince time: Timestamp
    ) async throws(JournalError) -> Bool {
        try await store.write("put reminders into the outbox") { db in
            let unheard = try reminders.filter { reminder in
                try db.exists(
                    "SELECT 1 WHERE \(OutboxTable.wasLastHeard(of: "\(incident)", by: reminder.receiver, until: time))")
            }
            guard unheard.count == reminders.count else { return false }
            for reminder in reminders { try OutboxTable.add(reminder, in: db) }
            return true
        }
    }
}
