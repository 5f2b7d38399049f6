import Alerts
import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let orderCases: [JournalConformance] = [
        JournalConformance("what is new in a channel goes before what adds to other incidents") { open in
            let journal = try await open()
            func message(_ step: OutgoingMessage.Step, _ incident: Int64) -> OutgoingMessage {
                OutgoingMessage(
                    incident: IncidentID(number: incident), receiver: "team-slack", kind: "diagnosis",
                    deduplicationKey: "\(incident)/\(step)", payload: [], createdAt: .after(0), step: step)
            }
            for number in 1...2 {
                try await journal.save(Samples.incident(Int64(number), group: "g\(number)"), messages: [])
            }
            try await journal.enqueue([message(.picture, 1), message(.edit, 1), message(.post, 2), message(.reply, 2)])
            var order: [String] = []
            while let claimed = try await journal.claimMessage(now: .after(1), lease: .seconds(60)) {
                order.append(claimed.message.deduplicationKey)
                try await journal.recordAttempt(
                    claimed.id, DeliveryAttempt(at: .after(1), outcome: .delivered(receipt: ""), detail: ""))
            }
            #expect(order == ["2/post", "2/reply", "1/picture", "1/edit"], "an incident's own messages stay in order")
            await journal.close()
        },
        JournalConformance("a group's notifications are worked on one after the other") { open in
            let journal = try await open()
            let firing = try await journal.accept(Samples.notification(group: "a", status: .firing)).id
            let resolved = try await journal.accept(Samples.notification(group: "a", status: .resolved)).id
            let other = try await journal.accept(Samples.notification(group: "b")).id
            #expect(try await journal.claimedNotification(0) == firing)
            #expect(try await journal.claimedNotification(1) == other, "the group is held back, the other is not")
            #expect(try await journal.claimedNotification(2) == nil)
            try await journal.releaseNotification(firing, retryAt: .after(30), reason: "busy")
            #expect(
                try await journal.claimedNotification(3) == nil,
                "a group whose first waits for its retry is held back as well")
            #expect(try await journal.claimedNotification(30) == firing)
            try await journal.finishNotification(firing, incident: nil)
            #expect(try await journal.claimedNotification(31) == resolved)
            await journal.close()
        },
        JournalConformance("the same group at another receiver has a story of its own") { open in
            let journal = try await open()
            let ids = [
                try await journal.accept(Samples.notification(group: "a", receiver: "one")).id,
                try await journal.accept(Samples.notification(group: "a", receiver: "two")).id,
            ]
            #expect(try await journal.claimedNotification(0) == ids[0])
            #expect(try await journal.claimedNotification(0) == ids[1])
            await journal.close()
        },
        JournalConformance("a parked notification does not hold its group back") { open in
            let journal = try await open()
            let first = try await journal.accept(Samples.notification(group: "a")).id
            let second = try await journal.accept(Samples.notification(group: "a", startsAt: 1)).id
            _ = try await journal.claimNotification(now: .after(0), lease: .seconds(60))
            try await journal.parkNotification(first, reason: "cannot be read")
            #expect(try await journal.claimedNotification(1) == second)
            await journal.close()
        },
        JournalConformance("many workers claim each notification once, and each group in order") { open in
            let journal = try await open()
            for index in 0..<60 {
                _ = try await journal.accept(
                    Samples.notification(group: "group \(index % 6)", startsAt: Int64(index)))
            }
            let claims = try await withThrowingTaskGroup(of: [StoredNotification].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var mine: [StoredNotification] = []
                        while try await journal.counts().pendingNotifications > 0 {
                            guard let next = try await journal.claimNotification(now: .after(0), lease: .seconds(60))
                            else {
                                await Task.yield()
                                continue
                            }
                            mine.append(next)
                            try await journal.finishNotification(next.id, incident: nil)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let all = claims.flatMap { $0 }
            #expect(all.count == 60)
            #expect(Set(all.map(\.id)).count == 60)
            for worker in claims {
                for (_, ofGroup) in Dictionary(grouping: worker, by: \.groupKey) {
                    #expect(ofGroup.map(\.id) == ofGroup.map(\.id).sorted())
                }
            }
            await journal.close()
        },
        JournalConformance("a second process shares the work without doing any of it twice") { open in
            let one = try await open()
            let two = try await open()
            let first = try await one.accept(Samples.notification(group: "a")).id
            #expect(try await two.accept(Samples.notification(group: "a")) == .repeated(id: first))
            let second = try await two.accept(Samples.notification(group: "b")).id
            #expect(try await one.claimedNotification(0) == first)
            #expect(try await two.claimedNotification(0) == second)
            #expect(try await one.claimNotification(now: .after(0), lease: .seconds(60)) == nil)
            await one.close()
            try await two.finishNotification(first, incident: nil)
            #expect(try await two.counts().pendingNotifications == 1)
            await two.close()
        },
    ]
}
