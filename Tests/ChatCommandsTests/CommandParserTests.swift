import Journal
import Languages
import Testing

@testable import ChatCommands

@Suite struct CommandParserTests {
    private static let id = IncidentID(number: 42)

    @Test(
        arguments: [
            ("", .help), ("help", .help), ("  ?  ", .help), ("STATUS", .status),
            ("why shop", .why(service: "shop", incident: nil, lookback: .seconds(1800))),
            ("why shop 1h30m", .why(service: "shop", incident: nil, lookback: .seconds(5400))),
            ("why 15m shop", .why(service: "shop", incident: nil, lookback: .seconds(900))),
            ("incident i-42", .incident(id)), ("incident 42", .incident(id)), ("replay I-42", .replay(id)),
            ("similar i-42", .similar(id)), ("ack i-42", .acknowledge(id)), ("acknowledge 42", .acknowledge(id)),
            ("note i-42 the pool  was\ttoo small", .note(id, "the pool was too small")),
            ("right i-42", .right(id)), ("wrong i-42", .wrong(id, actual: "")),
            ("wrong i-42 node lost", .wrong(id, actual: "node lost")),
            ("silence i-42", .silence(id, lasting: .seconds(3600), reason: "")),
            ("silence i-42 2h", .silence(id, lasting: .seconds(7200), reason: "")),
            (
                "silence i-42 2H maintenance of the pool",
                .silence(id, lasting: .seconds(7200), reason: "maintenance of the pool")
            ),
            ("silence i-42 maintenance", .silence(id, lasting: .seconds(3600), reason: "maintenance")),
            ("unsilence i-42", .endSilence(id)),
        ] as [(String, Command)])
    func `a command is read`(row: (text: String, command: Command)) throws {
        #expect(try CommandParser().parse(row.text) == row.command)
    }

    @Test(
        arguments: [
            ("ack", .acknowledge(id)), ("ack i-7", .acknowledge(IncidentID(number: 7))),
            ("note 42 builds were lost", .note(id, "42 builds were lost")),
            ("silence 2h", .silence(id, lasting: .seconds(7200), reason: "")),
            ("wrong node-lost", .wrong(id, actual: "node-lost")), ("similar", .similar(id)),
            ("why", .why(service: nil, incident: id, lookback: .seconds(1800))),
            ("why 10m", .why(service: nil, incident: id, lookback: .seconds(600))),
            ("why shop", .why(service: "shop", incident: nil, lookback: .seconds(1800))),
        ] as [(String, Command)])
    func `in an incident's thread its id can be left out`(row: (text: String, command: Command)) throws {
        #expect(try CommandParser(thread: Self.id).parse(row.text) == row.command)
    }

    @Test(arguments: [
        ("stauts", "did you mean `status`?"), ("silense i-42", "did you mean `silence`?"),
        ("frobnicate", "`help` lists the commands"), ("ack", "Say which incident, as in `ack i-42`"),
        ("ack now", "`now` is no incident's id"), ("ack i-0", "`i-0` is no incident's id"),
        ("ack i-99999999999999999999", "is no incident's id"), ("ack i-42 please", "what is `please`?"),
        ("note i-42", "A note needs a text"), ("why", "Say which service"), ("why shop 10s", "1 minute at least"),
        ("why shop 2d", "1 day at most"), ("why shop cart 30m", "takes one service and one time"),
        ("silence i-42 2x", "`2x` is no time"), ("silence i-42 0h", "`0h` is no time"),
        ("silence i-42 99999999999h", "is no time"),
    ])
    func `what cannot be read is answered with a sentence`(row: (text: String, told: String)) {
        let mistake = #expect(throws: CommandMistake.self) { try CommandParser().parse(row.text) }
        #expect(mistake?.sentence.english.contains(row.told) == true, "\(mistake?.sentence.english ?? "")")
    }

    @Test(arguments: [
        "<!channel> ping", "`ack` i-42`", "\u{202E}kca", "ack\u{0}", "*bold*", String(repeating: "x", count: 100_000),
        "ack <http://x|i-42>", "i-42", "🙈", "ack i-४२",
    ])
    func `a hostile text becomes one short line with its marks taken out`(text: String) {
        let mistake = #expect(throws: CommandMistake.self) { try CommandParser().parse(text) }
        let sentence = mistake?.sentence.english ?? ""
        #expect(sentence.unicodeScalars.count < 250)
        #expect(sentence.filter { $0 == "`" }.count.isMultiple(of: 2))
        #expect(!sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }

    @Test func `a text of any length is refused above what anybody reads`() {
        let long = String(repeating: "x ", count: 2000)
        for verb in ["note i-42", "silence i-42 1h", "wrong i-42"] {
            let mistake = #expect(throws: CommandMistake.self) { try CommandParser().parse("\(verb) \(long)") }
            #expect(mistake?.sentence.english.contains("too long") == true)
        }
    }
}
