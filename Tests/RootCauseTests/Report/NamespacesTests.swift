import Telemetry
import Testing

@testable import RootCause

/// Where pods, services and volumes are, so that a command can be pasted.
struct NamespacesTests {
    private static func evidence() -> Evidence {
        var evidence = Story().evidence
        let at = evidence.window.start
        evidence.pods = [PodState(name: "maven-1", namespace: "ci-agents"), PodState(name: "twin", namespace: "a")]
        evidence.events = [
            ClusterEvent(
                at: at, reason: "Killing", message: "", object: .init(kind: "Pod", namespace: "b", name: "twin")),
            ClusterEvent(
                at: at, reason: "ProvisioningFailed", message: "",
                object: .init(kind: "PersistentVolumeClaim", namespace: "ci-agents", name: "cache")),
        ]
        evidence.logs = [
            LogEntry(
                at: at, line: "x", labels: ["service_name": "checkout", "pod": "checkout-1", "namespace": "shop"])
        ]
        return evidence
    }

    @Test(
        arguments: [
            (.pod, "maven-1", "ci-agents"), (.pod, "checkout-1", "shop"), (.pod, "twin", nil), (.pod, "other", nil),
            (.service, "checkout", "shop"), (.volume, "cache", "ci-agents"), (.node, "maven-1", nil),
        ] as [(Hypothesis.Subject.Kind, String, String?)])
    func `a subject has the one namespace that the evidence names`(
        _ kind: Hypothesis.Subject.Kind, _ name: String, _ namespace: String?
    ) {
        #expect(Namespaces(Self.evidence()).namespace(of: .init(kind, name)) == namespace)
    }

    @Test func `a step's agent is not put into its controller's namespace`() {
        var evidence = Story().evidence
        let span = Span(
            traceID: TraceID(high: 0, low: 1), id: SpanID(1), name: "sh", start: evidence.window.start,
            end: evidence.window.end, attributes: ["jenkins.computer.name": .string("maven-1")],
            resource: ["service.name": .string("jenkins"), "k8s.namespace.name": .string("jenkins")])
        evidence.traces = [Trace(id: span.traceID, spans: [span])]
        let known = Namespaces(evidence)
        #expect(known.namespace(of: .init(.pod, "maven-1")) == nil)
        #expect(known.namespace(of: .init(.service, "jenkins")) == "jenkins")
    }
}
