import Alerts
import Journal
import Telemetry
import Testing

/// Whether a notification that is known is told again, or has become true again.
extension JournalConformance {
    static let repeatCases: [JournalConformance] = [
        JournalConformance("what fires again with its old start after it was resolved is new, every time") { open in
            let journal = try await open()
            var ids: Set<Int64> = []
            for round: Int64 in 0..<5 {
                for (offset, status) in [(0, AlertGroup.Status.firing), (300, .resolved)] {
                    let acceptance = try await journal.accept(
                        Samples.notification(status: status, after: round * 600 + Int64(offset)))
                    #expect(acceptance == .stored(id: acceptance.id))
                    ids.insert(acceptance.id)
                    if round > 2 { try await journal.finishNotification(acceptance.id, incident: nil) }
                }
            }
            #expect(ids.count == 10)
            #expect(try await journal.counts().pendingNotifications == 6)
            await journal.close()
        },
        JournalConformance("a group that shrinks back to what it was is new") { open in
            let journal = try await open()
            let small = Samples.notification(fingerprint: "a")
            let first = try await journal.accept(small)
            let large = try await journal.accept(Samples.notification(fingerprint: "a+b", after: 300))
            let again = try await journal.accept(Samples.notification(fingerprint: "a", after: 600))
            #expect([first, large, again] == [first, large, again].map { .stored(id: $0.id) })
            #expect(Set([first.id, large.id, again.id]).count == 3)
            #expect(
                try await journal.accept(Samples.notification(fingerprint: "a", after: 900)) == .repeated(id: again.id),
                "the newest of two equal ones is the one that is repeated")
            await journal.close()
        },
        JournalConformance("a late peer's copy of an older state is a repeat until the tolerance ends") { open in
            let journal = try await open()
            let firing = try await journal.accept(Samples.notification()).id
            let resolved = try await journal.accept(Samples.notification(status: .resolved, after: 600)).id
            // Also before the newest: what arrived together may be stored in any order.
            for second: Int64 in [540, 600, 615, 660] {
                #expect(
                    try await journal.accept(
                        Samples.notification(externalURL: "http://alertmanager-1:9093", after: second))
                        == .repeated(id: firing))
            }
            #expect(
                try await journal.accept(Samples.notification(status: .resolved, after: 661))
                    == .repeated(id: resolved), "a repeat is not the newest arrival")
            let later = try await journal.accept(Samples.notification(after: 661))
            #expect(later == .stored(id: later.id))
            #expect(later.id > resolved)
            await journal.close()
        },
        JournalConformance("a state that was never seen is new at once, however late its peer is") { open in
            let journal = try await open()
            for (fingerprint, second) in [("a", 0), ("a+b", 1), ("b", 2)] {
                let acceptance = try await journal.accept(
                    Samples.notification(fingerprint: fingerprint, after: Int64(second)))
                #expect(acceptance == .stored(id: acceptance.id))
            }
            await journal.close()
        },
        JournalConformance("other groups and receivers between two repeats change nothing, for ever") { open in
            let journal = try await open()
            let id = try await journal.accept(Samples.notification()).id
            for hours: Int64 in 1...50 {
                _ = try await journal.accept(
                    Samples.notification(receiver: "other", status: .resolved, after: hours * 14_400))
                _ = try await journal.accept(Samples.notification(group: "\(hours)", after: hours * 14_400))
                #expect(
                    try await journal.accept(Samples.notification(after: hours * 14_400)) == .repeated(id: id))
            }
            await journal.close()
        },
        JournalConformance("what fires again at the same time is stored once") { open in
            let journal = try await open()
            _ = try await journal.accept(Samples.notification())
            _ = try await journal.accept(Samples.notification(status: .resolved, after: 600))
            let acceptances = try await withThrowingTaskGroup(of: Acceptance.self) { group in
                for _ in 0..<20 { group.addTask { try await journal.accept(Samples.notification(after: 1_200)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(acceptances.map(\.id)).count == 1)
            #expect(acceptances.count { $0 == .stored(id: $0.id) } == 1)
            #expect(try await journal.counts().pendingNotifications == 3)
            await journal.close()
        },
    ]
}
