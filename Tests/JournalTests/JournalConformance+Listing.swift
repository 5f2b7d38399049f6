import Journal
import Telemetry
import Testing

extension JournalConformance {
    static let listingCases = [
        JournalConformance("incidents are listed open ones first, the newest first, a page at a time") { open in
            let journal = try await open()
            for number in 1...7 {
                let incident = Samples.incident(
                    Int64(number), group: "group \(number)", state: number % 3 == 0 ? .open : .resolved,
                    headline: number == 5 ? "Node AKS-spot-3 was 100% preempted_" : "")
                try await journal.save(incident, messages: [])
            }
            let numbers = { (text: String, offset: Int, limit: Int) in
                try await journal.outlines(matching: text, offset: offset, limit: limit).incidents.map(\.id.number)
            }
            #expect(try await numbers("", 0, 4) == [6, 3, 7, 5])
            #expect(try await numbers(" ", 4, 4) == [4, 2, 1])
            let all = try await journal.outlines(matching: "", offset: 0, limit: 0)
            #expect(all.matching == 7 && all.open == 2 && all.incidents.isEmpty)
            #expect(try await numbers("PREEMPTED aks", 0, 9) == [5], "every word, in any case")
            #expect(try await numbers("100% preempted_", 0, 9) == [5])
            #expect(try await numbers("%", 0, 9) == [5], "no pattern")
            #expect(try await numbers("' OR 1 --", 0, 9).isEmpty, "no SQL")
            #expect(try await numbers("i-7", 0, 9) == [7])
            #expect(try await numbers("highTrace", 0, 9).count == 7)
            #expect(try await numbers("", -5, -5).isEmpty)
            let outline = try await journal.outlines(matching: "i-5", offset: 0, limit: 1).incidents.first
            let stored = try await required(journal.incident(IncidentID(number: 5)), "the same incident")
            #expect(outline?.headline == stored.headline && outline?.resolvedAt == stored.resolvedAt)
            await journal.close()
        }
    ]
}
