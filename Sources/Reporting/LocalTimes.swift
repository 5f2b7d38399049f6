import Telemetry

extension ClockZone {
    /// The sentence with its times in the reader's zone: "at 15:29:41 CET" for "at 14:29:41 UTC".
    ///
    /// A diagnosis knows no zone and says UTC. Two zones in one message would be read as two events.
    ///
    /// - Parameter instant: on whose day, or next to it, the times are.
    func local(_ sentence: String, near instant: Timestamp) -> String {
        guard abbreviation(at: instant) != Self.mark else { return sentence }
        var rest = sentence[...]
        var local = ""
        while let zone = rest.firstRange(of: " \(Self.mark)") {
            let time = rest[..<zone.lowerBound].suffix(Self.digits)
            if let seconds = Self.secondsOfDay(time) {
                let moment = Self.moment(at: seconds, near: instant)
                local += rest[..<time.startIndex] + "\(self.time(moment)) \(abbreviation(at: moment))"
            } else {
                local += rest[..<zone.upperBound]
            }
            rest = rest[zone.upperBound...]
        }
        return local + rest
    }

    private static let mark = "UTC"
    /// Of "14:29:41".
    private static let digits = 8
    private static let day: Int64 = 86_400

    private static func secondsOfDay(_ time: Substring) -> Int64? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard time.utf8.count == digits, parts.count == 3, parts.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        return (numbers[0] * 60 + numbers[1]) * 60 + numbers[2]
    }

    /// The moment with this time of day that is nearest.
    private static func moment(at seconds: Int64, near instant: Timestamp) -> Timestamp {
        let midnight = instant.seconds - ((instant.seconds % day) + day) % day
        let nearest = [midnight - day, midnight, midnight + day].map { $0 + seconds }
            .min { abs($0 - instant.seconds) < abs($1 - instant.seconds) }
        return instant + .seconds((nearest ?? instant.seconds) - instant.seconds)
    }
}
