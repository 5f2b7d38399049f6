import Telemetry

/// One run of a pipeline: what is known of it before it runs. `JenkinsTracer` plays it.
struct JenkinsBuild {
    enum Outcome: Hashable {
        case success
        /// The agent went away under the step that ran: the build is aborted, and its root span is no error.
        case agentLost(at: Timestamp)
        /// A newer build replaced it: aborted as well, and no failure anywhere.
        case superseded(at: Timestamp)
    }

    let job: String
    let number: Int
    let start: Timestamp
    let agent: JenkinsAgent
    let outcome: Outcome
    /// The service name under which the controller exports.
    let service: String

    /// Below the controller's address.
    var path: String { job.split(separator: "/").map { "job/\($0)/" }.joined() + "\(number)/" }

    var url: String { "https://jenkins.example.com/" + path }

    /// The plugin names the root of a pull request's build with this placeholder, literally.
    var rootName: String {
        guard let slash = job.lastIndex(of: "/"), job[slash...].hasPrefix("/PR-") else { return "BUILD \(job)" }
        return "BUILD \(job[..<slash])/PR-{number}"
    }

    /// Both ends before the end are the same to Jenkins.
    var result: String { outcome == .success ? "SUCCESS" : "ABORTED" }

    /// How the run is cut short; nil when it is not.
    var interruption: Interruption? {
        switch outcome {
        case .success: nil
        case .agentLost(let at):
            Interruption(
                at: at, cause: "RemovedNodeCause: Agent was removed",
                status: .error(message: "Agent was removed"),
                events: [
                    Span.Event(
                        at: at, name: "exception",
                        attributes: [
                            "exception.type": .string("org.jenkinsci.plugins.workflow.steps.FlowInterruptedException"),
                            "exception.message": .string("Agent was removed"),
                        ])
                ], lines: agent.lastWords)
        case .superseded(let at):
            Interruption(
                at: at, cause: "CancelledCause: Superseded by \(job) #\(number + 1)", status: .unset, events: [],
                lines: [(.zero, "Superseded by \(job) #\(number + 1)")])
        }
    }

    struct Interruption {
        let at: Timestamp
        let cause: String
        /// Of the step that ran and of the blocks around it, the root left out.
        let status: Span.Status
        let events: [Span.Event]
        /// What the build's log says, and how long before the end.
        let lines: [(before: Duration, text: String)]
    }
}

/// A pod that runs builds.
struct JenkinsAgent: Hashable {
    /// Of the agent and of its pod.
    let name: String
    let label: String
    let node: String
    let address: String

    /// What a build's log says when the pod disappears, and how long before the build gives up.
    var lastWords: [(before: Duration, text: String)] {
        let connection = "JNLP4-connect connection from \(address)/\(address):\(port)"
        return [
            (
                .milliseconds(2080),
                "Cannot contact \(name): hudson.remoting.ChannelClosedException: Channel "
                    + "\"hudson.remoting.Channel@5c1f2d3a:\(connection)\": Remote call on \(connection) failed. "
                    + "The channel is closing down or has closed down"
            ),
            (.milliseconds(1310), "Pod \(JenkinsController.namespace)/\(name) was just deleted"),
            (.milliseconds(240), "Agent \(name) was deleted; cancelling node body"),
            (.milliseconds(12), "Agent was removed"),
        ]
    }

    /// Some port of the ephemeral range, always the same for the same agent.
    private var port: Int { 32_768 + name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 28_000 } }
}

/// The controller, which traces for all builds: the spans carry nothing of Kubernetes.
enum JenkinsController {
    static let namespace = "jenkins"
    static let pod = "jenkins-master-0"

    static func resource(_ service: String) -> Attributes {
        [
            "service.name": .string(service), "service.namespace": .string("ci"), "service.version": .string("2.528.1"),
            "host.name": .string(pod), "jenkins.url": .string("https://jenkins.example.com/"),
            "telemetry.sdk.language": .string("java"), "telemetry.sdk.name": .string("opentelemetry"),
        ]
    }
}
