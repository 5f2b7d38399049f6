import Telemetry

/// One build with its agent: what it was going to do and what became of it.
struct WorldBuild: Hashable {
    let job: WorldJob
    let start: Timestamp
    var agent: WorldAgent
    var script: BuildScript
    var ending: BuildEnding = .success
    /// What happened to its agent's pod.
    var pod = PodCourse()
    /// Who or what started it, as the plugin says it.
    var cause = "BranchEventCause"
    /// Lines that its log has beside those of the script, with their times.
    var moreLines: [TimedLine] = []
    /// Lines from after its spans ended: the log of a build outlives a restart of the controller.
    var lateLines: [TimedLine] = []
    /// Whether a family added it.
    var isIncident = false
    /// The instant at which the incident meets it.
    var stopsAt: Timestamp?
    /// Its steps print nothing from here on, because nobody hears them.
    var silentFrom: Timestamp?

    struct TimedLine: Hashable {
        let at: Timestamp
        let text: String
    }

    /// When it is over, the last half second of tidying up left out.
    var end: Timestamp {
        switch ending {
        case .success, .unstable: start + script.duration
        case .failed(let failure): failure.at
        case .interrupted(let interruption): interruption.at
        case .unfinished: start + script.duration
        }
    }
}

/// A pod that runs a build; Jenkins knows it by the pod's name.
struct WorldAgent: Hashable {
    let name: String
    let template: AgentTemplate
    /// Empty for a pod that never found a place.
    var node: String
    let address: String

    var connection: String { "JNLP4-connect connection from \(address)/\(address):\(port)" }

    /// Some port of the ephemeral range, always the same for the same agent.
    var port: Int { 32_768 + name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 28_000 } }
}

/// How a build ends.
enum BuildEnding: Hashable {
    case success
    /// Tests failed and the build went on: a warning on the step, an error on the root span.
    case unstable(lines: [String])
    /// The step that runs at this instant fails.
    case failed(Failure)
    /// Somebody or something stops it at this instant.
    case interrupted(Interruption)
    /// Nothing more was exported after this instant, the root span least of all: the controller died, or the build
    /// still runs.
    case unfinished(after: Timestamp)

    struct Failure: Hashable {
        let at: Timestamp
        /// What the step prints before, oldest first.
        var lines: [String]
        var exception = "hudson.AbortException"
        var message = "script returned exit code 1"
    }

    struct Interruption: Hashable {
        let at: Timestamp
        /// The class and its description: `RemovedNodeCause: Agent was removed`.
        let cause: String
        /// Whether the plugin makes it an error: not for a person, fail-fast and a stage that a newer build took over.
        let isError: Bool
        /// What the build prints, and how long before the end.
        var lines: [Line] = []

        struct Line: Hashable {
            let before: Duration
            let text: String
        }

        /// The description alone, as the exception's message has it.
        var reason: String { cause.firstIndex(of: ":").map { String(cause[$0...].dropFirst(2)) } ?? cause }
    }

    /// Whether the build ended because its agent went away.
    var isLostAgent: Bool {
        if case .interrupted(let interruption) = self { interruption.cause.hasPrefix("RemovedNode") } else { false }
    }

    var result: String {
        switch self {
        case .success: "SUCCESS"
        case .unstable: "UNSTABLE"
        case .failed: "FAILURE"
        case .interrupted: "ABORTED"
        case .unfinished: ""
        }
    }
}

/// What the cluster saw of an agent's pod.
struct PodCourse: Hashable {
    /// The last thing that went well: it may never get a place, or never start.
    enum Progress: Hashable, Comparable { case created, scheduled, started }

    var reached = Progress.started
    /// Whether the API server would not even have it.
    var isRefused = false
    /// When it got a place, when not a second after it was made.
    var scheduledAt: Timestamp?
    /// Whether the kubelet said that it stops the containers; it cannot when its node is gone.
    var isStoppedByKubelet = true
    /// What the API server still shows; nil: the pod is gone, as a pod mostly is after its build.
    var remains: PodState?
}
