import ArgumentParser
import Glibc

/// The command line: reads arguments and configuration, wires the rooms, and runs one of the doors into the service.
@main
struct Sabueso: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sabueso",
        abstract: "Finds out why an alert fired, and tells the people on call.",
        discussion: """
            Alertmanager posts a webhook; sabueso fetches that moment's traces, logs and cluster events, ranks the likely \
            causes with their evidence, and posts one message to Slack or Microsoft Teams.

            Try it without any account or cluster:
              sabueso demo --once
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, AnalyzeCommand.self, ReplayCommand.self, PreviewCommand.self,
            FeedbackCommand.self,
            CheckCommand.self, MigrateCommand.self,
            TemplatesCommand.self, ExcerptCommand.self,
        ])

    /// Exit codes: 0, 1 for a failed run, 2 for wrong use.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as RunFailure {
            StandardError.write("sabueso: \(failure.description)\n")
            Glibc.exit(1)
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            if code == .success {
                print(message)
                Glibc.exit(0)
            }
            if !message.isEmpty { StandardError.write(message + "\n") }
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
    }
}

/// A run that failed; its text is for the person at the terminal.
struct RunFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
