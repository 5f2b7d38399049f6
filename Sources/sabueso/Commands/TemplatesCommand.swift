import ArgumentParser
import LogTemplates

/// `sabueso templates`: what a log says, each kind of line once.
struct TemplatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "templates",
        abstract: "Tell what kinds of line a log has, and how many of each.",
        discussion: """
            Lines that differ only in their variables (numbers, addresses, names, …) are one template. The log is read \
            once, in bounded memory, and the same log gives the same bytes.

            Examples:
              sabueso templates /var/log/syslog
              kubectl logs deploy/checkout | sabueso templates - --format json
              sabueso templates app.log --assign | paste - app.log
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: ArgumentHelp("The log; - reads standard input.", valueName: "file"))
    var file: String

    @Flag(help: "Print the number of its template for every line, instead of the templates.")
    var assign = false

    @Option(help: "How to print the templates: text or json (sabueso/templates/v1).")
    var format: Format?

    func validate() throws {
        if assign, format != nil {
            throw ValidationError("Give either --assign or --format: --assign prints one number a line.")
        }
    }

    func run() async throws {
        var miner = TemplateMiner()
        var forms: [FormID] = []
        var lines = 0
        var unreadable: UnreadableLog?
        try LogFile(file).read { line in
            if lines == 0, unreadable == nil { unreadable = UnreadableLog(startingWith: line) }
            if unreadable != nil { return }
            let form = miner.add(line)
            lines += 1
            if assign { forms.append(form) }
        }
        if let unreadable { throw unreadable.failure(reading: file, for: "templates") }
        let mined = miner.mined()
        if assign {
            TemplatesReport.writeNumbers(of: forms, in: mined)
        } else {
            let report = TemplatesReport(mined.templates, lines: lines)
            StandardOutput.write(format == .json ? try report.json() : report.text)
        }
    }
}
