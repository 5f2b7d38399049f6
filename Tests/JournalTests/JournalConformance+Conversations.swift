import Journal
import Telemetry
import Testing

extension JournalConformance {
    private static func step(_ key: String, _ step: OutgoingMessage.Step, after seconds: Int64 = 0) -> OutgoingMessage {
        OutgoingMessage(
            incident: IncidentID(number: 1), receiver: "team-slack", kind: "diagnosis", deduplicationKey: key,
            payload: [UInt8]("{}".utf8), createdAt: .after(seconds), step: step)
    }

    static let conversationCases = [
        JournalConformance("a message keeps its step") { open in
            let journal = try await open()
            let steps = OutgoingMessage.Step.allCases
            try await journal.save(Samples.incident(), messages: steps.map { step("\($0)", $0) })
            let stored = try await journal.messages(of: IncidentID(number: 1))
            #expect(stored.map(\.message.step) == steps)
            await journal.close()
        },
        JournalConformance("a conversation is found by the receipt of its first message, whatever followed") { open in
            let journal = try await open()
            let id = IncidentID(number: 1)
            try await journal.save(
                Samples.incident(), messages: [step("a", .post), step("b", .reply), step("c", .edit)])
            #expect(try await journal.conversation(of: id, receiver: "team-slack") == nil)
            for receipt in ["C1 100.1", "C1 100.2", "C1 100.1"] {
                let message = try required(try await journal.claimedMessage(0), "a message is due")
                try await journal.recordAttempt(
                    message.id, DeliveryAttempt(at: .after(0), outcome: .delivered(receipt: receipt), detail: ""))
                #expect(try await journal.conversation(of: id, receiver: "team-slack") == "C1 100.1")
            }
            #expect(try await journal.conversation(of: id, receiver: "other") == nil)
            await journal.close()
        },
        JournalConformance("an incident is found by the receipt of its conversation, and by no other") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [step("a", .post), step("b", .reply)])
            #expect(try await journal.incident(inConversation: "C1 100.1") == nil)
            for receipt in ["C1 100.1", "C1 100.2"] {
                let message = try required(try await journal.claimedMessage(0), "a message is due")
                try await journal.recordAttempt(
                    message.id, DeliveryAttempt(at: .after(0), outcome: .delivered(receipt: receipt), detail: ""))
            }
            #expect(try await journal.incident(inConversation: "C1 100.1") == IncidentID(number: 1))
            #expect(try await journal.incident(inConversation: "C1 100.2") == nil, "an answer begins no conversation")
            #expect(try await journal.incident(inConversation: "") == nil)
            await journal.close()
        },
        JournalConformance("a first message is edited from what it says by then, as often as asked") { open in
            let journal = try await open()
            let id = IncidentID(number: 1)
            try await journal.save(Samples.incident(), messages: [step("a", .post), step("b", .reply)])
            for letter in ["x", "y"] {
                let isEdited = try await journal.editFirstMessage(
                    of: id, receiver: "team-slack", kind: "people", at: .after(1)
                ) { $0 + [UInt8](letter.utf8) }
                #expect(isEdited)
            }
            let isLeft = try await journal.editFirstMessage(
                of: id, receiver: "team-slack", kind: "people", at: .after(1)
            ) { _ in nil }
            let isUnknown = try await journal.editFirstMessage(
                of: id, receiver: "other", kind: "people", at: .after(1)
            ) { $0 }
            #expect(!isLeft && !isUnknown)
            let edits = try await journal.messages(of: id).map(\.message).filter { $0.step == .edit }
            #expect(edits.map { String(decoding: $0.payload, as: UTF8.self) } == ["{}x", "{}xy"])
            await journal.close()
        },
        JournalConformance("an answer stands below a first message that arrived, and not where it is known already") {
            open in
            let journal = try await open()
            let id = IncidentID(number: 1)
            func reply(_ text: String, receiver: String = "team-slack", except: String? = nil) async throws -> Bool {
                try await journal.reply(
                    [UInt8](text.utf8), below: id, receiver: receiver, kind: "people", at: .after(1), except: except)
            }
            try await journal.save(Samples.incident(), messages: [step("a", .post)])
            #expect(try await !reply("too early"))
            let message = try required(try await journal.claimedMessage(0), "a message is due")
            try await journal.recordAttempt(
                message.id, DeliveryAttempt(at: .after(0), outcome: .delivered(receipt: "C1 100.1"), detail: ""))
            for text in ["x", "y"] { #expect(try await reply(text, except: "C1 100.2")) }
            #expect(try await !reply("known", except: "C1 100.1"))
            #expect(try await !reply("elsewhere", receiver: "other"))
            let replies = try await journal.messages(of: id).map(\.message).filter { $0.step == .reply }
            #expect(replies.map { String(decoding: $0.payload, as: UTF8.self) } == ["x", "y"])
            await journal.close()
        },
        JournalConformance("the open incidents of a channel are those whose conversation stands in it") { open in
            let journal = try await open()
            for (number, receipt) in [(1, "C1 100.1"), (2, "C12 100.2"), (3, "C1 100.3"), (4, "C1 100.4")] {
                let incident = Samples.incident(Int64(number), group: "g\(number)")
                let message = Samples.message("m\(number)", incident: Int64(number))
                try await journal.save(incident, messages: [message])
                let claimed = try required(try await journal.claimedMessage(0), "a message is due")
                try await journal.recordAttempt(
                    claimed.id, DeliveryAttempt(at: .after(0), outcome: .delivered(receipt: receipt), detail: ""))
            }
            try await journal.save(Samples.incident(3, group: "g3", state: .resolved), messages: [])
            try await journal.save(Samples.incident(5, group: "g5"), messages: [])
            #expect(try await journal.openIncidents(toldIn: "C1").map(\.id.number) == [1, 4])
            #expect(try await journal.openIncidents(toldIn: "C").isEmpty)
            #expect(try await journal.openIncidents(toldIn: "").isEmpty)
            await journal.close()
        },
        JournalConformance("an edit that found nothing to edit was posted, and begins the conversation") { open in
            let journal = try await open()
            try await journal.save(Samples.incident(), messages: [step("a", .post), step("b", .edit)])
            for outcome in [DeliveryAttempt.Outcome.parked, .delivered(receipt: "C1 200.1")] {
                let message = try required(try await journal.claimedMessage(0), "a message is due")
                try await journal.recordAttempt(
                    message.id, DeliveryAttempt(at: .after(0), outcome: outcome, detail: ""))
            }
            let receipt = try await journal.conversation(of: IncidentID(number: 1), receiver: "team-slack")
            #expect(receipt == "C1 200.1")
            await journal.close()
        },
    ]
}
