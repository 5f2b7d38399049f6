import Alerts
import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let retentionCases: [JournalConformance] = [
        JournalConformance("identifiers are not used again after pruning") { open in
            let journal = try await open()
            let first = try await journal.accept(Samples.notification()).id
            try await journal.finishNotification(first, incident: nil)
            #expect(try await journal.prune(before: .after(1)) == PruneResult(notifications: 1, messages: 0))
            let second = try await journal.accept(Samples.notification(startsAt: 1))
            #expect(second == .stored(id: second.id))
            #expect(second.id > first)
            await journal.close()
        },
        JournalConformance("pruning keeps what waits, is parked, is still repeated or is open") { open in
            let journal = try await open()
            var ids: [String: Int64] = [:]
            for name in ["old", "parked", "waiting", "repeated", "open"] {
                ids[name] = try await journal.accept(Samples.notification(group: name)).id
            }
            func id(_ name: String) throws -> Int64 { try required(ids[name], "the notification of \(name)") }
            _ = try await journal.accept(Samples.notification(group: "repeated", after: 5_000))
            try await journal.save(
                Samples.incident(try id("open"), group: "open"),
                messages: [Samples.message("open", incident: try id("open"), receiver: "1")])
            try await journal.save(
                Samples.incident(try id("old"), group: "old", state: .resolved),
                messages: [
                    Samples.message("sent", incident: try id("old"), receiver: "2"),
                    Samples.message("parked", incident: try id("old"), receiver: "3"),
                    Samples.message("waiting", incident: try id("old"), receiver: "4"),
                    Samples.message("sent later", incident: try id("old"), receiver: "5"),
                ])
            try await journal.finishNotification(try id("old"), incident: IncidentID(number: try id("old")))
            try await journal.finishNotification(try id("open"), incident: IncidentID(number: try id("open")))
            try await journal.finishNotification(try id("repeated"), incident: nil)
            try await journal.parkNotification(try id("parked"), reason: "")
            while let message = try await journal.claimedMessage(0) {
                let key = message.message.deduplicationKey
                if key == "waiting" { continue }
                try await journal.recordAttempt(
                    message.id,
                    DeliveryAttempt(
                        at: .after(key == "sent later" ? 5_000 : 1),
                        outcome: key == "parked" ? .parked : .delivered(receipt: ""), detail: ""))
            }
            #expect(try await journal.prune(before: .after(3_600)) == PruneResult(notifications: 1, messages: 1))
            #expect(try await journal.prune(before: .after(3_600)) == PruneResult(notifications: 0, messages: 0))
            for name in ["parked", "waiting", "repeated", "open"] {
                #expect(try await journal.accept(Samples.notification(group: name)) == .repeated(id: try id(name)))
            }
            let left = try await journal.messages(of: IncidentID(number: try id("old")))
            #expect(left.map(\.message.deduplicationKey) == ["parked", "waiting", "sent later"])
            #expect(try await journal.messages(of: IncidentID(number: try id("open"))).count == 1)
            #expect(try await journal.incidents(limit: 9).count == 2)
            await journal.close()
        },
        JournalConformance("a resolved incident goes after its messages and notifications, and not before") { open in
            let journal = try await open()
            var ids: [Int64] = []
            for name in ["gone", "seen lately", "unsent", "updated lately", "open"] {
                let id = try await journal.accept(Samples.notification(group: name)).id
                var incident = Samples.incident(id, group: name, state: name == "open" ? .open : .resolved)
                if name == "updated lately" { incident.updatedAt = .after(5_000) }
                try await journal.save(incident, messages: [Samples.message(name, incident: id, receiver: name)])
                try await journal.finishNotification(id, incident: incident.id)
                ids.append(id)
            }
            _ = try await journal.accept(Samples.notification(group: "seen lately", after: 5_000))
            while let message = try await journal.claimedMessage(0) {
                if message.message.deduplicationKey == "unsent" { continue }
                try await journal.recordAttempt(
                    message.id, DeliveryAttempt(at: .after(1), outcome: .delivered(receipt: ""), detail: ""))
            }
            #expect(
                try await journal.prune(before: .after(3_600))
                    == PruneResult(notifications: 3, messages: 3, incidents: 1))
            #expect(try await journal.incidents(limit: 9).map(\.id.number) == ids.dropFirst().reversed())
            #expect(try await journal.prune(before: .after(3_600)) == PruneResult())
            #expect(try await journal.prune(before: .after(6_000)).incidents == 2)
            #expect(try await journal.incidents(limit: 9).map(\.id.number) == [ids[4], ids[2]])
            await journal.close()
        },
        JournalConformance("more than a batch is pruned at once, attempts and all") { open in
            let journal = try await open()
            let messages = (0..<1_200).map { Samples.message("\($0)", incident: 1, receiver: "\($0)") }
            try await journal.save(Samples.incident(state: .resolved), messages: messages)
            while let message = try await journal.claimedMessage(0) {
                try await journal.recordAttempt(
                    message.id, DeliveryAttempt(at: .after(1), outcome: .delivered(receipt: ""), detail: ""))
            }
            #expect(try await journal.prune(before: .after(2)) == PruneResult(messages: 1_200, incidents: 1))
            await journal.close()
        },
        JournalConformance("what fires again after pruning is new, also when its first notification is kept") { open in
            let journal = try await open()
            let parked = try await journal.accept(Samples.notification()).id
            try await journal.parkNotification(parked, reason: "cannot be read")
            let resolved = try await journal.accept(Samples.notification(status: .resolved, after: 600)).id
            try await journal.finishNotification(resolved, incident: nil)
            _ = try await journal.prune(before: .after(3_600))
            let again = try await journal.accept(Samples.notification(after: 7_200))
            #expect(again == .stored(id: again.id))
            #expect(try await journal.accept(Samples.notification(after: 9_000)) == .repeated(id: again.id))
            await journal.close()
        },
        JournalConformance("a group's whole story is pruned at once") { open in
            let journal = try await open()
            for index: Int64 in 0..<4 {
                let status: AlertGroup.Status = index.isMultiple(of: 2) ? .firing : .resolved
                let id = try await journal.accept(Samples.notification(status: status, after: index * 600)).id
                try await journal.finishNotification(id, incident: nil)
            }
            #expect(try await journal.prune(before: .after(1_700)).notifications == 3)
            #expect(try await journal.accept(Samples.notification(status: .resolved, after: 2_000)).id == 4)
            #expect(try await journal.prune(before: .after(3_600)).notifications == 1)
            await journal.close()
        },
    ]
}
