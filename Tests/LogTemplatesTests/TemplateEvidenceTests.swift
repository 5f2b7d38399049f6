import LogTemplates
import Testing

/// What only many lines show: where they differ in a variable, and where they tell different things.
struct TemplateEvidenceTests {
    /// The texts of the templates of these lines, in the order of first sight.
    private func templates(of lines: [String]) -> [String] {
        var miner = TemplateMiner()
        for line in lines { _ = miner.add(line) }
        return miner.mined().templates.map(\.text)
    }

    private let people = ["root", "ana", "luz", "noe", "eva", "iria", "xela", "uxia", "brais"]

    @Test func `many words in one place are a variable, few tell events apart`() {
        #expect(
            templates(of: people.map { "connection of \($0) was accepted" }) == ["connection of <*> was accepted"])
        #expect(
            templates(of: ["opened", "closed", "reset"].map { "connection was \($0) by peer" }).count == 3)
    }

    @Test func `events and variables are told apart in the same lines`() {
        let lines = people.flatMap { ["session opened for user \($0) now", "session closed for user \($0) now"] }
        #expect(templates(of: lines) == ["session opened for user <*> now", "session closed for user <*> now"])
    }

    @Test func `where little else is said, and in the first place, more is asked for`() {
        #expect(templates(of: people.prefix(6).map { "started \($0)" }).count == 6)
        #expect(templates(of: people.prefix(6).map { "\($0) startup succeeded" }).count == 6)
        #expect(templates(of: people.map { "\($0) startup succeeded" }) == ["<*> startup succeeded"])
    }

    @Test func `words in capitals are states and tell events apart`() {
        let states = ["NEW", "RUNNING", "FAILED", "KILLED", "DONE", "LOST"]
        #expect(templates(of: states.map { "the task is now in state \($0) again" }).count == states.count)
    }

    @Test func `a place where some lines have a number is a variable in the others`() {
        #expect(
            templates(of: ["failed login for user 4711 from tty", "failed login for user ana from tty"])
                == ["failed login for user <*> from tty"])
    }

    @Test func `what was found to follow a word is a variable behind the same word elsewhere`() {
        let lines = people.map { "session closed for user \($0) now" }
        let opened = people.prefix(2).map { "a new session was opened for user \($0)" }
        #expect(templates(of: lines + opened).last == "a new session was opened for user <*>")
        #expect(templates(of: opened).count == 2)
    }

    @Test func `one attribute of few values tells kinds apart, several are data`() {
        #expect(templates(of: ["login ok user=ana tty=none", "login ok user=luz tty=none"]).count == 2)
        #expect(
            templates(of: [
                "query all trips from=vigo to=lugo", "query all trips from=lugo to=vigo",
                "query all trips from=vigo to=vigo",
            ]) == ["query all trips from=<*> to=<*>"])
    }

    @Test func `lines that say different things stay apart`() {
        let lines = [
            "connection to database refused", "connection to database opened successfully", "payment of order accepted",
            "id=4 opened", "age=4 opened",
        ]
        #expect(templates(of: lines).count == lines.count)
    }

    @Test func `punctuation that all lines share is no part of the variable`() {
        #expect(
            templates(of: people.map { "trip of \($0), paid in full" }) == ["trip of <*>, paid in full"])
    }

    @Test func `quotes that all lines share are no part of the variable`() {
        #expect(templates(of: people.map { "all is well with node=\"\($0)\"" }) == ["all is well with node=\"<*>\""])
    }

    @Test(arguments: [
        "level=info msg=MESSAGE user=USER trace=7",
        "{\"level\":\"info\",\"msg\":\"MESSAGE\",\"user\":\"USER\",\"trace\":7}",
    ])
    func `in logfmt and JSON, messages tell events apart, attributes do not`(form: String) {
        let messages = ["started", "stopped", "ready", "lost", "found"]
        let lines = people.flatMap { user in
            messages.map { form.replacing("MESSAGE", with: $0).replacing("USER", with: user) }
        }
        let found = templates(of: lines)
        #expect(found.count == messages.count)
        for (message, text) in zip(messages, found) { #expect(text.contains(message)) }
    }

    @Test func `the level of a structured line tells events apart`() {
        let lines = people.flatMap { user in
            ["info", "error"].map { "{\"level\":\"\($0)\",\"msg\":\"done\",\"user\":\"\(user)\"}" }
        }
        #expect(templates(of: lines).count == 2)
    }

    @Test func `lines that match a more general template are its lines`() {
        // The thread is a variable, which shows in the lines of the pool; the line of `main` alone would not tell.
        var lines: [String] = []
        for level in ["INFO", "WARN"] {
            for thread in ["main", "scheduler", "pool-1"] {
                for name in people.prefix(6) {
                    lines.append("9 \(level) [\(thread)] web.Client - request to \(name) took 7 ms")
                }
            }
        }
        #expect(
            templates(of: lines) == ["INFO", "WARN"].map { "<*> \($0) [<*>] web.Client - request to <*> took <*>" })
    }
}
