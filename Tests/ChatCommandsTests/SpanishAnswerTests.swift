import HTTPTransport
import Journal
import Languages
import Settings
import Telemetry
import TestSupport
import Testing

@testable import ChatCommands

@Suite struct SpanishAnswerTests {
    private let spanish = ListeningSpanish()
    private let id = Fixture.id

    @Test func `what is asked and done is answered in Spanish, in the thread too`() async throws {
        let fixture = try await Fixture(language: spanish.language)
        #expect(try await fixture.answer("status").contains("Abierto: 1 incidente."))
        let taken = try await fixture.answer("ack i-42")
        #expect(taken.contains("on-call-1 se hace cargo de i-42: "))
        #expect(try await fixture.firstMessage().contains("A cargo de on-call-1 desde las "))
        #expect(try await fixture.replies().contains { $0.contains("se hace cargo de i-42") })
        for text in [
            "help", "status", "incident i-42", "similar i-42", "ack i-42", "note i-42 mirando", "right i-42",
            "wrong i-42", "wrong i-42 node lost", "wrong i-42 gremlins", "incident i-7", "silence i-42", "why shop 30m",
            "replay i-42", "unsilence i-42",
        ] {
            _ = try await fixture.answer(text)
        }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `incidents that nobody looked at, that are over or alike are told in Spanish`() async throws {
        let fresh = try await Fixture(isDiagnosed: false, language: spanish.language)
        for text in ["incident i-42", "similar i-42", "right i-42"] { _ = try await fresh.answer(text) }
        let fixture = try await Fixture(language: spanish.language)
        for number in 43...60 {
            var other = try Fixture.incident(IncidentID(number: Int64(number)), key: "\(number)")
            if number > 55 {
                other.state = .resolved
                other.resolvedAt = other.startsAt + .seconds(number > 57 ? 600 : 300_000)
            }
            try await fixture.journal.save(other, messages: [])
        }
        #expect(try await fixture.answer("status").contains("Más antiguos: "))
        #expect(try await fixture.answer("similar i-42").contains("primero los más recientes"))
        #expect(try await fixture.answer("incident i-58").contains("resuelto desde "))
        #expect(spanish.missing.isEmpty)
    }

    @Test func `every mistake and every announcement has its Spanish`() throws {
        let mistakes = [
            "note i-42", "why a b c", "why shop 5s", "why", "silence i-42 5x", "silence i-42 0s", "ack i-42 now",
            "ack x",
            "ack", "note i-42 \(String(repeating: "x ", count: 2000))", "statsu", "dance",
        ]
        for text in mistakes {
            let mistake = #expect(throws: CommandMistake.self) { try CommandParser().parse(text) }
            _ = mistake?.sentence.said(in: spanish.language)
        }
        for text in ["why shop", "replay i-42", "status"] {
            _ = try CommandParser().parse(text).announcement.said(in: spanish.language)
        }
        _ = try CommandParser(thread: id).parse("why").announcement.said(in: spanish.language)
        for form in CommandParser.forms { _ = (form.rest + form.meaning).said(in: spanish.language) }
        #expect(spanish.missing.isEmpty)
    }

    @Test func `a silence is made and ended in Spanish`() async throws {
        let client = ScriptedClient(.ok(#"{"silenceID":"s-1"}"#), .ok(""))
        let silences = Silences(
            alertmanager: AlertmanagerSilences(client: client, address: "http://a.example.com", deadline: .seconds(1)),
            longest: .seconds(7200), members: SilenceMembers(users: [Fixture.person.id]))
        let fixture = try await Fixture(silences: silences, language: spanish.language)
        let made = try await fixture.answer("silence i-42 1h")
        #expect(made.contains("Silenciado hasta ") && made.contains("Quitar el silencio"))
        _ = try await fixture.answer("silence i-42 9h")
        _ = try await fixture.answer("silence i-42", by: Person(id: "U9"))
        #expect(try await fixture.answer("unsilence i-42").contains("quitó el silencio de i-42"))
        #expect(spanish.missing.isEmpty)
    }

    @Test func `the slash command answers in Spanish`() async throws {
        let fixture = try await Fixture(language: .spanish)
        let response = await fixture.slack().command(Signed.form("statsu"))
        #expect(String(decoding: response.body, as: UTF8.self).contains("no es un comando; ¿quizá `status`?"))
    }
}
