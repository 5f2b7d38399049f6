package import Journal
import Reporting
package import Telemetry

/// What an incident's first message shows of the people who took care of it: the newest of each kind.
package struct PeopleLine: Sendable {
    private let reply: ChatReply

    /// - Parameter zone: of the message's readers.
    package init(_ remarks: [Remark], zone: TimeZoneRules) {
        var lines: [String] = []
        if let taken = remarks.last(where: { $0.kind == .acknowledged }) {
            lines.append("Taken by \(Self.name(taken)) at \(Self.clock(taken.at, zone))")
        }
        let silences = remarks.filter { $0.kind == .silenced || $0.kind == .silenceEnded }
        if let newest = silences.last {
            let word = newest.kind == .silenced ? "Silenced" : "Silence ended"
            lines.append("\(word) by \(Self.name(newest)) at \(Self.clock(newest.at, zone))")
        }
        reply = lines.isEmpty ? ChatReply([]) : ChatReply(lines.joined(separator: " · "))
    }

    /// A rendered message of Slack's with the line below it.
    ///
    /// - Returns: nil when it says so already.
    package func added(to payload: [UInt8]) -> [UInt8]? {
        let marked = SlackRenderer().adding(reply, to: payload)
        return marked == payload ? nil : marked
    }

    /// A backtick would begin code.
    private static func name(_ remark: Remark) -> String {
        remark.author.replacing("`", with: "'").printableLine(atMost: longestName)
    }

    private static let longestName = 80

    private static func clock(_ instant: Timestamp, _ zone: TimeZoneRules) -> String {
        let local = zone.local(at: instant)
        let shown = Timestamp(seconds: instant.seconds + Int64(local.secondsEastOfUTC)).description
        return "\(shown.dropFirst("2026-11-22T".count).prefix("15:29:41".count)) \(local.abbreviation)"
    }
}
