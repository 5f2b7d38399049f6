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

    static func stage(_ name: String) -> String? {
        name.hasPrefix("Stage: ") ? String(name.dropFirst("Stage: ".count)) : nil
    }
}
