import Languages
import Telemetry

/// From a world to a scenario.
extension JenkinsWorld {
    /// - Parameters:
    ///   - name: the family's cause and what is special.
    ///   - label: what somebody who knows what happened would say of the evidence that is left.
    func finish(
        _ name: String, _ variant: LabelledScenario.Variant, _ label: LabelledScenario.Label
    ) -> LabelledScenario {
        var world = self
        if !world.hasEverydayWork { world.addEverydayWork() }
        let evidence = world.evidence()
        let alert = world.alert
        let scenario = Scenario(
            name: name, title: "Builds of \(service) fail", alertedAt: alertedAt, evidence: evidence,
            webhookBody: alert.webhookBody(isResolved: false), resolvedWebhookBody: alert.webhookBody(isResolved: true))
        return LabelledScenario(name: name, variant: variant, label: label, scenario: scenario)
    }

    private var alert: ScenarioAlert {
        ScenarioAlert(
            labels: ["alertname": "JenkinsJobTraceFailure", "service_name": service, "severity": "critical"],
            annotations: ["summary": "builds of \(service) failed or lost their agent in 10 minutes"],
            startsAt: alertedAt, endsAt: alertedAt + .seconds(620), fingerprint: "6b1f0c5e94d27a38",
            groupedBy: ["alertname", "service_name"])
    }

    private mutating func evidence() -> Evidence {
        let numbers = buildNumbers()
        var incidentTraces: Set<TraceID> = []
        for index in builds.indices {
            let build = builds[index]
            let number = numbers[index]
            let played = BuildPlayer.play(build, number: number, in: self, &random)
            spans += losses.contains(.rootSpans) && build.isIncident ? Self.beheaded(played.spans) : played.spans
            if build.isIncident { incidentTraces.formUnion(played.spans.map(\.traceID)) }
            if !losses.contains(.buildLogs) { logs += played.lines }
            addPodLife(build)
            if let remains = build.pod.remains { pods.append(Self.numbered(remains, number)) }
        }
        if hasClusterMetrics { addClusterMetrics() }
        addRequests()
        addControllerChatter()
        pods.append(controllerState ?? controllerPod())
        let traces = sampled(Trace.grouping(spans), keeping: incidentTraces)
        let missing = losses.compactMap(\.source)
        let whole = TimeWindow(start: baseline.start, end: window.end)
        return Evidence(
            scope: Scope(services: [service]), window: window, baseline: baseline,
            traces: missing.contains(.traces) ? [] : traces,
            logs: missing.contains(.logs) ? [] : Self.sorted(logs.filter { whole.contains($0.at) && isKept($0) }),
            events: missing.contains(.events)
                ? []
                : events.sorted {
                    ($0.at, $0.object.name, $0.reason, $0.message) < ($1.at, $1.object.name, $1.reason, $1.message)
                },
            pods: missing.contains(.pods) ? [] : pods.sorted { $0.name < $1.name },
            nodes: missing.contains(.nodes)
                ? [] : nodes.filter { !$0.isGone }.map(\.state).sorted { $0.name < $1.name },
            metrics: metrics,
            gaps: missing.map { Gap($0, "not part of the scenario", isTotal: true) }
                + (metrics.isEmpty ? [Gap(.metrics, "not part of the scenario", isTotal: true)] : []))
    }

