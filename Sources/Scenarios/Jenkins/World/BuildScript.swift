import Telemetry

/// What a build does, with the time that each part takes, before anything goes wrong.
struct BuildScript: Hashable {
    struct Step: Hashable {
        /// A step function: `sh`, `checkout`, `git`, `junit`, `archiveArtifacts`, `build`.
        let type: String
        /// The label of a `sh`, the address of a `checkout`, the job of a `build`.
        let title: String
        let duration: Duration
        /// What it prints, from its start to its end.
        var lines: [String]
    }

    struct Stage: Hashable {
        let name: String
        var steps: [Step]
        /// Whether the steps run side by side, each in a branch of its own.
        var isParallel = false

        var duration: Duration {
            isParallel ? steps.map(\.duration).max() ?? .zero : steps.reduce(.zero) { $0 + $1.duration }
        }
    }

    /// From the start of the build to `Phase: Run`.
    var launch: Duration
    /// From asking for an agent to having one.
    var allocation: Duration
    var stages: [Stage]

    var duration: Duration { stages.reduce(launch + allocation) { $0 + $1.duration } }

    /// The time from the build's start until this stage is about two thirds through.
    func time(into stage: String) -> Duration {
        var time = launch + allocation
        for candidate in stages {
            if candidate.name == stage { return time + candidate.duration * 2 / 3 }
            time += candidate.duration
        }
        return time
    }

    /// What the controller does itself takes so many times as long.
    mutating func slowDown(by factor: Int) {
        launch = launch * factor * 4
        allocation = allocation * factor
    }

    /// Stages that an agent works in with `sh`: where most things go wrong.
    var working: [String] { stages.filter { $0.steps.contains { $0.type == "sh" } }.map(\.name) }
}

extension BuildScript {
    static func make(for job: WorldJob, _ random: inout SplitMix) -> BuildScript {
        var words = BuildChatter(job: job)
        let checkout = Stage(
            name: "Declarative: Checkout SCM",
            steps: [
                Step(
                    type: "checkout", title: job.repository, duration: random.milliseconds(2_000...9_000),
                    lines: words.checkout(&random))
            ])
        var stages = [checkout]
        switch job.template.trade {
        case .maven:
            stages.append(shell("Build", "Compile", 70...190, words.maven(&random), &random))
            stages.append(
                tested("Test", "Unit tests", 60...170, words.javaTests(&random), &random))
        case .node:
            stages.append(shell("Install", "npm ci", 25...80, words.npm(&random), &random))
            stages.append(
                Stage(
                    name: "Verify",
                    steps: [
                        step("Lint", 30...70, words.lint(&random), &random),
                        step("Unit tests", 60...150, words.jest(&random), &random),
                    ], isParallel: true))
        case .go:
            stages.append(shell("Build", "go build", 40...120, words.goBuild(&random), &random))
            stages.append(shell("Test", "go test", 50...140, words.goTests(&random), &random))
        case .docker:
            stages.append(shell("Image", "docker build", 80...220, words.docker(&random), &random))
            stages.append(shell("Push", "docker push", 15...50, words.push(&random), &random))
            if random.number(0...2) == 0 { stages.append(downstream(of: job, &random)) }
        case .terraform:
            stages.append(shell("Plan", "terraform plan", 40...130, words.terraform(&random), &random))
        }
        return BuildScript(
            launch: random.milliseconds(80...240), allocation: random.milliseconds(11_000...31_000), stages: stages)
    }

    private static func downstream(of job: WorldJob, _ random: inout SplitMix) -> Stage {
        let name = "deploy/" + job.fullName.replacing("/", with: "-")
        return Stage(
            name: "Deploy",
            steps: [
                Step(
                    type: "build", title: name, duration: random.milliseconds(12_000...40_000),
                    lines: ["Scheduling project: \(name.replacing("/", with: " » "))"])
            ])
    }

    private static func step(
        _ title: String, _ seconds: ClosedRange<Int>, _ lines: [String], _ random: inout SplitMix
    ) -> Step {
        Step(
            type: "sh", title: title,
            duration: random.milliseconds(seconds.lowerBound * 1000...seconds.upperBound * 1000), lines: lines)
    }

    private static func shell(
        _ name: String, _ title: String, _ seconds: ClosedRange<Int>, _ lines: [String], _ random: inout SplitMix
    ) -> Stage {
        Stage(name: name, steps: [step(title, seconds, lines, &random)])
    }

    private static func tested(
        _ name: String, _ title: String, _ seconds: ClosedRange<Int>, _ lines: [String], _ random: inout SplitMix
    ) -> Stage {
        Stage(
            name: name,
            steps: [
                step(title, seconds, lines, &random),
                Step(
                    type: "junit", title: "junit", duration: random.milliseconds(300...1200),
                    lines: ["Recording test results"]),
            ])
    }
}
