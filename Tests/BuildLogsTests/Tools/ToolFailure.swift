import BuildLogs
import Testing

/// What a tool prints when it fails, and what of it a person has to see.
struct ToolFailure: CustomTestStringConvertible, Sendable {
    let tool: String
    /// Part of the line that explains most.
    let best: String
    /// Parts of lines that are shown too.
    var shows: [String] = []
    /// Parts of lines that are not shown.
    var hides: [String] = []
    let log: String

    var testDescription: String { tool }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let log = BuildLog(bytes: Array(log.utf8))
        let lines = Excerpt(of: log).lines
        let all = lines.map { "\($0.score) \($0.number) [\($0.why)] \($0.text)" }.joined(separator: "\n")
        #expect(lines.first?.text.contains(best) == true, "\(tool) shows\n\(all)", sourceLocation: sourceLocation)
        for part in shows {
            #expect(
                lines.contains { $0.text.contains(part) }, "\(tool) lacks \(part):\n\(all)",
                sourceLocation: sourceLocation)
        }
        for part in hides {
            #expect(
                !lines.contains { $0.text.contains(part) }, "\(tool) has \(part):\n\(all)",
                sourceLocation: sourceLocation)
        }
    }
}
