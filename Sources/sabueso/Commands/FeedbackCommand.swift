import ArgumentParser
import Feedback
import Journal
import Settings

/// `sabueso feedback`: how often the causes that were named were right, as people said.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract: "Tell how often each cause was right, as people voted.",
        discussion: """
            For each cause, and for each signature that found one: votes, the share of incidents in which it was right \
            with how sure that is, what it really was when it was wrong, the newest first, and what its record makes of a \
            confidence. Causes that keep being wrong are marked. Reads the journal beside the running service.

            Example:
              sabueso feedback --config /etc/sabueso/sabueso.yaml
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var configurationFile: ConfigurationFile

    @Option(help: "How to print the votes: text or json (sabueso/feedback/v1).")
    var format: Format = .text

    func run() async throws {
        let settings = try configurationFile.load()
        let journal = try DatabaseJournal.reading(settings.journal)
        let votes: [Vote]
        do {
            votes = try await journal.votes()
            await journal.close()
        } catch {
            throw RunFailure("the votes cannot be read: \(error.description)")
        }
        let report = FeedbackReport(votes: votes)
        StandardOutput.write(
            format == .json ? try CommandJSON.text(FeedbackJSON(report)) : FeedbackText(report).text)
    }
}
