import Telemetry

/// What Kubernetes notes.
extension JenkinsWorld {
    /// The API server forgets events after an hour; a second less, because events are kept in whole seconds.
    private var remembered: Timestamp { alertedAt - .seconds(3599) }

    mutating func podEvent(
        _ at: Timestamp, _ pod: String, _ reason: String, _ message: String, by reporter: String = "kubelet",
        isWarning: Bool = false, count: Int = 1, until: Timestamp? = nil
    ) {
        event(
            at, ClusterEvent.Object(kind: "Pod", namespace: namespace, name: pod), reason, message, by: reporter,
            isWarning: isWarning, count: count, until: until)
    }

    mutating func nodeEvent(
        _ at: Timestamp, _ node: String, _ reason: String, _ message: String, by reporter: String = "kubelet",
        isWarning: Bool = false, count: Int = 1, until: Timestamp? = nil
    ) {
        event(
            at, ClusterEvent.Object(kind: "Node", name: node), reason, message, by: reporter, isWarning: isWarning,
            count: count, until: until)
    }

    mutating func event(
        _ at: Timestamp, _ object: ClusterEvent.Object, _ reason: String, _ message: String, by reporter: String,
        isWarning: Bool, count: Int, until: Timestamp?
    ) {
        let last = min(until ?? at, window.end - .seconds(1))
        guard last > remembered, at < window.end else { return }
        // Kubernetes keeps whole seconds.
        events.append(
            ClusterEvent(
                at: Timestamp(seconds: at.seconds), lastSeen: Timestamp(seconds: last.seconds), reason: reason,
                message: message, type: isWarning ? "Warning" : "Normal", object: object, count: count,
                reporter: reporter))
    }

    /// An agent's pod while it runs.
    func runningPod(_ build: WorldBuild) -> PodState { podState(build, phase: "Running") }

    /// An agent's pod as the cluster shows it.
    func podState(
        _ build: WorldBuild, phase: String, reason: String = "", message: String = "", restarts: Int = 0,
        terminations: [PodState.Termination] = []
    ) -> PodState {
        let agent = build.agent
        return PodState(
            name: agent.name, namespace: namespace, node: agent.node, phase: phase, reason: reason, message: message,
            labels: [
                "jenkins": "slave", "jenkins/label": agent.template.label,
                "kubernetes.jenkins.io/controller": "https___jenkins_example_comx",
            ],
            annotations: [
                "buildUrl": "http://\(service).\(namespace).svc:8080/\(build.job.path)%number%/",
                "runUrl": "\(build.job.path)%number%/",
            ], restarts: restarts, terminations: terminations)
    }

    /// The events of a pod's life, and what the controller says of it.
    mutating func addPodLife(_ build: WorldBuild) {
        let agent = build.agent
        let place = "\(namespace)/\(agent.name)"
        let made = build.start + .milliseconds(900)
        let launcher = "o.c.j.p.k.KubernetesLauncher#launch"
        guard !build.pod.isRefused else { return }
        control(made, "INFO", launcher, "Created Pod: kubernetes \(place)")
        guard build.pod.reached >= .scheduled else { return }
        let scheduled = build.pod.scheduledAt ?? build.start + .seconds(1)
        podEvent(
            scheduled, agent.name, "Scheduled", "Successfully assigned \(place) to \(agent.node)",
            by: "default-scheduler")
        guard build.pod.reached >= .started else { return }
        addStart(agent, from: scheduled, until: build.start + build.script.launch + build.script.allocation)
        if case .unfinished = build.ending { return }
        guard build.pod.remains == nil else { return }
        let removed = build.end + random.milliseconds(700...1500)
        if !build.ending.isLostAgent { addFarewell(agent, at: removed) }
        guard removed < window.end - .seconds(3), build.pod.isStoppedByKubelet else { return }
        for container in ["jnlp", agent.template.container] {
            podEvent(removed + .seconds(1), agent.name, "Killing", "Stopping container \(container)")
        }
    }

    private mutating func addStart(_ agent: WorldAgent, from scheduled: Timestamp, until connected: Timestamp) {
        let place = "\(namespace)/\(agent.name)"
        let images = [
            ("jnlp", "jenkins/inbound-agent:3327.v868139a_d00e0-7"), (agent.template.container, agent.template.image),
        ]
        for (index, (container, image)) in images.enumerated() {
            let at = scheduled + .seconds(Int64(index) + 1)
            if random.number(0...4) == 0 {
                podEvent(at, agent.name, "Pulling", "Pulling image \"\(image)\"")
                podEvent(
                    at + .seconds(2), agent.name, "Pulled",
                    "Successfully pulled image \"\(image)\" in 1.\(random.number(100...999))s (1.\(random.number(100...999))s including waiting). Image size: \(random.number(200_000_000...800_000_000)) bytes."
                )
            } else {
                podEvent(at, agent.name, "Pulled", "Container image \"\(image)\" already present on machine")
            }
            podEvent(at + .seconds(2), agent.name, "Created", "Created container: \(container)")
            podEvent(at + .seconds(2), agent.name, "Started", "Started container \(container)")
        }
        control(
            scheduled + .milliseconds(5200), "INFO", "o.c.j.p.k.KubernetesLauncher#launch",
            "Pod is running: kubernetes \(place)")
        control(
            connected - .milliseconds(600), "INFO", "h.TcpSlaveAgentListener$ConnectionHandler#run",
            "Accepted JNLP4-connect connection #\(random.number(100...9999)) from /\(agent.address):\(agent.port)")
    }

    /// What the controller says when it lets an agent go after its build: a closed channel is part of it.
    private mutating func addFarewell(_ agent: WorldAgent, at: Timestamp) {
        guard at < window.end - .seconds(2) else { return }
        let logger = "o.c.j.p.k.KubernetesSlave#_terminate"
        control(at, "INFO", logger, "Terminating Kubernetes instance for agent \(agent.name)")
        control(
            at + .milliseconds(140), "INFO", "j.s.DefaultJnlpSlaveReceiver#channelClosed",
            "Computer.threadPoolForRemoting [#\(random.number(2...90))] for \(agent.name) terminated: java.nio.channels.ClosedChannelException"
        )
        control(
            at + .milliseconds(160), "INFO", logger,
            "Terminated Kubernetes instance for agent \(namespace)/\(agent.name)")
        control(at + .milliseconds(161), "INFO", logger, "Disconnected computer \(agent.name)")
    }
}
