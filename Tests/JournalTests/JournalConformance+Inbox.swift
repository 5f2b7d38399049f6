import Alerts
import Journal
import Telemetry
import TestSupport
import Testing

extension JournalConformance {
    static let inboxCases: [JournalConformance] = [
        JournalConformance("a notification comes out as it went in") { open in
            let journal = try await open()
            let body: [UInt8] = [0, 255, 10, 13] + Array("{\"name\":\"ñandú\\u0000\"}".utf8)
            let sent = IncomingNotification(
                group: AlertGroup(status: .firing, receiver: "r", groupKey: "g'\"\\\n", alerts: []), body: body,
                receivedAt: Timestamp(nanoseconds: 1_795_000_000_123_456_789))
            let id = try await journal.accept(sent).id
            let claimed = try await journal.claimNotification(now: .after(3600), lease: .seconds(60))
            #expect(
                claimed
                    == StoredNotification(
                        id: id, groupKey: "g'\"\\\n", receiver: "r", body: body, receivedAt: sent.receivedAt,
                        attempts: 0))
            await journal.close()
        },
        JournalConformance("a group with a very long key is a group like others") { open in
            let journal = try await open()
            var random = SeededRandom(seed: 7)
            let keys = (0..<2).map { number in
                String(
                    (0..<6_000).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789ñ".randomElement(using: &random) ?? "a"
                    }) + "\(number)"
            }
            for key in keys { _ = try await journal.accept(Samples.notification(group: key)) }
            let repeated = try await journal.accept(Samples.notification(group: keys[0]))
            #expect(repeated == .repeated(id: 1))
            #expect(try await journal.claimedNotification(0) == 1)
            let second = try required(
                try await journal.claimNotification(now: .after(0), lease: .seconds(60)), "second")
            #expect(second.id == 2)
            try await journal.save(Samples.incident(2, group: second.groupKey), messages: [])
            for key in [second.groupKey, keys[1]] {
                #expect(try await journal.openIncident(groupKey: key, receiver: "sabueso")?.id.number == 2)
            }
            #expect(try await journal.openIncident(groupKey: keys[0], receiver: "sabueso") == nil)
            await journal.close()
        },
        JournalConformance("an empty inbox has nothing to claim") { open in
            let journal = try await open()
            #expect(try await journal.claimNotification(now: .after(0), lease: .seconds(60)) == nil)
            #expect(try await journal.nextDue() == nil)
            await journal.close()
        },
        JournalConformance("a repeat is recognised, also from another peer and after its work is done") { open in
            let journal = try await open()
            let first = try await journal.accept(Samples.notification())
            #expect(first == .stored(id: first.id))
            let peer = Samples.notification(externalURL: "http://alertmanager-1:9093", after: 5)
            #expect(try await journal.accept(peer) == .repeated(id: first.id))
            _ = try await journal.claimNotification(now: .after(6), lease: .seconds(60))
            #expect(try await journal.accept(peer) == .repeated(id: first.id))
            try await journal.finishNotification(first.id, incident: nil)
            #expect(try await journal.accept(peer) == .repeated(id: first.id))
            #expect(try await journal.claimNotification(now: .after(9), lease: .seconds(60)) == nil)
            await journal.close()
        },
        JournalConformance("a repeat of a parked notification stays a repeat") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            try await journal.parkNotification(id, reason: "cannot be read")
            #expect(try await journal.accept(Samples.notification(after: 60)) == .repeated(id: id))
            #expect(try await journal.counts() == JournalCounts(parkedNotifications: 1))
            await journal.close()
        },
        JournalConformance("what differs in status, start, alerts, group or receiver is no repeat") { open in
            let journal = try await open()
            let different = [
                Samples.notification(), Samples.notification(status: .resolved), Samples.notification(startsAt: 1),
                Samples.notification(fingerprint: "a1b2c4"), Samples.notification(group: "other"),
                Samples.notification(receiver: "other"),
            ]
            for notification in different {
                let acceptance = try await journal.accept(notification)
                #expect(acceptance == .stored(id: acceptance.id))
            }
            #expect(try await journal.counts().pendingNotifications == different.count)
            await journal.close()
        },
        JournalConformance("equal notifications at the same time are stored once") { open in
            let journal = try await open()
            let acceptances = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for _ in 0..<20 { group.addTask { try await journal.accept(Samples.notification()) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(acceptances.map(\.id)).count == 1)
            #expect(acceptances.count { $0 == .stored(id: $0.id) } == 1)
            #expect(try await journal.counts().pendingNotifications == 1)
            await journal.close()
        },
        JournalConformance("a lease holds until it ends, to the nanosecond") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            #expect(try await journal.claimNotification(now: .after(1), lease: .seconds(60))?.attempts == 0)
            let justBefore = Timestamp(nanoseconds: Timestamp.after(61).nanoseconds - 1)
            #expect(try await journal.claimNotification(now: justBefore, lease: .seconds(60)) == nil)
            let again = try await journal.claimNotification(now: .after(61), lease: .seconds(60))
            #expect(again?.id == id)
            #expect(again?.attempts == 1)
            await journal.close()
        },
        JournalConformance("what was released comes back at its time, and its claim does not count") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            _ = try await journal.claimNotification(now: .after(0), lease: .seconds(60))
            try await journal.releaseNotification(id, retryAt: .after(300), reason: "Tempo did not answer")
            #expect(try await journal.claimNotification(now: .after(299), lease: .seconds(60)) == nil)
            #expect(try await journal.nextDue() == .after(300))
            #expect(try await journal.claimNotification(now: .after(300), lease: .seconds(60))?.attempts == 0)
            await journal.close()
        },
        JournalConformance("only claims that never came back count as attempts") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            try await journal.releaseNotification(id, retryAt: .after(0), reason: "was never claimed")
            for second: Int64 in 0..<5 {
                #expect(try await journal.attemptsOfClaim(second) == 0, "stops do not add up")
                try await journal.releaseNotification(id, retryAt: .after(second), reason: "the service was stopped")
            }
            #expect(try await journal.attemptsOfClaim(100) == 0)
            #expect(try await journal.attemptsOfClaim(200) == 1, "the first has not come back")
            try await journal.releaseNotification(id, retryAt: .after(200), reason: "the service was stopped")
            #expect(try await journal.attemptsOfClaim(300) == 1, "still the same one")
            #expect(try await journal.attemptsOfClaim(400) == 2)
            await journal.close()
        },
        JournalConformance("what is settled stays so when a worker is late") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            _ = try await journal.claimNotification(now: .after(0), lease: .seconds(1))
            _ = try await journal.claimNotification(now: .after(2), lease: .seconds(60))
            try await journal.finishNotification(id, incident: nil)
            try await journal.releaseNotification(id, retryAt: .after(3), reason: "late")
            try await journal.parkNotification(id, reason: "late")
            #expect(try await journal.claimNotification(now: .after(500), lease: .seconds(60)) == nil)
            #expect(try await journal.counts() == JournalCounts())
            await journal.close()
        },
        JournalConformance("settling what is not there is an error") { open in
            let journal = try await open()
            await #expect(throws: JournalError.self) { try await journal.finishNotification(7, incident: nil) }
            await #expect(throws: JournalError.self) { try await journal.parkNotification(7, reason: "") }
            await journal.close()
        },
    ]
}
