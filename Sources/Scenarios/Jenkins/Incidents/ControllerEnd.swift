import Telemetry

/// How the controller goes away and comes back.
enum ControllerEnd: Hashable {
    /// Its pod is deleted and made anew: an upgrade, a drained node. Jenkins stops in order.
    case replaced
    /// As before, but Jenkins does not stop in time and is killed: exit code 137, and no lack of memory.
    case killedAfterGracePeriod
    /// Its process ends by itself.
    case crashed
    /// The kernel kills it for memory.
    case outOfMemory
    /// Its heap is exhausted, and Java ends because it was told to.
    case outOfHeap
}

extension JenkinsWorld {
    /// The controller goes away: what runs then is lost to the traces, and its agents wait.
    ///
    /// - Parameter count: how many builds run at that instant.
    mutating func endController(_ end: ControllerEnd, builds count: Int = 7, at seconds: Double = -150)
        -> LabelledScenario.Label
    {
        let back = seconds + (end == .replaced || end == .killedAfterGracePeriod ? 105 : 68)
        outages.append(TimeWindow(start: at(seconds), end: at(back)))
        let running = (0..<count).map { number in
            let pool: Cloud.Pool = number % 4 == 3 ? .build : .spot
            return addBuild(
                of: random.element(of: jobs(in: pool)), on: pickNode(pool), endingAt: seconds + Double(number) * 0.01)
        }
        sayFarewell(end, at: seconds)
        for (number, build) in running.enumerated() { resume(build, at: back + 6 + Double(number), diedAt: seconds) }
        start(at: back)
        noteInCluster(end, at: seconds, back: back)
        switch end {
        case .replaced, .killedAfterGracePeriod, .crashed: return .init("controller-restart", "pod", controller.pod)
        case .outOfMemory, .outOfHeap: return .init("controller-oom-killed", "pod", controller.pod)
        }
    }

    /// A build goes on where it was, but its spans are gone for good; every third does not find its agent again.
    private mutating func resume(_ build: Int, at seconds: Double, diedAt: Double) {
        builds[build].ending = .unfinished(after: at(diedAt))
        builds[build].silentFrom = at(diedAt)
        let agent = builds[build].agent
        builds[build].lateLines = [
            .init(at: at(seconds), text: "Resuming build at \(at(seconds)) after Jenkins restart"),
            .init(
                at: at(seconds + 0.4), text: "Waiting for reconnection of \(agent.name) before proceeding with build"),
        ]
        let isLost = build % 3 == 0
        for container in ["jnlp", agent.template.container] {
            podEvent(at(seconds + (isLost ? 304 : 62)), agent.name, "Killing", "Stopping container \(container)")
        }
        guard isLost else {
            builds[build].lateLines += [
                .init(at: at(seconds + 21), text: "Ready to run at \(at(seconds + 21))"),
                .init(at: at(seconds + 60), text: "Finished: SUCCESS"),
            ]
            return
        }
        builds[build].lateLines += [
            .init(
                at: at(seconds + 301),
                text:
                    "\(agent.name) has been removed for 5 min 0 sec; assuming it is not coming back, and terminating node step"
            ),
            .init(at: at(seconds + 302), text: "Timeout waiting for agent to come back"),
            .init(at: at(seconds + 302), text: "Finished: ABORTED"),
        ]
    }

    private mutating func sayFarewell(_ end: ControllerEnd, at seconds: Double) {
        switch end {
        case .replaced, .killedAfterGracePeriod:
            control(seconds - 4, "INFO", "winstone.Logger#logInternal", "JVM is terminating. Shutting down Jetty")
            control(seconds - 3.9, "INFO", "jenkins.model.Jenkins#cleanUp", "Stopping Jenkins")
            if end == .replaced {
                control(
                    seconds - 0.6, "INFO", "jenkins.model.Jenkins#_cleanUpDisconnectComputers",
                    "Starting node disconnection")
                control(seconds - 0.1, "INFO", "jenkins.model.Jenkins#cleanUp", "Jenkins stopped")
            }
        case .crashed:
            for (offset, line) in [
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#  SIGSEGV (0xb) at pc=0x00007f3a1c0e41d2, pid=7, tid=112", "# Problematic frame:",
                "# C  [libzip.so+0x11d2]",
            ].enumerated() {
                logs.append(
                    controller.rawLine(at(seconds - 0.2) + .milliseconds(Int64(offset)), line, service: service))
            }
        case .outOfMemory: break
        case .outOfHeap:
            for second in [seconds - 41, seconds - 17, seconds - 3] {
                control(
                    second, "SEVERE", "hudson.triggers.SafeTimerTask#run",
                    "Timer task hudson.model.LoadStatistics$LoadStatisticsUpdater failed")
                logs.append(
                    controller.rawLine(
                        at(second) + .milliseconds(1), "java.lang.OutOfMemoryError: Java heap space", service: service))
            }
            logs.append(
                controller.rawLine(
                    at(seconds - 0.1), "Terminating due to java.lang.OutOfMemoryError: Java heap space",
                    service: service))
        }
    }

