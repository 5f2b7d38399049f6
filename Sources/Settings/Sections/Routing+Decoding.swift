extension Settings.Receiver.Routing {
    /// Reads the keys of a receiver that say what it hears of.
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("when", as: .list(of: .section(Condition.init)), into: &conditions)
        reader.read("quiet", as: .list(of: .section(QuietTime.init)), into: &quiet)
        reader.read("mentions", as: .list(of: .section(Mention.init)), into: &mentions)
        reader.read("storm", as: .stormOrOff, into: &storm)
        reader.read(
            "remind_every", as: .duration(in: .seconds(300) ... .seconds(7 * 86_400)), into: &reminderInterval)
        reportMentionsThatCannotBe(in: reader)
    }

    /// What people write there is put into messages as it is: only what Slack's and Teams' own names look like.
    private func reportMentionsThatCannotBe(in reader: YAMLReader) {
        let isSlack = reader.has("slack")
        for who in mentions.flatMap(\.who) where !(isSlack ? Self.isSlackName(who) : Self.isSignInName(who)) {
            reader.node("mentions")?.report(
                isSlack
                    ? "'\(who)' is no id of a user (U…) or user group (S…), nor here or channel"
                    : "'\(who)' is no sign-in name like on-call@example.com")
        }
    }

    private static func isSlackName(_ who: String) -> Bool {
        ["here", "channel"].contains(who) || who.wholeMatch(of: /[USW][A-Z0-9]{5,30}/) != nil
    }

    private static func isSignInName(_ who: String) -> Bool {
        who.wholeMatch(of: /[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+/) != nil
    }
}

extension Settings.Receiver.Routing.Condition {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("playbooks", as: .oneOrMoreTexts, into: &playbooks)
        reader.read("severities", as: .oneOrMoreTexts, into: &severities)
        reader.read("labels", as: .labelPatterns, into: &labels)
        if playbooks.isEmpty, severities.isEmpty, labels.isEmpty {
            reader.report("holds for everything: give playbooks, severities or labels, or remove when")
        }
    }
}

extension Settings.Receiver.Routing.QuietTime {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("severities", as: .oneOrMoreTexts, into: &severities)
        if let given = reader.optional("days", as: .list(of: .oneOf(Settings.Receiver.Routing.Weekday.self))) {
            days = Set(given)
        }
        reader.read("hours", as: .dayTimes, into: &hours)
        if !reader.has("severities"), !reader.has("days"), !reader.has("hours") {
            reader.report("is always quiet: give days, hours or severities")
        }
    }
}

extension Settings.Receiver.Routing.Mention {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("severities", as: .oneOrMoreTexts, into: &severities)
        if let given = reader.required("who", as: .oneOrMoreTexts) { who = given }
    }
}

extension Settings.Receiver.Routing.Storm {
    init(_ reader: YAMLReader) {
        self.init()
        reader.read("incidents", as: .integer(in: 1...10_000), into: &incidents)
        reader.read("within", as: .duration(in: .seconds(10) ... .seconds(86_400)), into: &within)
        reader.read("digest_every", as: .duration(in: .seconds(10) ... .seconds(86_400)), into: &digestInterval)
    }
}

extension YAMLShape<Settings.Receiver.Routing.Storm?> {
    /// A section, or `off`.
    fileprivate static var stormOrOff: YAMLShape {
        YAMLShape { node in
            if node.rawScalar == "off" || node.rawScalar == "false" { return .some(nil) }
            return YAMLShape<Settings.Receiver.Routing.Storm>.section(Settings.Receiver.Routing.Storm.init).read(node)
        }
    }
}

extension YAMLShape<[String: [String]]> {
    /// Labels with one pattern or several each.
    fileprivate static var labelPatterns: YAMLShape {
        YAMLShape { node in
            guard let reader = node.reader() else { return nil }
            var labels: [String: [String]] = [:]
            for entry in reader.entries {
                labels[entry.name] = YAMLShape<[String]>.oneOrMoreTexts.read(entry.value)
            }
            return labels
        }
    }
}

extension YAMLShape<Settings.Receiver.Routing.DayTimes> {
    /// `22:00-07:00`
    fileprivate static var dayTimes: YAMLShape {
        .scalar("hours like 22:00-07:00", isText: true) { text in
            guard let match = text.wholeMatch(of: /(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})/),
                let start = minutes(match.1, match.2), let end = minutes(match.3, match.4), start != end
            else { return nil }
            return Settings.Receiver.Routing.DayTimes(start: start, end: end % (24 * 60))
        }
    }

    private static func minutes(_ hours: Substring, _ minutes: Substring) -> Int? {
        guard let hours = Int(hours), let minutes = Int(minutes), minutes < 60, hours * 60 + minutes <= 24 * 60 else {
            return nil
        }
        return hours * 60 + minutes
    }
}
