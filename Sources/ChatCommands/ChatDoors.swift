import ServiceLifecycle

/// The doors that are open to chat platforms, and who works behind them.
package struct ChatDoors: Service {
    package let slack: SlackDoor?
    package let teams: TeamsDoor?
    private let queue: CommandQueue

    package init(slack: SlackDoor?, teams: TeamsDoor?, queue: CommandQueue) {
        self.slack = slack
        self.teams = teams
        self.queue = queue
    }

    package func run() async { await queue.run() }
}
