import Telemetry

/// Builds whose agents do not come.
extension JenkinsWorld {
    /// A label of its own, so that only its builds are concerned, and two jobs that ask for it.
    mutating func makeSpecialJobs(_ label: String, pool: String, image: String, count: Int = 2) -> [WorldJob] {
        let template = AgentTemplate(label: label, trade: .go, pool: pool, image: image, container: label)
        let names = ["vision/training", "vision/inference", "media/transcoder", "research/embeddings"]
        let first = random.number(0...names.count - 1)
        return (0..<count).map { number in
            let name = names[(first + number) % names.count]
            return WorldJob(
                fullName: "\(name)/main", template: template, repository: "git.example.com/\(name)",
                firstNumber: random.number(12...480))
        }
    }

    /// Ordinary builds of these jobs before the incident, so that there is a time in which it worked.
    mutating func addHealthyBuilds(of jobs: [WorldJob], on nodes: [String], until seconds: Double) {
        for (number, start) in stride(from: -8600.0, to: seconds - 700, by: 700).enumerated() {
            var build = makeBuild(of: jobs[number % jobs.count], startingAt: at(start))
            build.agent.node = random.element(of: nodes)
            builds.append(build)
        }
    }

    /// The pipeline's `timeout` ends while it waits.
    mutating func giveUp(_ build: Int) {
        saySoWhileWaiting(build)
        // There is no process yet that could be interrupted.
        interrupt(
            build,
            .init(
                at: stop(build), cause: "ExceededTimeout: Timeout has been exceeded", isError: true,
                lines: [.init(before: .milliseconds(600), text: "Cancelling nested steps due to timeout")]))
    }

    /// The Kubernetes plugin gives up and cancels the task in the queue.
    mutating func cancelTask(_ build: Int, lines: [String]) {
        saySoWhileWaiting(build)
        let spoken = lines.enumerated().map { index, line in
            BuildEnding.Interruption.Line(before: .milliseconds(Int64(200 * (lines.count - index))), text: line)
        }
        interrupt(
            build,
            .init(
                at: stop(build), cause: "QueueTaskCancelled: Queue task was cancelled", isError: true, lines: spoken))
    }

    private mutating func saySoWhileWaiting(_ build: Int) {
        let start = builds[build].start
        guard stop(build) - start > .seconds(40) else { return }
        builds[build].moreLines += [
            .init(at: start + .seconds(16), text: "Still waiting to schedule task"),
            .init(at: start + .seconds(17), text: "‘\(builds[build].agent.name)’ is offline"),
        ]
    }

    /// The plugin's own words when an agent's pod does not come up in time.
    mutating func failProvisioning(_ build: Int, after seconds: Int) {
        let agent = builds[build].agent
        control(
            stop(build) - .milliseconds(500), "WARNING", "o.c.j.p.k.KubernetesLauncher#launch",
            "Error in provisioning; agent=KubernetesSlave name: \(agent.name), template=PodTemplate{id='\(agent.template.label)', name='\(agent.template.label)', label='\(agent.template.label)'}"
        )
        logs.append(
            controller.rawLine(
                stop(build) - .milliseconds(499),
                "io.fabric8.kubernetes.client.KubernetesClientTimeoutException: Timed out waiting for [\(seconds * 1000)] milliseconds for [Pod] with name:[\(agent.name)] in namespace [\(namespace)].",
                service: service))
        cancelTask(
            build,
            lines: [
                "ERROR: Failed to launch \(agent.name)",
                "java.lang.IllegalStateException: Agent is not connected after \(seconds) seconds, status: Pending",
            ])
    }
}
