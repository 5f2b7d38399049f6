import Telemetry

/// Where the time of one build went, along its critical path, in seconds.
struct BuildTimes: Hashable, Sendable {
    /// A step of the pipeline within its stage.
    struct Place: Hashable, Sendable, Comparable {
        /// nil outside of any stage.
        let stage: String?
        let step: String

        static func < (left: Place, right: Place) -> Bool {
            (left.stage ?? "", left.step) < (right.stage ?? "", right.step)
        }
    }

    /// From the build's start to its end.
    let total: Double
    /// Waiting in the queue and for an agent.
    private(set) var queue = 0.0
    /// In stages, by their names; without the waits for agents in them.
    private(set) var stages: [String: Double] = [:]
    /// At steps, by their stages and names.
    private(set) var steps: [Place: Double] = [:]
    /// Between steps: the controller had to start the next one, or to reach the agent.
    private(set) var gaps = 0.0
    /// What it waited for: the label that the pipeline asks for; nil when nothing says it.
    private(set) var label: String?

    /// Neither queue nor between steps.
    var run: Double { max(0, total - queue - gaps) }

    /// Neither queue nor stage.
    var rest: Double { max(0, total - queue - stages.values.reduce(0, +)) }

    /// - Parameter context: of the trace in which the root is.
    init(root: Int, context: BuildContext, in table: SpanTable) {
        total = Double(table.rows[root].duration) * 1e-9
        let segments = CriticalPath.segments(
            of: root, in: table, isFrame: { $0 == root || Self.isFrame(table.operation(of: $0).name) },
            isLeaf: { PipelineNames.isBuild(table.operation(of: $0).name) })
        var waits: [(seconds: Double, label: String)] = []
        for segment in segments {
            let seconds = Double(segment.duration) * 1e-9
            let name = table.operation(of: segment.row).name
            if Self.isWait(segment.row, name, in: table) {
                queue += seconds
                if let label = Self.label(of: segment.row, in: table) { waits.append((seconds, label)) }
                continue
            }
            let stage = context.stage(
                of: Self.own(segment.step >= 0 ? segment.step : segment.row, under: root, in: table))
            if let stage { stages[stage, default: 0] += seconds }
            if segment.step >= 0 {
                steps[Place(stage: stage, step: table.operation(of: segment.step).name), default: 0] += seconds
            } else if table.rows[segment.row].firstChild >= 0 {
                gaps += seconds
            }
        }
        label = waits.max { ($0.seconds, $1.label) < ($1.seconds, $0.label) }?.label
    }

    /// Of a build that this one started, the span that started it: what is within has stages of its own.
    private static func own(_ row: Int, under root: Int, in table: SpanTable) -> Int {
        let isOther = row != root && PipelineNames.isBuild(table.operation(of: row).name)
        return isOther && table.rows[row].parent >= 0 ? Int(table.rows[row].parent) : row
    }

    private static func isWait(_ row: Int, _ name: String, in table: SpanTable) -> Bool {
        if name.hasPrefix("Agent Allocation") || name == "Phase: Start" { return true }
        return table.span(of: row).attributes.text("jenkins.pipeline.step.name") == "agent.allocate"
    }

    /// The label stands on the wait or on the block that asks for the agent.
    private static func label(of row: Int, in table: SpanTable) -> String? {
        let name = "jenkins.pipeline.step.agent.label"
        if let label = table.span(of: row).attributes.text(name) { return label }
        let parent = Int(table.rows[row].parent)
        return parent >= 0 ? table.span(of: parent).attributes.text(name) : nil
    }

    /// Spans of the OpenTelemetry plugin that hold others together and do nothing themselves.
    private static let frames = ["Phase: ", "Stage: ", "Parallel branch: ", "Agent,"]

    private static func isFrame(_ name: String) -> Bool {
        name == "Agent" || frames.contains { name.hasPrefix($0) }
    }
}
