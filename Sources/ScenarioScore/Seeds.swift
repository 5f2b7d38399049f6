/// Which invented incidents are measured.
struct Seeds: Hashable, Sendable {
    /// Their wrong answers are shown, so that the engine can be mended.
    let open: [UInt64]
    /// Only counted: what they answer in a single scenario is never shown.
    let heldOut: [UInt64]

    /// The seed that rules and signatures were mended against.
    static let usual: [UInt64] = [1]

    /// Nobody mends against these, or their score tells nothing of incidents that nobody has seen: do not print, keep or
    /// read single scenarios of them, and do not mend what only they show. Once one was looked at, replace it by
    /// another number. Two of them, for one per cent of one seed's scenarios is three answers.
    static let keptApart: [UInt64] = [101, 102]

    /// A number that was given for both would be shown.
    init(open: [UInt64], heldOut: [UInt64]) throws(Mixed) {
        if let seed = open.first(where: { Self.keptApart.contains($0) || heldOut.contains($0) }) {
            throw Mixed(seed: seed)
        }
        self.open = open
        self.heldOut = heldOut
    }

    struct Mixed: Error, CustomStringConvertible {
        let seed: UInt64
        var description: String {
            "Seed \(seed) is held out: it is only counted, with --held-out. Take any other number to look at answers."
        }
    }

    var all: [UInt64] { open + heldOut }
}
