import FoundationEssentials
import Languages
import Settings
import Telemetry
import Testing

/// What a receiver hears of, and when.
@Suite struct RoutingTests {
    private func loaded(_ keys: String) throws -> LoadedFrom {
        let madrid = "/usr/share/zoneinfo/Europe/Madrid"
        var from = LoadedFrom(
            """
            receivers:
              - name: on-call
                slack: {bot_token: "${TOKEN}", channel: C0123456789}
            \(keys.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            """, environment: ["TOKEN": "xoxb-1"])
        from.zones[madrid] = [UInt8](try Data(contentsOf: URL(filePath: madrid)))
        return from
    }

    private func receiver(_ keys: String) throws -> Settings.Receiver {
        try #require(try loaded(keys).settings().receivers.first)
    }

    private func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test(arguments: [("", nil), ("pictures: on", true), ("pictures: off", false)])
    func `pictures are sent, are not, or are where they can be made`(_ keys: String, _ expected: Bool?) throws {
        #expect(try receiver(keys).pictures == expected)
    }

    @Test func `a webhook takes no pictures`() throws {
        let from = LoadedFrom(
            """
            receivers:
              - name: on-call
                slack: {webhook_url: "${URL}"}
                pictures: on
            """, environment: ["URL": "https://hooks.slack.com/services/T/B/x"])
        let messages = from.problems()
        #expect(messages.contains { $0.contains("pictures can only be uploaded with slack.bot_token") })
    }

    @Test func `a receiver that says nothing hears of everything at once, in UTC`() throws {
        let receiver = try receiver("")
        #expect(receiver.routing == Settings.Receiver.Routing())
        #expect(receiver.timeZone == .utc)
        #expect(receiver.language == .english)
        #expect(receiver.routing.wants(playbook: "any", alerts: [[:]]))
        #expect(receiver.routing.quietEnd(severities: [], at: try instant("2026-11-22T03:00:00Z"), in: .utc) == nil)
        #expect(receiver.routing.storm == Settings.Receiver.Routing.Storm())
    }

    @Test(arguments: [
        ("jenkins", ["severity": "critical", "namespace": "ci"], true),
        ("jenkins", ["severity": "warning", "namespace": "ci"], false),
        ("other", ["severity": "critical", "namespace": "ci"], false),
        ("other", ["severity": "info", "namespace": "shop-eu"], true),
        ("other", ["severity": "info"], false),
    ])
    func `any condition is enough, and all of one must hold`(
        _ row: (playbook: String, labels: [String: String], wants: Bool)
    ) throws {
        let routing = try receiver(
            """
            when:
              - {playbooks: jenkins, severities: [critical]}
              - labels: {namespace: [shop-*, pay?]}
            """
        ).routing
        #expect(routing.wants(playbook: row.playbook, alerts: [row.labels]) == row.wants)
    }

    @Test(arguments: [
        // In the night of a working day: until the morning.
        ("2026-11-24T02:00:00Z", "warning", "2026-11-24T06:00:00Z"),
        ("2026-11-23T21:00:00Z", "warning", "2026-11-24T06:00:00Z"),
        ("2026-11-23T20:59:59Z", "warning", nil),
        ("2026-11-24T06:00:00Z", "warning", nil),
        // Not for what is critical.
        ("2026-11-24T02:00:00Z", "critical", nil),
        // The whole weekend, until Monday's midnight, which runs into the night's hours.
        ("2026-11-21T12:00:00Z", "warning", "2026-11-23T06:00:00Z"),
        // Clocks go back in this night: seven in the morning is an hour later.
        ("2026-03-29T00:30:00Z", "warning", "2026-03-30T05:00:00Z"),
    ])
    func `quiet times are those of the reader's clock, one after the other`(
        _ row: (now: String, severity: String, end: String?)
    ) throws {
        let receiver = try receiver(
            """
            time_zone: Europe/Madrid
            quiet:
              - {severities: [warning], hours: "22:00-07:00"}
              - {severities: [warning], days: [sat, sun]}
            """)
        let end = receiver.routing.quietEnd(
            severities: [row.severity], at: try instant(row.now), in: receiver.timeZone)
        #expect(end == (try row.end.map { try instant($0) }))
    }

