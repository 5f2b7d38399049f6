import RootCause
import Telemetry

/// Pieces of incidents of Jenkins on Kubernetes.
extension Story {
    /// Healthy builds before and during, so that there is something to compare with.
    static var quiet: Story {
        var story = Story()
        for number in 0..<20 {
            story.build(
                "team/healthy", number, on: "ok-\(number)", at: Double(number) * 33 - 590, takes: 20, .success)
        }
        return story
    }

    /// A build that a step's interruption ended, as the plugin writes it.
    ///
    /// - Parameters:
    ///   - cause: `UserInterruption: Aborted by admin`.
    ///   - isError: whether the plugin sets the step's status to error: it does not for people and fail-fast.
    @discardableResult
    mutating func interruptedBuild(
        _ job: String, _ number: Int, on agent: String?, at: Double, takes: Double, cause: String, isError: Bool = true,
        result: String? = "ABORTED", step: String = "sh"
    ) -> Handle {
        var root: Handle?
        if let result {
            root = span(
                "jenkins", "BUILD \(job)", kind: .server, at: at, takes: takes,
                attributes: [
                    "ci.pipeline.id": .string(job), "ci.pipeline.run.number": .int(Int64(number)),
                    "ci.pipeline.run.result": .string(result),
                ])
        }
        let stage = span("jenkins", "Stage: Test", under: root, at: at + 1, takes: max(takes - 2, 0))
        var attributes: [(String, AttributeValue)] = [
            ("ci.pipeline.id", .string(job)), ("ci.pipeline.run.number", .int(Int64(number))),
            ("jenkins.pipeline.step.interruption.causes", .array([.string(cause)])),
        ]
        if let agent { attributes.append(("jenkins.computer.name", .string(agent))) }
        span(
            "jenkins", step, under: stage, at: at + 2, takes: max(takes - 4, 0),
            status: isError ? .error(message: "FlowInterruptedException: \(cause)") : .unset,
            attributes: Attributes(attributes))
        return root ?? stage
    }

    /// A build of which only some inner spans have arrived.
    @discardableResult
    mutating func openBuild(_ job: String, _ number: Int, on agent: String?, at: Double, takes: Double) -> Handle {
        let lost = Handle(trace: TraceID(high: 7, low: UInt64(number)), id: SpanID(UInt64(9_000_000 + number)))
        var attributes: [(String, AttributeValue)] = [
            ("ci.pipeline.id", .string(job)), ("ci.pipeline.run.number", .int(Int64(number))),
            ("jenkins.pipeline.step.id", .string("12")),
        ]
        if let agent { attributes.append(("jenkins.computer.name", .string(agent))) }
        span("jenkins", "git", under: lost, at: at, takes: takes, attributes: Attributes(attributes))
        return lost
    }

    /// The controller's own pod.
    mutating func controllerPod(
        _ name: String = "jenkins-0", node: String = "aks-system-0", terminations: [PodState.Termination] = []
    ) {
        pods.append(
            PodState(
                name: name, namespace: "ci", node: node,
                labels: [
                    "app.kubernetes.io/name": "jenkins", "app.kubernetes.io/component": "jenkins-controller",
                ], restarts: terminations.count, terminations: terminations))
    }

    /// A line of the controller's own log.
    mutating func control(_ line: String, at: Double, pod: String = "jenkins-0") {
        log(line, at: at, pod: pod)
    }
}
