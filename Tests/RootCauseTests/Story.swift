import Alerts
import RootCause
import Settings
import Signatures
import Telemetry

/// Builds evidence line by line, so that a test reads like the incident that it tells.
///
/// Time counts in seconds from the window's start; the window is two minutes, the baseline the ten minutes before.
struct Story {
    static let start = Timestamp(seconds: 1_700_000_000)

    var spans: [Span] = []
    var logs: [LogEntry] = []
    var events: [ClusterEvent] = []
    var pods: [PodState] = []
    var nodes: [NodeState] = []
    var workloads: [WorkloadState] = []
    var metrics: [MetricSeries] = []
    var gaps: [Gap] = []
    var services: [String] = []
    private var lastID: UInt64 = 0

    var evidence: Evidence {
        Evidence(
            scope: Scope(services: services), window: TimeWindow(start: Self.start, end: Self.start + .seconds(120)),
            baseline: TimeWindow(start: Self.start - .seconds(600), end: Self.start), traces: Trace.grouping(spans),
            logs: logs, events: events, pods: pods, nodes: nodes, workloads: workloads, metrics: metrics, gaps: gaps)
    }

    /// With the known failures that the program brings along.
    func diagnosis(alert: AlertGroup? = nil) -> Diagnosis {
        RootCauseAnalyzer(options: .init(signatures: Signature.builtIn)).diagnose(evidence, alert: alert)
    }

    static func at(_ seconds: Double) -> Timestamp { start + .nanoseconds(Int64(seconds * 1e9)) }

    /// A span that was added, so that others can be put under it.
    struct Handle {
        let trace: TraceID
        let id: SpanID
    }

    /// - Parameters:
    ///   - at: seconds from the window's start.
    ///   - takes: seconds.
    @discardableResult
    mutating func span(
        _ service: String, _ name: String, under parent: Handle? = nil, kind: Span.Kind = .internal, at: Double,
        takes: Double, status: Span.Status = .unset, attributes: Attributes = [:], pod: String? = nil,
        events: [Span.Event] = []
    ) -> Handle {
        lastID += 1
        let trace = parent?.trace ?? TraceID(high: 1, low: lastID)
        let handle = Handle(trace: trace, id: SpanID(lastID))
        var resource: [(String, AttributeValue)] = [("service.name", .string(service))]
        if let pod { resource.append(("k8s.pod.name", .string(pod))) }
        spans.append(
            Span(
                traceID: trace, id: handle.id, parentID: parent?.id, name: name, kind: kind, start: Self.at(at),
                end: Self.at(at + takes), status: status, attributes: attributes, resource: Attributes(resource),
                events: events))
        return handle
    }

    /// A call: the client span of the caller and the server span of the callee, which is returned.
    ///
    /// - Parameter gap: seconds on the way, there and back together.
    @discardableResult
    mutating func call(
        _ caller: String, _ callee: String, _ name: String, under parent: Handle, at: Double, takes: Double,
        gap: Double = 0.002, status: Span.Status = .unset
    ) -> Handle {
        let client = span(caller, "HTTP GET", under: parent, kind: .client, at: at, takes: takes + gap, status: status)
        return span(callee, name, under: client, kind: .server, at: at + gap / 2, takes: takes, status: status)
    }

    mutating func log(
        _ line: String, at: Double, service: String = "jenkins", pod: String? = nil, span: Handle? = nil,
        level: String? = nil
    ) {
        var labels = ["service_name": service]
        labels["pod"] = pod
        var metadata: [String: String] = [:]
        metadata["trace_id"] = span?.trace.description
        metadata["span_id"] = span?.id.description
        metadata["detected_level"] = level
        logs.append(LogEntry(at: Self.at(at), line: line, labels: labels, metadata: metadata))
    }

    /// A series with a sample a minute: ten before the window, two in it.
    mutating func metric(_ name: String, _ labels: [String: String], before: [Double], after: [Double]) {
        let values = before + after
        metrics.append(
            MetricSeries(
                name: name, labels: labels,
                samples: values.enumerated().map { place, value in
                    MetricSeries.Sample(at: Self.at(Double(place - before.count + 1) * 60), value: value)
                }))
    }

