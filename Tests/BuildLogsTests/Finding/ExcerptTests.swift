import BuildLogs
import Testing

@Suite struct ExcerptTests {
    private func excerpt(_ log: String, good: String? = nil, atMost maximum: Int = 20) -> [Excerpt.Line] {
        Excerpt(
            of: BuildLog(bytes: Array(log.utf8)), reference: good.map { BuildLog(bytes: Array($0.utf8)) },
            maximumLines: maximum
        ).lines
    }

    private let travis = """
        travis_fold:start:install
        $ ./prepare
        E: Unable to locate package valve-doc
        The command "./prepare" exited with 0.
        travis_time:start:02
        $ make check
        tank.c:4:2: error: expected ';'
        make: *** [tank.o] Error 1
        travis_time:end:02:start=1,finish=2,duration=1
        The command "make check" exited with 2.
        travis_fold:start:after_failure
        $ cat core.log
        pump.c:9:9: error: this log is from yesterday
        The command "cat core.log" exited with 0.
        Done. Your build exited with 1.
        """

    @Test func `the command that failed outranks those that went well and those that came after`() {
        let lines = excerpt(travis)
        #expect(lines.first?.number == 7)
        #expect(!lines.contains { $0.number == 13 || $0.number == 3 })
    }

    @Test func `no more lines than asked for, and none twice`() {
        let log = (1...200).map { "a.c:\($0):1: error: no \($0)\n" }.joined()
        for maximum in [0, 1, 7, 20] {
            let lines = excerpt(log, atMost: maximum)
            #expect(lines.count == maximum)
            #expect(Set(lines.map(\.number)).count == maximum)
        }
    }

    @Test func `the first of many like errors is the best`() {
        let log = (1...60).map { "a.c:\($0):1: error: no \($0)\n" }.joined() + "make: *** [a.o] Error 1\n"
        #expect(excerpt(log).first?.number == 1)
    }

    @Test func `what the good build says too is left out`() {
        let good = "loading\nE: Failed to fetch mirror 12\nok\n"
        let bad = "loading\nE: Failed to fetch mirror 17\nsh: 1: valvectl: not found\n"
        #expect(excerpt(bad).contains { $0.number == 2 })
        let lines = excerpt(bad, good: good)
        #expect(lines.first?.number == 3)
        #expect(!lines.contains { $0.number == 2 })
    }

    @Test func `an exception in a test that passed is no cause`() {
        let log = """
            [INFO] Running PumpTest
            java.lang.IllegalStateException: thrown on purpose
            \tat Pump.start(Pump.java:9)
            [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s - in PumpTest
            [ERROR] Failed to execute goal org.acme:valve-plugin:1.0:check on project pump: no valve
            """
        let lines = excerpt(log)
        #expect(lines.first?.number == 5)
        #expect(!lines.contains { $0.number == 2 })
    }

    @Test func `what a build that succeeded wrote is outranked by the one that failed`() {
        let log = """
            [ERROR] /ws/a/src/Tank.java:[3,4] unmappable character for encoding ASCII
            [INFO] BUILD SUCCESS
            [INFO] Building the pump
            [ERROR] /ws/b/src/Pump.java:[9,2] cannot find symbol
            [INFO] BUILD FAILURE
            """
        #expect(excerpt(log).first?.number == 4)
    }

    @Test func `two errors of a kind keep the order in which they were written`() {
        let log = "a.c:1:1: error: x\n" + (1...9).map { "cc -c \($0).c\n" }.joined() + "b.c:2:2: error: y\n"
        #expect(excerpt(log).map(\.number) == [1, 11])
    }

    @Test func `what is printed after the end of the run is no cause`() {
        let log = """
            travis_time:start:1
            $ make
            tank.c:4:2: error: expected ';'
            The command "make" exited with 2.
            Done. Your build exited with 1.
            /root/.travis/stages: line 166: session_update: command not found
            """
        #expect(excerpt(log).map(\.number) == [3])
    }

    @Test func `empty lines inside a block are kept where there is room, and never cost another line`() {
        let log = "not ok 1 - drains\n\n    expected: 0\n\n    actual: 3\n"
        #expect(excerpt(log).map(\.number).sorted() == [1, 2, 3, 4, 5])
        #expect(excerpt(log, atMost: 3).map(\.number).sorted() == [1, 3, 5])
    }

