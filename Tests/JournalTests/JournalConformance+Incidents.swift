import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let incidentCases: [JournalConformance] = [
        JournalConformance("an incident is replaced as a whole and keeps its messages") { open in
            let journal = try await open()
            let first = Samples.incident(4, group: "g")
            #expect(first.investigatedBody.isEmpty)
            try await journal.save(first, messages: [Samples.message("4/diagnosis", incident: 4)])
            #expect(try await journal.incident(first.id) == first)
            var later = first
            later.state = .resolved
            later.resolvedAt = .after(540)
            later.updatedAt = .after(541)
            later.alertBody = [1, 2, 3]
            later.investigatedBody = [0, 255, 4]
            later.headline = "Spot node aks-spot-3 was preempted"
            later.diagnosis = Array("{\"schema\":\"sabueso/diagnosis/v1\"}".utf8)
            try await journal.save(later, messages: [Samples.message("4/resolved", incident: 4)])
            #expect(try await journal.incident(first.id) == later)
            let keys = try await journal.messages(of: first.id).map(\.message.deduplicationKey)
            #expect(keys == ["4/diagnosis", "4/resolved"])
            await journal.close()
        },
        JournalConformance("what was saved meanwhile is not overwritten by a second look") { open in
            let journal = try await open()
            var seen = Samples.incident()
            seen.lookAgainAt = .after(120)
            try await journal.save(seen, messages: [])
            #expect(try await journal.incidentToLookAtAgain(dueAt: .after(119)) == nil)
            #expect(try await journal.incidentToLookAtAgain(dueAt: .after(120)) == seen)
            var looked = seen
            looked.lookAgainAt = nil
            looked.headline = "late"
            looked.updatedAt = .after(125)
            func save(_ key: String) async throws -> Bool {
                try await journal.save(
                    looked, messages: [Samples.message(key)], held: [], ifUntouchedSince: seen.updatedAt)
            }
            var ended = seen
            ended.state = .resolved
            try await journal.save(ended, messages: [])
            #expect(try await save("1") == false, "it is over")
            var joined = seen
            joined.updatedAt = .after(121)
            try await journal.save(joined, messages: [])
            #expect(try await save("2") == false, "alerts joined")
            #expect(try await journal.incident(seen.id) == joined)
            try await journal.save(seen, messages: [])
            #expect(try await save("3"))
            #expect(try await journal.incident(seen.id) == looked)
            #expect(try await journal.messages(of: seen.id).map(\.message.deduplicationKey) == ["3"])
            #expect(try await journal.receivers(toldOf: seen.id) == ["team-slack"])
            #expect(try await journal.incidentToLookAtAgain(dueAt: .after(9999)) == nil)
            await journal.close()
        },
        JournalConformance("only an open incident of the same group and receiver is found as open") { open in
            let journal = try await open()
            var incident = Samples.incident(1, group: "g", receiver: "r")
            try await journal.save(incident, messages: [])
            try await journal.save(Samples.incident(2, group: "g", receiver: "other"), messages: [])
            #expect(try await journal.openIncident(groupKey: "g", receiver: "r") == incident)
            #expect(try await journal.openIncident(groupKey: "G", receiver: "r") == nil)
            incident.state = .resolved
            try await journal.save(incident, messages: [])
            #expect(try await journal.openIncident(groupKey: "g", receiver: "r") == nil)
            #expect(try await journal.counts().openIncidents == 1)
            await journal.close()
        },
        JournalConformance("a group has one open incident at a time") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(1, group: "g"), messages: [])
            await #expect(throws: JournalError.self) {
                try await journal.save(
                    Samples.incident(2, group: "g"), messages: [Samples.message("2/diagnosis", incident: 2)])
            }
            #expect(try await journal.incident(IncidentID(number: 2)) == nil)
            #expect(try await journal.counts().pendingMessages == 0, "nothing of a failed save is kept")
            await journal.close()
        },
        JournalConformance("incidents are listed with the newest first") { open in
            let journal = try await open()
            for number: Int64 in [3, 11, 7] {
                try await journal.save(Samples.incident(number, group: "g\(number)"), messages: [])
            }
            #expect(try await journal.incidents(limit: 10).map(\.id.number) == [11, 7, 3])
            #expect(try await journal.incidents(limit: 2).map(\.id.number) == [11, 7])
            #expect(try await journal.incidents(limit: 0).isEmpty)
            #expect(try await journal.incidents(limit: -1).isEmpty)
            #expect(try await journal.incident(IncidentID(number: 5)) == nil)
            await journal.close()
        },
    ]
}
