import ArgumentParser
import BuildLogs

/// `sabueso excerpt`: the lines of a failed build's log that explain the failure.
struct ExcerptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "excerpt",
        abstract: "Show the lines of a failed build's log that explain the failure.",
        discussion: """
            Knows how the usual build tools, test runners, linters and build servers report a failure. With the log of \
            the last good build, what that says too is left out. Of a build that went well nothing is shown but the \
            line that says so. The same log gives the same bytes.

            Examples:
              sabueso excerpt build-418.log
              sabueso excerpt build-418.log --reference build-417.log --max-lines 8
              curl -s $BUILD_URL/consoleText | sabueso excerpt - --format json
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: ArgumentHelp("The log of the failed build; - reads standard input.", valueName: "log"))
    var log: String

    @Option(help: ArgumentHelp("The log of a build that went well.", valueName: "good"))
    var reference: String?

    @Option(help: ArgumentHelp("Lines to show at most.", valueName: "n"))
    var maxLines: Int = Excerpt.usualLines

    @Option(help: "How to print the lines: text, in reading order, or json (sabueso/excerpt/v1), best first.")
    var format: Format = .text

    func validate() throws {
        if maxLines < 1 { throw ValidationError("--max-lines is \(maxLines); give 1 or more.") }
        if log == "-", reference == "-" {
            throw ValidationError("Only one of the two logs can be standard input; give the other as a file.")
        }
    }

    func run() async throws {
        let good = try reference.map(Self.read)
        let failed = try Self.read(log)
        let report = ExcerptReport(
            Excerpt(of: failed, reference: good, maximumLines: maxLines), linesOfLog: failed.lineCount)
        StandardOutput.write(
            format == .json ? try report.json() : report.text(inColours: StandardOutput.isTerminal))
    }

    private static func read(_ name: String) throws -> BuildLog {
        let bytes = try LogFile(name).readAll()
        if let unreadable = UnreadableLog(startingWith: bytes.span) {
            throw unreadable.failure(reading: name, for: "excerpt")
        }
        return BuildLog(bytes: bytes)
    }
}