    @Test func `a terminal that doubles its line ends tears no block apart`() {
        let log = """
            Failures:

              1) Tank drains
                 Failure/Error: expect(tank.drain).to eq 0
                   expected: 0
                        got: 3
                 # ./spec/tank_spec.rb:12:in `block (2 levels) in <top (required)>'
            """
        let doubled = log.replacing("\n", with: "\r\r\n")
        let shown = excerpt(doubled, atMost: 5).map(\.text)
        #expect(shown.contains { $0.contains("got: 3") } && shown.contains { $0.contains("1) Tank drains") })
    }

    @Test func `each command that failed has its first error shown before further ones`() {
        let log = """
            travis_time:start:1
            $ make local
            a.c:1:1: error: one
            b.c:2:2: error: two
            c.c:3:3: error: three
            The command "make local" exited with 2.
            travis_time:start:2
            $ make check
            d.c:4:4: error: four
            e.c:5:5: error: five
            The command "make check" exited with 2.
            """
        #expect(excerpt(log, atMost: 3).map(\.number) == [3, 9, 4])
    }

    @Test func `the same error at another place is another error, the same again is not`() {
        let log = """
            error[E0425]: cannot find value `x`
              --> a.rs:1:1
            error[E0425]: cannot find value `x`
              --> b.rs:2:2
            error[E0425]: cannot find value `x`
              --> a.rs:1:1
            error: aborting due to 3 previous errors
            """
        #expect(excerpt(log).map(\.number) == [1, 2, 3, 4])
    }

    @Test func `where a header is included from belongs to the error in it`() {
        let log = """
            cc -c main.c
            In file included from tank.h:4:0,
                             from main.c:13:
            valve.h:6:21: fatal error: libvalve.h: No such file or directory
            """
        #expect(excerpt(log).map(\.number) == [4, 2, 3])
    }

    @Test func `a summary after which the step went on for long is not the end`() {
        let log =
            "old.c:1:1: error: tried without the library\nmake: *** [probe] Error 1\n"
            + (1...300).map { "building part \($0)\n" }.joined() + "new.c:2:2: error: x\nmake: *** [all] Error 2\n"
        #expect(excerpt(log).first?.number == 303)
    }

    @Test func `a command that no rule knows has its last words shown`() {
        let log = """
            travis_time:start:1
            $ ./check-words
            reading 120 files
            the word "valve" is spelt three ways in tank.txt
            The command "./check-words" exited with 1.
            """
        let lines = excerpt(log)
        #expect(lines.first?.number == 4)
        #expect(lines.first?.why == "the step's last words")
    }

    @Test func `scores never rise, and the same log gives the same lines`() {
        let lines = excerpt(travis)
        #expect(lines == excerpt(travis))
        #expect(lines.map(\.score) == lines.map(\.score).sorted(by: >))
    }

    @Test func `a log that speaks of no failure gives its last words`() {
        #expect(excerpt("").isEmpty)
        #expect(excerpt("\n\r\n").isEmpty)
        #expect(excerpt("all is well\nbye\n").first?.number == 2)
    }

    @Test func `lines stay readable whatever the bytes`() {
        var bytes: [UInt8] = Array("error: ".utf8) + [0xFF, 0x00, 0x1B] + Array(repeating: 0x78, count: 1 << 20)
        bytes += Array("\nmain.c:1:1: error: x\n".utf8) + [0xC3, 0x28, 0x0D]
        let lines = Excerpt(of: BuildLog(bytes: bytes)).lines
        #expect(lines.contains { $0.number == 2 })
        #expect(lines.allSatisfy { $0.text.utf8.count < 20_000 && !$0.text.contains("\0") })
    }

    @Test func `colours and times change nothing`() {
        let plain = "tank.c:4:2: error: expected ';'\n    int n\n         ^\nmake: *** [tank.o] Error 1\n"
        let dressed = plain.split(separator: "\n").enumerated().map { index, line in
            "2024-05-01T10:00:0\(index).1234567Z \u{1B}[1m\(line)\u{1B}[0m\n"
        }.joined()
        #expect(excerpt(plain).map(\.text) == excerpt(dressed).map(\.text))
    }

    @Test(arguments: [
        "java.lang.IllegalStateException: no valve", "E       assert 3 == 0", "fatal: not a git repository",
        "FAILED", "##[error]Process completed with exit code 1.", "\" exited with 1.", "1) ", "    at ", "#", "[ERROR]",
        "\u{1B}[", "$ ", "Failures:", "* What went wrong:", "____ x ____", "File \"", "2024-05-01T10:00:00Z",
    ])
    func `a log of one such line, once or often, does no harm`(line: String) {
        for count in [1, 2, 500] {
            let log = Array(repeating: line, count: count).joined(separator: "\n")
            #expect(excerpt(log).count <= 20)
        }
    }
}
