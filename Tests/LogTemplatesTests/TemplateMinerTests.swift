import LogTemplates
import Testing

struct TemplateMinerTests {
    @Test(arguments: [
        ("took 15 ms", "took <*> ms"),
        ("took 1.5e3ms at 10:42:10.123Z", "took <*> at <*>"),
        ("from 10.0.3.17:54106 to 10.0.3.18:80", "from <*> to <*>"),
        ("pod maven-x7k2p is gone", "pod <*> is gone"),
        ("order e475836a-b6ce-461f-8757-487be4c24e6e stored", "order <*> stored"),
        ("hash deadbeefdeadbeefdead matches", "hash <*> matches"),
        ("cannot open /var/lib/jenkins/workspace/app", "cannot open <*>"),
        ("GET https://example.org/a/b done", "GET https:<*> done"),
        ("user \"Ñandú y cía\" logged in", "user <*> logged in"),
        ("user 'admin' can't log in", "user <*> can't log in"),
        ("level=info msg=\"connection lost\"", "level=info msg=\"connection lost\""),
        ("ids [7, 12, 9] left", "ids [<*>] left"),
        ("{\"msg\":\"started\",\"port\":8080}", "{\"msg\":\"started\",\"port\":<*>}"),
        (
            "Cannot contact maven-x7k2p: hudson.remoting.ChannelClosedException",
            "Cannot contact <*>: hudson.remoting.ChannelClosedException"
        ),
        ("", ""),
    ])
    func `what is recognisably a variable becomes one`(line: String, template: String) {
        var miner = TemplateMiner()
        let id = miner.add(line)
        #expect(miner.template(id)?.text == template)
    }

    @Test func `lists of different length are one template`() {
        var miner = TemplateMiner()
        #expect(miner.add("rooms: 7, 12, 9 left") == miner.add("rooms: 7, 12, 9, 11, 13 left"))
    }

    @Test func `words that differ become a variable, and the count and the first line are kept`() {
        var miner = TemplateMiner()
        let first = miner.add("session opened for user root by daemon")
        let second = miner.add("session opened for user admin by daemon")
        #expect(first == second)
        #expect(miner.template(first)?.text == "session opened for user <*> by daemon")
        #expect(miner.template(first)?.count == 2)
        #expect(miner.template(first)?.example == "session opened for user root by daemon")
    }

    @Test func `lines that say different things stay apart`() {
        var miner = TemplateMiner()
        let ids = [
            "connection to database refused", "connection to database opened successfully", "payment of order accepted",
            "id=4 opened", "age=4 opened",
        ].map { miner.add($0) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `every line is counted once, and equal lines share a template`() {
        var random = Sequence64(seed: 7)
        var miner = TemplateMiner()
        var known: [String: TemplateID] = [:]
        let words = ["open", "close", "read", "file", "socket", "user", "42", "10.0.0.1", "/a/b", "failed", "\"x y\""]
        for number in 1...3000 {
            let line = (0..<(1 + Int(random.next() % 6))).map { _ in words[Int(random.next() % UInt64(words.count))] }
                .joined(separator: " ")
            let id = miner.add(line)
            if let before = known[line] { #expect(id == before, "\(line)") }
            known[line] = id
            guard number % 500 == 0 else { continue }
            #expect(miner.templates.reduce(0) { $0 + $1.count } == number)
            #expect(miner.templates.map(\.id.index) == Array(miner.templates.indices))
        }
    }

    @Test func `the same lines give the same templates`() {
        let lines = (0..<500).map { "worker \($0 % 7) finished job \(["alpha", "beta", "gamma"][$0 % 3]) in \($0) ms" }
        func mined() -> [Template] {
            var miner = TemplateMiner()
            for line in lines { _ = miner.add(line) }
            return miner.templates
        }
        #expect(mined() == mined())
    }

    @Test func `memory is bounded: what comes after the last template is counted together`() {
        var miner = TemplateMiner(limits: .init(templates: 10))
        let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
        for first in letters { for second in letters { _ = miner.add("\(first)x says \(second)y \(first)\(second)z") } }
        #expect(miner.templates.count == 10)
        #expect(miner.templates.last?.text == "<*>")
        #expect(miner.templates.reduce(0) { $0 + $1.count } == 26 * 26)
    }

    @Test func `a line of a megabyte and bytes that are no text do no harm`() {
        var miner = TemplateMiner()
        let long = miner.add(String(repeating: "word ", count: 200_000))
        let broken = miner.add(String(decoding: [0xff, 0xfe, 0x20, 0x00, 0x07, 0xc3], as: UTF8.self))
        #expect(long != broken)
        #expect(miner.templates.count == 2)
        #expect((miner.template(long)?.text.utf8.count ?? 0) < 5000)
    }
}

/// A fixed sequence of numbers, so that a failing test fails again: SplitMix64.
struct Sequence64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
