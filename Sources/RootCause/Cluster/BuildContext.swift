import Telemetry

/// What every span of a build's trace has from the spans above it: its build, its agent, its stage.
struct BuildContext {
    private struct Entry {
        /// The row of the innermost build around it; -1 outside of any.
        var root = -1
        var agent: String?
        var stage: String?
    }

    private let first: Int
    private var entries: [Entry]

    /// - Parameter range: the rows of one trace.
    init(_ range: Range<Int>, in table: SpanTable) {
        first = range.lowerBound
        entries = [Entry](repeating: Entry(), count: range.count)
        // Parents first: one pass, however deep.
        for row in range.sorted(by: { (table.rows[$0].depth, $0) < (table.rows[$1].depth, $1) }) {
            let span = table.span(of: row)
            let parent = Int(table.rows[row].parent)
            var entry = parent >= 0 ? entries[parent - first] : Entry()
            if PipelineNames.isBuild(span.name) { entry = Entry(root: row) }
            if let agent = span.attributes.text("jenkins.computer.name")
                ?? span.attributes.text("ci.pipeline.agent.name")
            {
                entry.agent = agent
            }
            if let stage = PipelineNames.stage(span.name) { entry.stage = stage }
            entries[row - first] = entry
        }
    }

    func root(of row: Int) -> Int? {
        let root = entries[row - first].root
        return root >= 0 ? root : nil
    }

    func agent(of row: Int) -> String? { entries[row - first].agent }

    func stage(of row: Int) -> String? { entries[row - first].stage }
}
