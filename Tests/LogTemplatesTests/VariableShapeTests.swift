import LogTemplates
import Testing

/// What a single line shows: one readable example for each shape.
struct VariableShapeTests {
    private func template(of line: String) -> String {
        var miner = TemplateMiner()
        return miner.mined(adding: line).text
    }

    @Test(arguments: [
        ("took 1.5e3ms at 10:42:10.123Z", "took <*> at <*>"),
        ("from 10.0.3.17:54106 to 10.0.3.18:80", "from <*> to <*>"),
        ("pod maven-x7k2p is gone", "pod <*> is gone"),
        ("order e475836a-b6ce-461f-8757-487be4c24e6e stored", "order <*> stored"),
        ("link 00:0d:60:ff:fe:ea is up", "link <*> is up"),
        ("hash deadbeefdeadbeefdead matches", "hash <*> matches"),
        ("the added facade is fine", "the added facade is fine"),
    ])
    func `words with digits, and long hexadecimal words`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("cannot open /var/lib/jenkins/workspace/app", "cannot open <*>"),
        ("loading ./plugins and ../shared/base", "loading <*> and <*>"),
        ("I/O error while read/write", "I/O error while read/write"),
    ])
    func `paths`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("GET https://example.org/a/b done", "GET <*> done"),
        ("got https://example.org/maven2/org.acme:tank (17 kB)", "got <*>"),
        ("see {http://tank.example/?q=valve,pump&x=[7]}, or not", "see {<*>[<*>]}, or not"),
        ("is it at http://tank.example? Or at git+ssh://git@tank.example:22/x.git.", "is it at <*>? Or at <*>."),
        ("url=https://tank.example/a;b=c used", "url=<*> used"), ("mind a:// here", "mind a:<*> here"),
    ])
    func `an address is one variable, whatever is in it`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("E0501 10:00:00.284720       1 pump.go:138] Failed to start", "E<*> pump.go:<*>] Failed to start"),
        ("I0501 10:00:02.782371 7 pump.go:102] \"Started\"", "I<*> pump.go:<*>] \"Started\""),
        ("E0501 is a part", "<*> is a part"), ("X0501 10:00:00 on", "<*> on"),
    ])
    func `the letter of klog's severity stays`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("lookup of db.internal failed", "lookup of <*> failed"),
        ("lookup of www.example.org failed", "lookup of <*> failed"),
        ("lookup of dsl.example.es failed", "lookup of <*> failed"),
        ("proxy.example.museum:8080 open", "<*> open"), ("example.es:443 open", "<*> open"),
        ("at main.go:7 and at main.go:714", "at main.go:<*> and at main.go:<*>"),
        ("java.io.IOException: closed", "java.io.IOException: closed"),
        ("main.py has no tests", "main.py has no tests"),
        ("set dfs.replication:3 now", "set dfs.replication:<*> now"),
    ])
    func `host names, with a port or with an ending that only hosts have`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("took 15 ms", "took <*>"), ("sent 1.36 KB, got 20 MB.", "sent <*>, got <*>."),
        ("lifetime <1 sec", "lifetime <*>"), ("took 15 steps", "took <*> steps"),
        ("at 5.2 MB/s since 10:42 PM", "at <*> since <*>"), ("read 5 s/he", "read <*> s/he"),
    ])
    func `quantities take their unit along`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("at Sat Jul  9 12:16:49 2005", "at <*>"), ("due July 9, 2005 for all", "due <*> for all"),
        ("it may fail on the sun", "it may fail on the sun"),
    ])
    func `names of days and months beside numbers are part of a date`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("user \"Ñandú\" logged in", "user <*> logged in"),
        ("10.0.0.1 - \"GET /cart/7 HTTP/1.1\" 200", "<*> - \"GET <*>\" <*>"),
        ("main.go:7] \"Started\" node='a'", "main.go:<*>] \"Started\" node='a'"),
        ("user 'admin' can't log in", "user <*> can't log in"),
        ("level=info msg=\"connection lost\"", "level=info msg=\"connection lost\""),
        ("{\"msg\":\"started\",\"port\":8080}", "{\"msg\":\"started\",\"port\":<*>}"),
    ])
    func `a quoted word, but neither a phrase nor what is the message`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("ids [7, 12, 9] left", "ids [<*>] left"), ("cities [Vigo, Lugo] left", "cities [<*>] left"),
        ("rooms: 7, 12, 9 left", "rooms: <*> left"), ("delete blk_1 blk_2 blk_3", "delete <*>"),
        ("[INFO] [a, then b is one] ok", "[INFO] [a, then b is one] ok"),
    ])
    func `lists are one variable, however long`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("sent 1396 bytes (1.36 KB) now", "sent <*> bytes now"), ("from 10.0.0.1 () at 7", "from <*> at <*>"),
        ("call run() (again) now", "call run() (again) now"),
    ])
    func `a remark in brackets that says no word is left out`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("ready=true owner=null", "ready=<*> owner=<*>"), ("allDrawn= false", "allDrawn= <*>"),
        ("that is true", "that is true"),
    ])
    func `true, null and their like where a value stands`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test(arguments: [
        ("prefetch depth......0", "prefetch depth......<*>"), ("wait...", "wait..."),
    ])
    func `leading dots divide a name from its value`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }

    @Test func `colours are no part of a line`() {
        #expect(
            template(of: "\u{1B}[1;31mERROR\u{1B}[0m: agent \u{1B}[32ma1b\u{1B}[0m lost") == "ERROR: agent <*> lost")
        #expect(template(of: "cut off \u{1B}[31") == "cut off")
        #expect(template(of: "\u{1B}]8;;http://a.b\u{1B}\\tank\u{1B}]8;;\u{7} \u{1B}(Bis full") == "tank is full")
        var miner = TemplateMiner()
        #expect(miner.mined(adding: "\u{1B}[31mtank\u{1B}[0m is full").example == "tank is full")
    }

    @Test(arguments: [
        ("", ""), (" \t ", ""), ("Cannot contact a1b: x.ChannelClosed", "Cannot contact <*>: x.ChannelClosed"),
        ("a\u{0}b\u{7}c", "a b c"), ("uno  dos\ttres", "uno dos tres"),
    ])
    func `blanks and control characters divide words`(line: String, expected: String) {
        #expect(template(of: line) == expected)
    }
}

extension TemplateMiner {
    /// The template of this line.
    mutating func mined(adding line: String) -> Template {
        let form = add(line)
        return mined().template(of: form)
    }
}
