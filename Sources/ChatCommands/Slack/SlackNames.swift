package import Delivery
package import Logging
import Synchronization

/// The names of people whom Slack tells by their ids only: those who mention the app.
package final class SlackNames: Sendable {
    package typealias Lookup = @Sendable (_ user: String) async -> Result<String, SlackRefusal>

    /// Far more people than look after one service.
    private static let capacity = 1000

    private let lookup: Lookup?
    private let logger: Logger
    /// People rarely change their names; a restart reads them anew.
    private let known = Mutex<[String: String]>([:])

    /// - Parameter lookup: nil where there is no token to ask with; people go by their ids then.
    package init(lookup: Lookup?, logger: Logger) {
        self.lookup = lookup
        self.logger = logger
    }

    /// - Returns: nil when Slack does not tell it: without the scope `users:read` it does not.
    func name(of user: String) async -> String? {
        if let name = known.withLock({ $0[user] }) { return name }
        switch await lookup?(user) {
        case nil: return nil
        case .success(let name)?:
            known.withLock { known in
                if known.count >= Self.capacity { known = [:] }
                known[user] = name
            }
            return name
        case .failure(let refusal)?:
            logger.notice("a person's name is unknown", metadata: ["reason": "\(refusal.description)"])
            return nil
        }
    }
}
