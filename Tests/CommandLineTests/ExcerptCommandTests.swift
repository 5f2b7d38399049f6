import FoundationEssentials
import TestSupport
import Testing

@Suite struct ExcerptCommandTests {
    private let failed = """
        \u{1B}[32mcompiling\u{1B}[0m
        reading settings
        tank.c:4:2: error: expected ';'
            int n
                 ^
        make: *** [tank.o] Error 1
        Finished: FAILURE

        """

    private struct Document: Decodable {
        struct Line: Decodable {
            let number: Int
            let text: String
            let why: String
        }

        let schema: String
        let linesOfLog: Int
        let lines: [Line]
    }

    @Test func `text has the lines in reading order, a mark at the best one and its reason`() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program("excerpt", try folder.write(failed, to: "build.log"))
        #expect(run.code == 0)
        #expect(
            run.text == """
                   …
                3 ▶ tank.c:4:2: error: expected ';'
                4       int n
                5            ^
                   …
                ▶ line 3: compiler error

                """)
    }

    @Test func `json has the lines best first`() async throws {
        let folder = try TemporaryFolder()
        let log = try folder.write(failed, to: "build.log")
        let run = try await Program("excerpt", log, "--format", "json", "--max-lines", "2")
        #expect(run.code == 0)
        let document = try JSONDecoder().decode(Document.self, from: Data(run.text.utf8))
        #expect(document.schema == "sabueso/excerpt/v1")
        #expect(document.linesOfLog == 7)
        #expect(document.lines.map(\.number) == [3, 4])
        #expect(document.lines[0].why == "compiler error")
    }

    @Test func `what the good build says too is left out`() async throws {
        let folder = try TemporaryFolder()
        let log = try folder.write("E: no mirror 1\nsh: 1: valvectl: not found\n", to: "bad.log")
        let good = try folder.write("E: no mirror 2\nfine\n", to: "good.log")
        let run = try await Program("excerpt", log, "--reference", good)
        #expect(run.code == 0)
        #expect(!run.text.contains("mirror"))
        #expect(run.text.contains("2 ▶ sh: 1: valvectl: not found"))
    }

    @Test func `a log that is missing is a failed run that says so`() async throws {
        let run = try await Program("excerpt", "nowhere.log")
        #expect(run.code == 1)
        #expect(run.text.contains("nowhere.log cannot be read: there is no such file"))
    }

    @Test(arguments: [["excerpt"], ["excerpt", "a", "--max-lines", "0"], ["excerpt", "-", "--reference", "-"]])
    func `wrong use ends with 2`(arguments: [String]) async throws {
        let process = try ChildProcess(BuiltProgram.path(), arguments)
        #expect(await process.exitCode() == 2)
    }

    @Test func `the help shows an example`() async throws {
        let help = try await Program("excerpt", "--help")
        #expect(help.code == 0)
        #expect(help.text.contains("sabueso excerpt build-418.log"))
    }
}
