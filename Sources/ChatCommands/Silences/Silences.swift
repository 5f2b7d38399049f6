package import Delivery
import Languages
import Synchronization
import Telemetry

/// Who may silence alerts, for how long, and where.
package struct Silences: Sendable {
    package let alertmanager: AlertmanagerSilences
    package let longest: Duration
    private let members: SilenceMembers

    package init(alertmanager: AlertmanagerSilences, longest: Duration, members: SilenceMembers) {
        self.alertmanager = alertmanager
        self.longest = longest
        self.members = members
    }

    /// - Returns: nil when the person may; else the sentence that says why not.
    func objection(to person: Person, now: Timestamp) async -> Phrase? {
        await members.objection(to: person, now: now)
    }
}

/// The people who may: listed, or members of a listed user group.
package final class SilenceMembers: Sendable {
    /// Of a user group, from Slack.
    package typealias Lookup = @Sendable (_ group: String) async -> Result<[String], SlackRefusal>

    /// A group is asked for again after this time: somebody who leaves it may silence for so long.
    private static let memory = Duration.seconds(300)

    private let users: Set<String>
    private let groups: [String]
    private let lookup: Lookup?
    private let known = Mutex<[String: (members: Set<String>, until: Timestamp)]>([:])

    /// - Parameter lookup: nil where there is no token to ask with; then only the listed users may.
    package init(users: [String], groups: [String] = [], lookup: Lookup? = nil) {
        self.users = Set(users)
        self.groups = groups
        self.lookup = lookup
    }

    func objection(to person: Person, now: Timestamp) async -> Phrase? {
        if users.contains(person.id) { return nil }
        var unreadable: String?
        for group in groups {
            guard let lookup else { break }
            do throws(SlackRefusal) {
                if try await members(of: group, lookup, now).contains(person.id) { return nil }
            } catch {
                unreadable = error.description
            }
        }
        if let unreadable {
            return "Who may silence alerts cannot be read from Slack: \(ChatText.plain(unreadable))."
        }
        return "You may not silence alerts; whoever configures me can add you to commands.silence."
    }

    private func members(
        of group: String, _ lookup: Lookup, _ now: Timestamp
    ) async throws(SlackRefusal) -> Set<String> {
        if let known = known.withLock({ $0[group] }), now < known.until { return known.members }
        let members = Set(try await lookup(group).get())
        known.withLock { $0[group] = (members, now + Self.memory) }
        return members
    }
}
