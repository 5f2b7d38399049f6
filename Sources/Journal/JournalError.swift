/// Why the journal did not do what it was asked to.
package enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The store cannot be opened or written now; the sender should come again.
    case unavailable(String)
    /// More is waiting than is allowed; the sender should come again.
    case full(waiting: Int, limit: Int)
    /// What is stored cannot be read.
    case corrupt(String)

    package var description: String {
        switch self {
        case .unavailable(let reason): "the journal is unavailable: \(reason)"
        case .full(let waiting, let limit):
            "the journal is full: \(waiting) notifications wait, \(limit) are allowed"
        case .corrupt(let reason): "the journal holds something that cannot be read: \(reason)"
        }
    }
}
