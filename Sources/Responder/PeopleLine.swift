package import Journal
package import Languages
import Reporting
package import Telemetry

/// What an incident's first message shows of the people who took care of it: the newest of each kind.
package struct PeopleLine: Sendable {
    private let reply: ChatReply

    /// - Parameters:
    ///   - zone: of the message's readers.
    ///   - language: in which they read.
    package init(_ remarks: [Remark], zone: TimeZoneRules, language: Language) {
        var lines: [Phrase] = []
        if let taken = remarks.last(where: { $0.kind == .acknowledged }) {
            lines.append("Taken by \(Self.name(taken)) at \(Self.clock(taken.at, zone))")
        }
        let silences = remarks.filter { $0.kind == .silenced || $0.kind == .silenceEnded }
        if let newest = silences.last {
            let (who, time) = (Self.name(newest), Self.clock(newest.at, zone))
            lines.append(
                newest.kind == .silenced ? "Silenced by \(who) at \(time)" : "Silence ended by \(who) at \(time)")
        }
        reply = lines.isEmpty ? ChatReply([]) : ChatReply(lines.joined(separator: " · ").said(in: language))
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
