import Synchronization

/// Counts refusals, so that one kind of them that comes again and again is not a warning each time.
///
/// By kind and not by what was sent: whoever can reach the port can send different bodies as fast as the network carries
/// them.
final class RefusalMemory: Sendable {
    /// What a refusal is about; a few, whatever is sent.
    enum Kind: Hashable {
        case path, credentials, contentType, size, ending, form, version, numberOfAlerts, chat
    }

    private let counts = Mutex<[Kind: Int]>([:])

    /// How many of this kind there have been, this one included, when that is worth a warning: for the first, the tenth,
    /// the hundredth and so on; nil for the others.
    func note(_ kind: Kind) -> Int? {
        let count = counts.withLock { counts in
            counts[kind, default: 0] &+= 1
            return counts[kind, default: 0]
        }
        return Self.isPowerOfTen(count) ? count : nil
    }

    private static func isPowerOfTen(_ number: Int) -> Bool {
        var rest = number
        while rest > 1, rest % 10 == 0 { rest /= 10 }
        return rest == 1
    }
}
