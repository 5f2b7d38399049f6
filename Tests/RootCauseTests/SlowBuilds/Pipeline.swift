import Telemetry

@testable import RootCause

/// A build with all that the OpenTelemetry plugin traces of it: phases, the wait for the agent, stages with steps.
struct Pipeline {
    struct Stage {
        let name: String
        var step = "mvn verify"
        let seconds: Double
    }

    var job = "shop/main"
    var number = 1
    var label: String? = "maven"
    var agent = "maven-x7k2p"
    var wait = 10.0
    var gap = 1.0
    var stages = [
        Stage(name: "Checkout", step: "git", seconds: 10), Stage(name: "Test", seconds: 60),
        Stage(name: "Publish", step: "mvn deploy", seconds: 20),
    ]
    var result = "SUCCESS"
    var user: String?
    var branch: String?
    var service = "jenkins-master"

    /// From its start to its end.
    var seconds: Double { wait + stages.reduce(0) { $0 + $1.seconds + gap } + 4 }

    func with(_ change: (inout Pipeline) -> Void) -> Pipeline {
        var copy = self
        change(&copy)
        return copy
    }

    /// - Parameter start: seconds from the window's start.
    @discardableResult
    func add(to story: inout Story, at start: Double) -> Story.Handle {
        var attributes: [(String, AttributeValue)] = [
            ("ci.pipeline.id", .string(job)), ("ci.pipeline.run.number", .int(Int64(number))),
            ("ci.pipeline.run.result", .string(result)),
            ("ci.pipeline.run.url", .string("https://ci.example/\(job)/\(number)/")),
        ]
        if let user { attributes.append(("ci.pipeline.run.user", .string(user))) }
        let root = story.span(
            service, "BUILD \(job)", kind: .server, at: start, takes: seconds,
            status: result == "SUCCESS" ? .ok : result == "FAILURE" ? .error(message: "") : .unset,
            attributes: Attributes(attributes))
        story.span(service, "Phase: Start", under: root, at: start, takes: 1)
        let run = story.span(service, "Phase: Run", under: root, at: start + 1, takes: seconds - 2)
        let node = story.span(
            service, "Agent", under: run, at: start + 1, takes: seconds - 2,
            attributes: Attributes(
                [("jenkins.pipeline.step.type", .string("node"))]
                    + (label.map { [("jenkins.pipeline.step.agent.label", .string($0))] } ?? [])))
        story.span(
            service, "Agent Allocation", under: node, at: start + 1, takes: wait,
            attributes: ["jenkins.pipeline.step.name": .string("agent.allocate")])
        var clock = start + 1 + wait
        for (position, stage) in stages.enumerated() {
            let span = story.span(service, "Stage: \(stage.name)", under: node, at: clock, takes: gap + stage.seconds)
            clock += gap
            var own: [(String, AttributeValue)] = [("jenkins.computer.name", .string(agent))]
            if let branch { own.append(("git.branch", .string(branch))) }
            let isLast = position == stages.count - 1
            story.span(
                service, stage.step, under: span, at: clock, takes: stage.seconds,
                status: result == "FAILURE" && isLast ? .error(message: "script returned exit code 1") : .unset,
                attributes: Attributes(own))
            clock += stage.seconds
        }
        story.span(service, "Phase: Finalise", under: root, at: start + seconds - 1, takes: 1)
        return root
    }

    /// Usual builds before the window, and more jobs that are well in it.
    static func usual(_ story: inout Story, jobs: [String], stages: [Stage]? = nil, gap: Double = 1) {
        for job in jobs {
            for number in 0..<4 {
                Pipeline().with {
                    $0.job = job
                    $0.number = number
                    $0.gap = gap
                    $0.wait = 10 + Double(number)
                    $0.stages = stages ?? $0.stages
                }.add(to: &story, at: Double(number) * 110 - 590)
            }
        }
    }
}