    @Test func `a quiet time holds a group only while it is for all of its severities`() throws {
        let receiver = try receiver(
            """
            quiet:
              - {severities: [warning], hours: "22:00-07:00"}
              - {severities: [info], hours: "00:00-12:00"}
            """)
        let night = try instant("2026-11-22T03:00:00Z")
        func end(_ severities: [String?]) -> Timestamp? {
            receiver.routing.quietEnd(severities: severities, at: night, in: .utc)
        }
        #expect(end(["warning", "critical"]) == nil)
        #expect(end(["warning", nil]) == nil)
        #expect(end(["info", "warning"]) == (try instant("2026-11-22T07:00:00Z")))
    }

    @Test func `each receiver has its own language`() throws {
        #expect(try receiver("language: es").language == .spanish)
        #expect(try receiver("language: en").language == .english)
    }

    @Test func `only those who are configured for a severity are called, each once`() throws {
        let routing = try receiver(
            """
            mentions:
              - {severities: [critical], who: [S0123456789, here]}
              - {who: [here, U0123456789]}
            """
        ).routing
        #expect(routing.mentioned(severities: ["critical"]) == ["S0123456789", "here", "U0123456789"])
        #expect(routing.mentioned(severities: ["info"]) == ["here", "U0123456789"])
        #expect(routing.mentioned(severities: ["info", "critical"]) == routing.mentioned(severities: ["critical"]))
    }

    @Test(arguments: [
        ("when: [{}]", "receivers[0].when[0]: holds for everything"),
        ("quiet: [{}]", "receivers[0].quiet[0]: is always quiet"),
        ("quiet: [{hours: \"7-8\"}]", "expected hours like 22:00-07:00"),
        ("mentions: [{who: everybody}]", "'everybody' is no id of a user"),
        ("mentions: [{who: \"<!channel>\"}]", "'<!channel>' is no id of a user"),
        ("language: fr", "receivers[0].language: expected one of en, es"),
        ("time_zone: ../../etc/passwd", "expected a time zone like Europe/Madrid"),
        ("time_zone: Europe/Nowhere", "there is no file /usr/share/zoneinfo/Europe/Nowhere"),
        ("storm: {incidents: 0}", "receivers[0].storm.incidents"),
        ("remind_every: 1s", "receivers[0].remind_every"),
    ])
    func `what cannot be is refused with its place`(_ row: (keys: String, problem: String)) throws {
        let problems = try loaded(row.keys).problems()
        #expect(problems.count == 1)
        #expect(problems.first?.contains(row.problem) == true, "\(problems)")
    }

    @Test func `a storm's digest can be switched off and changed`() throws {
        #expect(try receiver("storm: off").routing.storm == nil)
        let storm = try #require(try receiver("storm: {incidents: 3, digest_every: 1m}").routing.storm)
        #expect((storm.incidents, storm.within, storm.digestInterval) == (3, .seconds(600), .seconds(60)))
    }

    @Test(arguments: ["C0123456789", "#on-call"])
    func `a channel is given by its id or its name, in quotes or without where YAML can`(_ channel: String) throws {
        let loaded = LoadedFrom(
            "receivers: [{name: a, slack: {bot_token: \"${TOKEN}\", channel: \"\(channel)\"}}]",
            environment: ["TOKEN": "xoxb-1"])
        guard case .slackBot(let bot) = try loaded.settings().receivers.first?.platform else {
            Issue.record("it is no bot")
            return
        }
        #expect(bot.channel == channel)
    }

    @Test(arguments: [
        ("slack: {bot_token: \"${TOKEN}\"}", "channel is missing"),
        ("slack: {bot_token: \"${TOKEN}\", channel: \"a b\"}", "expected a channel like C0123456789 or #on-call"),
        ("slack: {bot_token: \"${TOKEN}\", channel: C1, webhook_url: \"${TOKEN}\"}", "keep one of the two"),
        ("slack: {bot_token: xoxb-1, channel: C1}", "a secret must not stand in the configuration"),
    ])
    func `a Slack app needs a token that is no part of the file, and a channel`(
        _ row: (slack: String, problem: String)
    ) {
        let problems = LoadedFrom("receivers: [{name: a, \(row.slack)}]", environment: ["TOKEN": "xoxb-1"]).problems()
        #expect(problems.contains { $0.contains(row.problem) }, "\(problems)")
    }
}