    private mutating func start(at seconds: Double) {
        logs.append(
            controller.rawLine(
                at(seconds - 30), "Running from: /usr/share/jenkins/jenkins.war", service: service))
        for (offset, line) in [
            ("winstone.Logger#logInternal", "Beginning extraction from war file"),
            ("jenkins.InitReactorRunner$1#onAttained", "Started initialization"),
            ("jenkins.InitReactorRunner$1#onAttained", "Loaded all jobs"),
            ("hudson.lifecycle.Lifecycle#onReady", "Jenkins is fully up and running"),
        ].enumerated() {
            control(seconds - 29 + Double(offset) * 9.5, "INFO", line.0, line.1)
        }
    }

    private mutating func noteInCluster(_ end: ControllerEnd, at seconds: Double, back: Double) {
        let pod = controller.pod
        let image = "registry.example.com/ci/jenkins:\(controller.version)"
        let stateful = ClusterEvent.Object(kind: "StatefulSet", namespace: namespace, name: service)
        switch end {
        case .replaced, .killedAfterGracePeriod:
            podEvent(at(seconds - 30), pod, "Killing", "Stopping container jenkins")
            event(
                at(seconds - 31), stateful, "SuccessfulDelete",
                "delete Pod \(pod) in StatefulSet \(service) successful",
                by: "statefulset-controller", isWarning: false, count: 1, until: nil)
            if end == .killedAfterGracePeriod {
                podEvent(
                    at(seconds), pod, "ExceededGracePeriod",
                    "Container runtime did not kill the pod within specified grace period.", isWarning: true)
            }
            event(
                at(seconds + 4), stateful, "SuccessfulCreate", "create Pod \(pod) in StatefulSet \(service) successful",
                by: "statefulset-controller", isWarning: false, count: 1, until: nil)
            podEvent(
                at(seconds + 5), pod, "Scheduled", "Successfully assigned \(namespace)/\(pod) to \(controller.node)",
                by: "default-scheduler")
            controllerState = controllerPod()
        case .crashed, .outOfMemory, .outOfHeap:
            let (reason, code): (String, Int) =
                switch end {
                case .outOfMemory: ("OOMKilled", 137)
                case .outOfHeap: ("Error", 3)
                default: ("Error", 134)
                }
            if end == .outOfMemory {
                nodeEvent(
                    at(seconds), controller.node, "OOMKilling",
                    "Memory cgroup out of memory: Killed process \(random.number(4000...9000)) (java) total-vm:11928412kB, anon-rss:\(random.number(6_100_000...6_290_000))kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:14208kB oom_score_adj:872",
                    by: "kernel-monitor", isWarning: true)
            }
            controllerState = controllerPod(
                restarts: 1,
                terminations: [.init(container: "jenkins", reason: reason, exitCode: code, finishedAt: at(seconds))])
        }
        podEvent(at(back - 40), pod, "Pulled", "Container image \"\(image)\" already present on machine")
        podEvent(at(back - 39), pod, "Created", "Created container: jenkins")
        podEvent(at(back - 38), pod, "Started", "Started container jenkins")
        podEvent(
            at(back - 25), pod, "Unhealthy",
            "Startup probe failed: Get \"http://10.244.1.17:8080/login\": dial tcp 10.244.1.17:8080: connect: connection refused",
            isWarning: true, count: 2, until: at(back - 15))
    }
}
