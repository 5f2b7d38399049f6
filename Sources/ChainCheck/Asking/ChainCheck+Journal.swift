/// Whether the journal can be read: where it cannot, the service does not start either.
extension ChainCheck {
    var journalJob: Job {
        guard let journal = plan.journal else {
            return Self.skipping([.journal], "not looked at", advice: "Give journal.path or journal.url.")
        }
        return Job(checks: [.journal], target: journal.place) { [await Self.finding(journal)] }
    }

    private static func finding(_ journal: ChainPlan.Journal) async -> Finding {
        switch await journal.look() {
        case .holds(let openIncidents, let waiting, let givenUp):
            let held = "\(openIncidents) incidents open, \(waiting) notifications and messages waiting"
            guard givenUp > 0 else { return Finding(.journal, .ok, on: journal.place, held) }
            return Finding(
                .journal, .warning, on: journal.place, "\(held), \(givenUp) given up",
                advice: "Search the service's log for `parked`: each has its reason, often a token or a channel.")
        case .absent:
            return Finding(
                .journal, .skipped, on: journal.place, "it is not here",
                advice: "Look on the machine and in the folder that the service runs in, once it has started.")
        case .unreadable(let reason):
            return Finding(
                .journal, .failure, on: journal.place, reason,
                advice: "The service cannot start on it either: correct journal.url, or the file's owner and place.")
        }
    }
}
