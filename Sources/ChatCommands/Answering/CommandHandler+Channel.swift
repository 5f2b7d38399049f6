import Journal
import Languages
import Reporting
import Telemetry

/// Commands that are typed in a channel: Slack does not say in which thread a slash command was typed.
extension CommandHandler {
    enum Typed: Hashable, Sendable {
        case command(Command)
        /// Why it is none.
        case answer(Answer)
    }

    /// More than these nobody chooses from.
    private static let mostOffered = 10
    /// A longer text is not repeated behind each id.
    private static let longestRepeated = 120

    /// Without an id, a command is about the only open incident that was told in its channel. Where there is not exactly
    /// one, the command is offered for each that it could be about.
    ///
    /// - Parameters:
    ///   - channel: its id.
    ///   - name: of the slash command: `/sabueso`.
    func command(typed text: String, in channel: String, as name: String) async -> Typed {
        let mistake: CommandMistake
        do throws(CommandMistake) {
            return .command(try CommandParser().parse(text))
        } catch {
            mistake = error
        }
        guard mistake.lacksIncident else { return .answer(.sentences(mistake.sentence)) }
        do throws(CommandFailure) {
            let told = try await reading { () async throws(JournalError) in
                try await journal.openIncidents(toldIn: channel)
            }
            if told.count == 1 { return Self.parsed(text, on: told[0].id) }
            let open =
                told.isEmpty
                ? try await reading { () async throws(JournalError) in try await journal.openIncidents() } : told
            guard !open.isEmpty else { return .answer(.sentences(mistake.sentence)) }
            return .answer(choice(of: open, isOfChannel: !told.isEmpty, text, name))
        } catch {
            return .answer(answer(to: error))
        }
    }

    private static func parsed(_ text: String, on incident: IncidentID) -> Typed {
        do throws(CommandMistake) {
            return .command(try CommandParser(thread: incident).parse(text))
        } catch {
            return .answer(.sentences(error.sentence))
        }
    }

    private func choice(of open: [Incident], isOfChannel: Bool, _ text: String, _ name: String) -> Answer {
        let words = text.split(whereSeparator: \.isWhitespace)
        let rest = words.dropFirst().joined(separator: " ")
        let newest = open.reversed().prefix(Self.mostOffered)
        let lines = newest.map { incident -> Phrase in
            let typed = [name, String(words.first ?? ""), "\(incident.id)"].filter { !$0.isEmpty }
            let command = (typed + (rest.utf8.count <= Self.longestRepeated && !rest.isEmpty ? [rest] : []))
                .joined(separator: " ")
            return "`\(ChatText.plain(command))` \(title(of: incident)), since \(incident.startsAt.clock)"
        }
        let more: [Phrase] = open.count > newest.count ? ["And \(open.count - newest.count) older ones."] : []
        let count = Noun.incident.phrase(open.count)
        let question: Phrase =
            isOfChannel ? "Which one? \(count) open in this channel:" : "Which one? \(count) open:"
        return reply([question] + lines + more)
    }
}
