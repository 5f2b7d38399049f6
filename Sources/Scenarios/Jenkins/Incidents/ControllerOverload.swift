import Telemetry

extension JenkinsWorld {
    /// The controller gets no processor time: everything it does takes many times as long, and it loses agents that are well.
    ///
    /// - Parameter restarts: whether the kubelet starts it anew in the end because its probe fails.
    mutating func overloadController(
        from seconds: Double = -900, withMetrics: Bool = true, restarts: Bool = false
    ) -> LabelledScenario.Label {
        slowFrom = at(seconds)
        let pod = controller.pod
        for number in 0..<4 {
            let build = addBuild(
                of: random.element(of: jobs(in: .spot)), on: pickNode(.spot),
                endingAt: seconds + 190 + Double(number) * 70)
            loseAgent(build, .silent)
            builds[build].pod.remains = nil
        }
        podEvent(
            at(seconds + 40), pod, "Unhealthy",
            "Liveness probe failed: Get \"http://10.244.1.17:8080/login\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
            isWarning: true, count: random.number(6...14), until: at(240))
        podEvent(
            at(seconds + 20), pod, "Unhealthy",
            "Readiness probe failed: Get \"http://10.244.1.17:8080/login\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
            isWarning: true, count: random.number(20...60), until: at(250))
        for second in stride(from: seconds + 15, to: 280, by: 55) {
            let line = random.element(of: Self.overloadLines)
            control(second, line.0, line.1, line.2.replacing("%seconds%", with: "\(random.number(11...58))"))
        }
        if restarts { killForFailingProbe(at: -120) }
        if withMetrics { addOverloadMetrics(from: seconds) }
        return .init("controller-overload", "pod", pod)
    }

    private mutating func killForFailingProbe(at seconds: Double) {
        let pod = controller.pod
        outages.append(TimeWindow(start: at(seconds), end: at(seconds + 70)))
        podEvent(at(seconds - 31), pod, "Killing", "Container jenkins failed liveness probe, will be restarted")
        podEvent(at(seconds + 2), pod, "Created", "Created container: jenkins")
        podEvent(at(seconds + 3), pod, "Started", "Started container jenkins")
        control(seconds + 69, "INFO", "hudson.lifecycle.Lifecycle#onReady", "Jenkins is fully up and running")
        controllerState = controllerPod(
            restarts: 1,
            terminations: [.init(container: "jenkins", reason: "Error", exitCode: 143, finishedAt: at(seconds))])
    }

    private static let overloadLines = [
        (
            "INFO", "o.j.p.w.support.concurrent.Timeout#lambda$ping$0",
            "Running CpsFlowExecution[Owner[shop/storefront/main/%seconds%:shop/storefront/main #%seconds%]] unresponsive for %seconds% sec"
        ),
        (
            "WARNING", "hudson.triggers.Trigger#checkTriggers",
            "Trigger hudson.triggers.SCMTrigger.run() triggered by org.jenkinsci.plugins.workflow.job.WorkflowJob spent too much time (%seconds% sec) in its execution, other timers could be delayed"
        ),
        (
            "WARNING", "hudson.model.AsyncPeriodicWork#doRun",
            "Kubernetes agent cleanup thread is still running. Execution aborted."
        ),
        (
            "WARNING", "i.f.k.c.d.i.WatcherWebSocketListener#onError",
            "Exec Failure: java.net.SocketTimeoutException: sent ping but didn't receive pong within 30000ms (after %seconds% successful ping/pongs)"
        ),
    ]

    private mutating func addOverloadMetrics(from seconds: Double) {
        let since = at(seconds)
        let labels = ["namespace": namespace, "pod": controller.pod]
        addSeries("pod_cpu_throttled_share", labels) { $0 < since ? 0.04 : 0.93 }
        addSeries("pod_cpu_share_of_limit", labels) { $0 < since ? 0.41 : 0.998 }
        addSeries("jenkins_queue_length", ["instance": "10.244.1.17:8080"]) { $0 < since ? 2 : 61 }
    }

    /// A sample a minute over all the time, a little unsteady.
    mutating func addSeries(_ name: String, _ labels: [String: String], _ value: (Timestamp) -> Double) {
        var samples: [MetricSeries.Sample] = []
        var at = baseline.start
        while at < window.end {
            let tremor = 1 + Double(random.number(-30...0)) / 1000
            samples.append(.init(at: at, value: value(at) * tremor))
            at = at + .seconds(60)
        }
        metrics.append(MetricSeries(name: name, labels: labels, samples: samples))
    }
}