    private static func sorted(_ logs: [LogEntry]) -> [LogEntry] {
        logs.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private func isKept(_ entry: LogEntry) -> Bool {
        !(losses.contains(.controllerLog) && entry.labels["pod"] == controller.pod)
    }

    /// Builds of a job are counted in the order in which they begin.
    private func buildNumbers() -> [Int] {
        var numbers = Array(repeating: 0, count: builds.count)
        var next: [String: Int] = [:]
        for index in builds.indices.sorted(by: { (builds[$0].start, $0) < (builds[$1].start, $1) }) {
            let job = builds[index].job
            let number = next[job.fullName, default: job.firstNumber]
            next[job.fullName] = number + 1
            numbers[index] = number
        }
        return numbers
    }

    private static func numbered(_ pod: PodState, _ number: Int) -> PodState {
        PodState(
            name: pod.name, namespace: pod.namespace, node: pod.node, phase: pod.phase, reason: pod.reason,
            message: pod.message, labels: pod.labels,
            annotations: pod.annotations.mapValues { $0.replacing("%number%", with: String(number)) },
            restarts: pod.restarts, terminations: pod.terminations)
    }

    /// Without the root and the block around the agent: what is there if the last batch was not sent.
    private static func beheaded(_ spans: [Span]) -> [Span] {
        spans.filter { $0.parentID != nil && $0.name != "Agent" && !$0.name.hasPrefix("Phase: ") }
    }

    private func sampled(_ traces: [Trace], keeping incident: Set<TraceID>) -> [Trace] {
        for case .sampling(let oneIn) in losses {
            return traces.enumerated().filter { index, trace in
                incident.contains(trace.id) || index % oneIn == 0 || trace.spans.contains(where: \.isError)
            }.map(\.element)
        }
        return traces
    }

    private mutating func addRequests() {
        let resource = controller.resource(service: service, host: host)
        for number in 0..<traffic.requests {
            let at =
                baseline.start + (window.end - baseline.start) * number / traffic.requests
                + random.milliseconds(0...90_000)
            let time = TimeWindow(start: at, end: at + .seconds(1))
            guard time.end < window.end, !outages.contains(where: { $0.overlaps(time) }) else { continue }
            let isSlow = slowFrom.map { at > $0 } ?? false
            // A proxy in front of it gives up after a minute.
            let status = isSlow && random.number(0...3) == 0 ? 503 : nil
            guard at + .seconds(62) < window.end || !isSlow else { continue }
            spans.append(
                WebRequests.span(
                    at: at, resource: resource, lasting: isSlow ? 9_000...60_000 : 12...480, status: status, &random))
        }
    }

    /// Lines that the controller writes whatever happens.
    private mutating func addControllerChatter() {
        let lines = [
            ("INFO", "hudson.model.AsyncPeriodicWork#lambda$doRun$1", "Started Fingerprint cleanup"),
            (
                "INFO", "hudson.model.AsyncPeriodicWork#lambda$doRun$1",
                "Finished Periodic background build discarder. 14 ms"
            ),
            (
                "WARNING", "hudson.security.csrf.CrumbFilter#doFilter",
                "No valid crumb was included in request for /ajaxBuildQueue by anonymous. Returning 403."
            ),
            (
                "INFO", "o.j.p.g.webhook.subscriber.DefaultPushGHEventSubscriber#onEvent",
                "Received PushEvent for https://git.example.com/shop/storefront"
            ),
            (
                "INFO", "hudson.slaves.NodeProvisioner#update",
                "Kubernetes Pod Template provisioning successfully completed. We have now 14 computer(s)"
            ),
            (
                "WARNING", "hudson.plugins.git.GitStatus#doNotifyCommit",
                "No Git consumers using SCM API plugin for: https://git.example.com/old/site.git"
            ),
        ]
        for number in 0..<traffic.controllerLines {
            let at =
                baseline.start + (window.end - baseline.start) * number / traffic.controllerLines
                + random.milliseconds(0...60_000)
            let line = random.element(of: lines)
            guard at < window.end, !outages.contains(where: { $0.contains(at) }) else { continue }
            control(at, line.0, line.1, line.2)
        }
    }

    /// The controller while all is well, or with what happened to it.
    func controllerPod(restarts: Int = 0, terminations: [PodState.Termination] = [], node: String? = nil) -> PodState {
        PodState(
            name: controller.pod, namespace: namespace, node: node ?? controller.node,
            labels: [
                "app.kubernetes.io/name": "jenkins", "app.kubernetes.io/component": "jenkins-controller",
                "statefulset.kubernetes.io/pod-name": controller.pod,
            ], restarts: restarts, terminations: terminations)
    }
}
