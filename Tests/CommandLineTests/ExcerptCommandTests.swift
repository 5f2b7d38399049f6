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
        #expect(run.text.contains("\n  \"lines\": [\n"))
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

    @Test(arguments: [
        ("+ make\nFinished: SUCCESS\n", "The log ends with a success: line 2: Finished: SUCCESS\n"),
        ("", "The log is empty.\n"), ("\n", "The log has only blank lines.\n"),
        ("$ ls\n", "Nothing in this line speaks of a failure.\n"),
        ("$ ls\n$ cd\n", "Nothing in these 2 lines speaks of a failure.\n"),
    ])
    func `why no line is shown is said, in JSON too`(log: String, says: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(log, to: "build.log")
        let text = try await Program("excerpt", file)
        #expect(text.code == 0)
        #expect(text.text == says)
        let json = try await Program("excerpt", file, "--format", "json")
        #expect(json.text.contains("\"lines\": [],"))
        #expect(json.text.contains("\"silence\": \"\(says.dropLast())\""))
    }

    @Test func `a reference that says everything is told so`() async throws {
        let folder = try TemporaryFolder()
        let log = try folder.write(failed, to: "bad.log")
        let run = try await Program("excerpt", log, "--reference", log)
        #expect(run.code == 0)
        #expect(run.text == "The reference says everything that this log says: no line of it is new.\n")
    }

    @Test(arguments: [
        ([0x1F, 0x8B, 0x08, 0x00], "looks compressed (gzip); read it so: zcat "),
        (Array("BZh91AY".utf8), "looks compressed (bzip2); read it so: bzcat "),
        ([0xFF, 0xFE, 0x65, 0x00], "looks like UTF-16 text; read it so: iconv -f UTF-16 -t UTF-8 "),
        ((0..<512).map { UInt8($0 & 0xFF) }, "looks like a binary file"),
        ([UInt8](repeating: 0, count: 100), "looks like a binary file"),
    ])
    func `what is no text is refused with how to read it`(bytes: [UInt8], says: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "odd.log")
        try Data(bytes).write(to: URL(filePath: file))
        for arguments in [[file], [try folder.write(failed, to: "bad.log"), "--reference", file]] {
            let run = try await Program("excerpt", arguments: arguments)
            #expect(run.code == 1)
            #expect(run.text.contains("odd.log \(says)"))
            #expect(run.text.contains("odd.log | sabueso excerpt -"))
        }
    }

    @Test func `a few bytes that are no text do no harm`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "odd.log")
        try Data(Array(failed.utf8) + [0xFF, 0x00, 0x01, 0xC3, 0x0A]).write(to: URL(filePath: file))
        #expect(try await Program("excerpt", file).text.contains("3 ▶ tank.c:4:2"))
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
