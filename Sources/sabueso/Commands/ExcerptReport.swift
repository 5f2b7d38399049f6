import BuildLogs
import Telemetry

/// An excerpt as `sabueso excerpt` prints it.
struct ExcerptReport {
    static let schema = "sabueso/excerpt/v1"

    private let excerpt: Excerpt
    private let linesOfLog: Int

    /// Of a line, what is shown to a person; JSON has more.
    private static let shownScalars = 400

    init(_ excerpt: Excerpt, linesOfLog: Int) {
        self.excerpt = excerpt
        self.linesOfLog = linesOfLog
    }

    /// In reading order: number, a mark for the best line, text; `…` where lines are left out; last, why the best one is.
    func text(inColours: Bool) -> String {
        guard let best = excerpt.lines.first else { return (silence ?? "") + "\n" }
        let lines = excerpt.lines.sorted { $0.number < $1.number }
        let width = lines.map { String($0.number).count }.max() ?? 1
        var text = ""
        var previous = 0
        for line in lines {
            if line.number > previous + 1 { text += String(repeating: " ", count: width + 2) + "…\n" }
            let number = String(line.number)
            let isBest = line.number == best.number
            let shown = line.text.printableLine(atMost: Self.shownScalars)
            let row = String(repeating: " ", count: width - number.count) + number + (isBest ? " ▶ " : "   ") + shown
            text += (isBest && inColours ? "\u{1B}[1m\(row)\u{1B}[0m" : row) + "\n"
            previous = line.number
        }
        if previous < linesOfLog { text += String(repeating: " ", count: width + 2) + "…\n" }
        return text + "▶ line \(best.number): \(best.why)\n"
    }

    /// - Throws: never: texts were read as valid Unicode.
    func json() throws -> String {
        struct Document: Encodable {
            struct Entry: Encodable {
                let number: Int
                let text: String
                let why: String
                let score: Int
            }

            let schema: String
            let linesOfLog: Int
            let lines: [Entry]
            /// Why there are none.
            let silence: String?
        }
        let entries = excerpt.lines.map {
            Document.Entry(number: $0.number, text: $0.text, why: $0.why, score: $0.score)
        }
        return try CommandJSON.text(
            Document(schema: Self.schema, linesOfLog: linesOfLog, lines: entries, silence: silence))
    }

    /// Why no line is shown.
    private var silence: String? {
        switch excerpt.silence {
        case nil: nil
        case .noText: linesOfLog == 0 ? "The log is empty." : "The log has only blank lines."
        case .wentWell(let number, let text):
            "The log ends with a success: line \(number): \(text.printableLine(atMost: Self.shownScalars))"
        case .nothingNew: "The reference says everything that this log says: no line of it is new."
        case .nothingFound:
            "Nothing in \(linesOfLog == 1 ? "this line" : "these \(linesOfLog) lines") speaks of a failure."
        }
    }
}
