import HTTPTransport
import Languages
import Telemetry

/// The names of a scope as one condition of TraceQL, as many as a search has room for.
///
/// A search is a URL, which nginx and the like take up to 8 KiB of (414 above), and a load test's alert may name
/// thousands of services.
struct NameCondition: Hashable {
    /// `a = "x"`, or several joined by `||` in brackets.
    let text: String
    /// Those that had no room, in the order in which they were given.
    let leftOut: [String]
    /// How many there are altogether.
    let count: Int

    /// Bytes in the URL, percent-encoded. Two such conditions, of places and of jobs, fit into one search, and a playbook's
    /// filter beside them.
    static let room = 3000

    /// - Parameters:
    ///   - names: empty ones are left out; nil when there is no other. The first is always asked for: without any, the
    ///     search would be for everything.
    ///   - choices: what a span of this name meets one of.
    ///   - text: the condition for names of which each may be met.
    init?(_ names: [String], choices: (String) -> [String], text: ([String]) -> String?) {
        let names = names.filter { !$0.isEmpty }
        guard let first = names.first else { return nil }
        func size(_ name: String) -> Int {
            choices(name).reduce(0) { $0 + FormParameters.percentEncoded("\($1) || ").utf8.count }
        }
        var used = size(first)
        let more = names.dropFirst().prefix { name in
            used += size(name)
            return used <= Self.room
        }
        guard let text = text([first] + more) else { return nil }
        self.text = text
        leftOut = Array(names.dropFirst(1 + more.count))
        count = names.count
    }

    /// "1950 of 2000 services were not asked about (a, b and 1948 more): a search has no room for them"; nil when all were.
    ///
    /// - Parameter noun: "services".
    func shortfall(_ noun: Phrase) -> Phrase? {
        guard !leftOut.isEmpty else { return nil }
        let shown = leftOut.prefix(2).map { $0.printableLine(atMost: 60) }
        let rest = leftOut.count - shown.count
        let names = shown.joined(separator: ", ")
        let list: Phrase = rest > 0 ? "\(names) and \(rest) more" : Phrase(verbatim: names)
        return "\(leftOut.count) of \(count) \(noun) were not asked about (\(list)): a search has no room for them"
    }
}
