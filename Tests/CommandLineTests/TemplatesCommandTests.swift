import FoundationEssentials
import TestSupport
import Testing

@Suite struct TemplatesCommandTests {
    /// Eight lines of four kinds, one of them blank; the last line has no end.
    private static let log = """
        agent maven-x7k2p connected from 10.0.3.17:54106\r
        build payments/main #418 took 4 min
        agent linux-9zq1r connected from 10.0.3.18:54107

        Cannot contact maven-x7k2p: ChannelClosedException
        build shop/app/PR-17 #6 took 35 s
        agent maven-pp0d4 connected from 10.0.3.19:54108
        agent \u{1B}[31mmaven-a1b2c\u{1B}[0m connected from 10.0.3.20:54109
        """

    private func run(_ arguments: String..., log: String = log) async throws -> Program {
        let folder = try TemporaryFolder()
        let file = try folder.write(log, to: "agents.log")
        return try await Program("templates", arguments: [file] + arguments)
    }

    @Test func `templates are told with count, number and the first line, the most frequent first`() async throws {
        let run = try await run(log: Self.log.split(separator: "\n").dropLast().joined(separator: "\n"))
        #expect(run.code == 0)
        #expect(
            run.text == """
                3  #0  agent <*> connected from <*>
                       agent maven-x7k2p connected from 10.0.3.17:54106
                2  #1  build <*> #<*> took <*>
                       build payments/main #418 took 4 min
                1  #2  Cannot contact <*>: ChannelClosedException
                       Cannot contact maven-x7k2p: ChannelClosedException
                6 lines, 3 templates

                """)
    }

    @Test func `what a screen would obey is not printed`() async throws {
        let run = try await run(log: "\u{1B}[31mdisk is full\u{1B}[0m \u{7}\n")
        #expect(run.code == 0)
        #expect(run.text == "1  #0  disk is full\n       disk is full  \n1 line, 1 template\n")
    }

    @Test func `--assign prints one number for each line, blank ones too`() async throws {
        let run = try await run("--assign")
        #expect(run.code == 0)
        #expect(run.text == "0\n1\n0\n2\n3\n1\n0\n0\n")
    }

    @Test func `what a progress display wrote over is no line and no text`() async throws {
        let log = "pull 5%\rpull 100%\rpulled valve\r\ntank is full\n"
        #expect(try await run("--assign", log: log).text == "0\n1\n")
        #expect(try await run(log: log).text.contains("#0  pulled valve\n"))
    }

    @Test func `a compressed file is refused with how to read it`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "old.log.gz")
        try Data([0x1F, 0x8B, 0x08, 0x00, 0x0A, 0x61, 0x0A]).write(to: URL(filePath: file))
        let run = try await Program("templates", file)
        #expect(run.code == 1)
        #expect(run.text.contains("looks compressed (gzip); read it so: zcat \(file) | sabueso templates -"))
    }

    @Test func `JSON has the same numbers, and the whole example`() async throws {
        struct Document: Decodable {
            struct Entry: Decodable {
                let number: Int
                let count: Int
                let text: String
                let example: String
            }

            let schema: String
            let lines: Int
            let templates: [Entry]
        }
        let run = try await run("--format", "json")
        #expect(run.code == 0)
        let document = try JSONDecoder().decode(Document.self, from: Data(run.text.utf8))
        #expect(document.schema == "sabueso/templates/v1")
        #expect(document.lines == 8)
        #expect(document.templates.map(\.number) == [0, 1, 2, 3])
        #expect(document.templates.map(\.count) == [4, 2, 1, 1])
        #expect(run.text.contains("\n  \"templates\": [\n"))
        #expect(document.templates.first?.example == "agent maven-x7k2p connected from 10.0.3.17:54106")
    }

    @Test func `an empty log has no templates, and a number for no line`() async throws {
        #expect(try await run(log: "").text == "0 lines, 0 templates\n")
        #expect(try await run("--assign", log: "").text == "")
        #expect(try await run("--assign", log: "\n").text == "0\n")
    }

    @Test func `a line of a megabyte and bytes that are no text are lines like others`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "odd.log")
        var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        bytes += [0x0A, 0xFF, 0x00, 0xC3, 0x0A, 0x0A]
        try Data(bytes).write(to: URL(filePath: file))
        let numbers = try await Program("templates", file, "--assign")
        #expect(numbers.text == "0\n1\n2\n")
        #expect(try await Program("templates", file).text.hasSuffix("3 lines, 3 templates\n"))
        #expect(try await Program("templates", file, "--format", "json").code == 0)
    }

    @Test func `a file that cannot be read is told with what to do next`() async throws {
        let missing = try await Program("templates", "nowhere.log")
        #expect(missing.code == 1)
        #expect(missing.text.contains("nowhere.log cannot be read: there is no such file; give"))
        let folder = try await Program("templates", "Tests")
        #expect(folder.code == 1)
        #expect(folder.text.contains("Tests cannot be read: it is a folder; give one file of it"))
    }

    @Test(arguments: [["a.log", "--assign", "--format", "json"], ["a.log", "--format", "yaml"], []])
    func `wrong use ends with 2`(arguments: [String]) async throws {
        let run = try await Program("templates", arguments: arguments)
        #expect(run.code == 2)
        #expect(run.text.contains("Usage:"))
    }

    @Test func `the help shows an example`() async throws {
        let help = try await Program("templates", "--help")
        #expect(help.code == 0)
        #expect(help.text.contains("sabueso templates /var/log/syslog"))
    }
}