    mutating func event(
        _ reason: String, _ kind: String, _ name: String, at: Double, _ message: String = "", type: String = "Warning"
    ) {
        events.append(
            ClusterEvent(
                at: Self.at(at), reason: reason, message: message, type: type,
                object: .init(kind: kind, namespace: kind == "Node" ? "" : "ci", name: name)))
    }

    mutating func node(_ name: String, spot: Bool = false, ready: Bool = true) {
        nodes.append(
            NodeState(
                name: name, labels: spot ? ["kubernetes.azure.com/scalesetpriority": "spot"] : [:],
                conditions: [
                    .init(type: "Ready", status: ready ? "True" : "Unknown", reason: "", message: "", since: nil)
                ]))
    }

    mutating func agentPod(
        _ name: String, node: String, reason: String = "", message: String = "",
        terminations: [PodState.Termination] = []
    ) {
        pods.append(
            PodState(
                name: name, namespace: "ci", node: node, reason: reason, message: message,
                labels: ["jenkins": "slave", "jenkins/label": "maven"], terminations: terminations))
    }

    enum Ending {
        case success, failure(String), agentRemoved, byPerson
    }

    /// A build as the OpenTelemetry plugin traces it: root, stage, a step on its agent.
    @discardableResult
    mutating func build(
        _ job: String, _ number: Int, on agent: String, at: Double, takes: Double, _ ending: Ending
    ) -> Handle {
        let result: String
        var rootStatus = Span.Status.unset
        var stepStatus = Span.Status.unset
        var stepEvents: [Span.Event] = []
        var causes: String?
        switch ending {
        case .success:
            result = "SUCCESS"
            rootStatus = .ok
        case .failure(let message):
            result = "FAILURE"
            rootStatus = .error(message: "")
            stepStatus = .error(message: message)
        case .agentRemoved:
            result = "ABORTED"
            stepStatus = .error(message: "FlowInterruptedException")
            causes = "RemovedNodeCause: Agent was removed"
            stepEvents = [
                Span.Event(
                    at: Self.at(at + takes), name: "exception",
                    attributes: [
                        "exception.type": .string("org.jenkinsci.plugins.workflow.steps.FlowInterruptedException"),
                        "exception.message": .string("Agent was removed"),
                    ])
            ]
        case .byPerson:
            result = "ABORTED"
            causes = "UserInterruption: Aborted by admin"
        }
        let root = span(
            "jenkins", "BUILD \(job)", kind: .server, at: at, takes: takes, status: rootStatus,
            attributes: [
                "ci.pipeline.id": .string(job), "ci.pipeline.run.number": .int(Int64(number)),
                "ci.pipeline.run.url": .string("https://ci.example/\(job)/\(number)/"),
                "ci.pipeline.run.result": .string(result),
            ])
        let stage = span("jenkins", "Stage: Test", under: root, at: at + 1, takes: max(takes - 2, 0))
        var attributes: [(String, AttributeValue)] = [("jenkins.computer.name", .string(agent))]
        if let causes { attributes.append(("jenkins.pipeline.step.interruption.causes", .array([.string(causes)]))) }
        span(
            "jenkins", "sh", under: stage, at: at + 2, takes: max(takes - 4, 0), status: stepStatus,
            attributes: Attributes(attributes), events: stepEvents)
        return root
    }

    static func alert(service: String) -> AlertGroup {
        AlertGroup(
            status: .firing, receiver: "sabueso", groupKey: "{}", commonLabels: ["alertname": "HighTraceErrorRate"],
            alerts: [
                Alert(
                    status: .firing, labels: ["service": service], startsAt: start + .seconds(100), fingerprint: "1")
            ])
    }
}

extension Diagnosis {
    /// Cause and subject of the first hypothesis: `spot-eviction aks-spot-3`.
    var verdict: String {
        hypotheses.first.map { "\($0.cause.rawValue) \($0.subject.name)".trimmed } ?? "none"
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
