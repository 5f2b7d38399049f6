package import Telemetry

extension Settings.Receiver {
    /// What a receiver hears of, when, and how much at once.
    package struct Routing: Hashable, Sendable {
        /// Any of them is enough; empty: everything that the playbook sends to it.
        package var conditions: [Condition] = []
        /// Times at which it is left alone: what comes then is told in a digest at their end.
        package var quiet: [QuietTime] = []
        /// Who is called by name.
        package var mentions: [Mention] = []
        /// nil: every incident is told by itself, however many there are.
        package var storm: Storm? = Storm()
        /// How often an incident that nobody took and that still fires is called to mind; nil: never.
        package var reminderInterval: Duration?

        package init() {}

        /// Alerts of which a receiver hears. All that is given must hold.
        package struct Condition: Hashable, Sendable {
            /// Names of playbooks; empty: all.
            package var playbooks: [String] = []
            /// Values of the label `severity`; empty: all.
            package var severities: [String] = []
            /// Labels that an alert must have, with patterns (`*`, `?`) of which its value must fit one.
            package var labels: [String: [String]] = [:]

            package init() {}
        }

        package struct QuietTime: Hashable, Sendable {
            /// Values of the label `severity`; empty: all.
            package var severities: [String] = []
            /// On which it begins; empty: every day.
            package var days: Set<Weekday> = []
            /// nil: from midnight to midnight.
            package var hours: DayTimes?

            package init() {}
        }

        package enum Weekday: String, CaseIterable, Hashable, Sendable {
            case sunday = "sun"
            case monday = "mon"
            case tuesday = "tue"
            case wednesday = "wed"
            case thursday = "thu"
            case friday = "fri"
            case saturday = "sat"
        }

        /// Minutes after midnight; over midnight when the end is not later than the start.
        package struct DayTimes: Hashable, Sendable {
            package var start: Int
            package var end: Int

            package init(start: Int, end: Int) {
                self.start = start
                self.end = end
            }
        }

        package struct Mention: Hashable, Sendable {
            /// Values of the label `severity`; empty: all.
            package var severities: [String] = []
            /// Slack: ids of users (`U…`) and user groups (`S…`), `here`, `channel`. Teams: sign-in names.
            package var who: [String] = []

            package init() {}
        }

        /// Above so many new incidents in a time, a digest tells of the others.
        package struct Storm: Hashable, Sendable {
            package var incidents = 20
            package var within: Duration = .seconds(600)
            package var digestInterval: Duration = .seconds(300)

            package init() {}
        }
    }
}

extension Settings.Receiver.Routing {
    /// Whether the receiver hears of such alerts.
    ///
    /// - Parameter alerts: the labels of each; one that fits is enough.
    package func wants(playbook: String, alerts: [[String: String]]) -> Bool {
        conditions.isEmpty || conditions.contains { $0.holds(playbook: playbook, alerts: alerts) }
    }

    /// When the receiver may be told again; nil when it may now, as it may of any alert that no quiet time is for.
    ///
    /// - Parameter severities: the different ones of the alerts in question; nil for an alert without one.
    package func quietEnd(severities: [String?], at now: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        let ends = (severities.isEmpty ? [nil] : severities).map { quietEnd(severity: $0, at: now, in: zone) }
        return ends.contains(nil) ? nil : ends.compactMap(\.self).min()
    }

    private func quietEnd(severity: String?, at now: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        var end: Timestamp?
        // Where one quiet time runs into the next, both hold; more than a week of them is no end at all.
        for _ in 0..<Self.mostQuietTimesInARow {
            let instant = end ?? now
            guard let next = quiet.compactMap({ $0.end(severity: severity, at: instant, in: zone) }).max() else {
                break
            }
            end = next
        }
        return end
    }

    private static let mostQuietTimesInARow = 14

    /// Who is called for such alerts, each once.
    ///
    /// - Parameter severities: the different ones of the alerts; nil for an alert without one.
    package func mentioned(severities: [String?]) -> [String] {
        var seen: Set<String> = []
        return mentions.filter { mention in severities.contains { Self.fits($0, mention.severities) } }
            .flatMap(\.who).filter { seen.insert($0).inserted }
    }

    fileprivate static func fits(_ severity: String?, _ severities: [String]) -> Bool {
        severities.isEmpty || severities.contains(severity ?? "")
    }
}

extension Settings.Receiver.Routing.Condition {
    fileprivate func holds(playbook: String, alerts: [[String: String]]) -> Bool {
        guard playbooks.isEmpty || playbooks.contains(playbook) else { return false }
        return alerts.contains { labels in
            Settings.Receiver.Routing.fits(labels["severity"], severities)
                && self.labels.allSatisfy { name, patterns in
                    patterns.contains { Glob.matches(labels[name] ?? "", $0) }
                }
        }
    }
}

extension Settings.Receiver.Routing.QuietTime {
    /// The end of this quiet time, when the instant lies in it.
    fileprivate func end(severity: String?, at instant: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        guard Settings.Receiver.Routing.fits(severity, severities) else { return nil }
        let clock = instant.seconds + Int64(zone.local(at: instant).secondsEastOfUTC)
        let times = hours ?? .init(start: 0, end: 0)
        let length = times.end > times.start ? times.end - times.start : times.end + Self.minutesOfADay - times.start
        let today = clock.dividedDown(by: Self.secondsOfADay).quotient
        // One that began yesterday may still go on.
        for day in [today, today - 1] {
            let start = day * Self.secondsOfADay + Int64(times.start * 60)
            let end = start + Int64(length * 60)
            guard (start..<end).contains(clock), isQuiet(on: day) else { continue }
            // The clock may be put forward or back before then.
            let guess = Timestamp(seconds: instant.seconds + end - clock)
            let shift = zone.local(at: instant).secondsEastOfUTC - zone.local(at: guess).secondsEastOfUTC
            return Timestamp(seconds: guess.seconds + Int64(shift))
        }
        return nil
    }

    private static let minutesOfADay = 24 * 60
    private static let secondsOfADay: Int64 = 86_400

    private func isQuiet(on day: Int64) -> Bool {
        guard !days.isEmpty else { return true }
        return days.contains(Settings.Receiver.Routing.Weekday.allCases[CalendarDate.weekday(ofDay: day)])
    }
}
