import ArgumentParser
import Lab
import Scenarios

/// `sabueso demo`: a recorded incident through the whole service, with nothing but this program.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play a recorded incident through the whole service.",
        discussion: """
            Starts the service with its embedded defaults, and beside it a lab that answers as Tempo, Loki, Kubernetes \
            and the chat platforms would. Everything goes over HTTP, as it would in production; nothing leaves this \
            machine.

            Scenarios:
            \(Scenario.all.map { "  \($0.name): \($0.title)" }.joined(separator: "\n"))

            Example:
              sabueso demo dependency-failure --once
            """)

    @Argument(help: "Which incident to play.")
    var scenario: String = "spot-eviction"

    @Flag(help: "End after the incident; otherwise the service keeps running until Ctrl-C.")
    var once = false

    @Option(help: ArgumentHelp("Also write each message as it was sent into this folder.", valueName: "folder"))
    var messages: String?

    func validate() throws {
        guard Scenario.named(scenario) != nil else {
            let names = Scenario.all.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no scenario '\(scenario)'; there are \(names).")
        }
    }

    func run() async throws {
        guard let scenario = Scenario.named(scenario) else { return }
        try await Demo(scenario: scenario, once: once, usesColours: StandardOutput.isTerminal, messagesFolder: messages)
            .run()
    }
}
