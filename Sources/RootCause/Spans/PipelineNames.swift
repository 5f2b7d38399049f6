import Telemetry

/// The span names that the Jenkins OpenTelemetry plugin gives to the parts of a build.
enum PipelineNames {
    /// The root of a build, and of a build that another one started: `BUILD team/app/main`.
    static let build = "BUILD "

    private static let parts = ["Phase: ", "Stage: ", "Parallel branch: ", "Agent Allocation"]

    static func isBuild(_ name: String) -> Bool { name.hasPrefix(build) }

    private static let firstLetters = Set("BPSA".utf8)

    static func isPipeline(_ name: String) -> Bool {
        // Asked of every span there is: most are told by their first letter.
        guard let first = name.utf8.first, firstLetters.contains(first) else { return false }
        return isBuild(name) || parts.contains { name.hasPrefix($0) }
    }

    /// Whether it is one of the three parts of every run, which are no step: `Phase: Finalise`.
    static func isPhase(_ name: String) -> Bool { name.hasPrefix("Phase: ") }

    static func stage(_ name: String) -> String? {
        name.hasPrefix("Stage: ") ? String(name.dropFirst("Stage: ".count)) : nil
    }

    /// Whether it is the time in which an agent is asked for: `Agent`, and `Agent Allocation` below it.
    static func isAllocation(_ span: Span) -> Bool {
        span.name == "Agent Allocation" || span.attributes.text("jenkins.pipeline.step.name") == "agent.allocate"
    }

    /// Whether only its attributes tell that it is a part of a build: those that carry a name are not with it.
    static func isStep(_ span: Span) -> Bool { span.attributes["jenkins.pipeline.step.id"] != nil }
}
