import Languages
import Telemetry

/// A scenario in the shop, before it is played: the world, the alert, what is missing and the truth.
struct ShopCase {
    let cause: String
    let member: String
    var world: ShopWorld
    var variant = LabelledScenario.Variant.plain
    var label = LabelledScenario.Label.unknown
    var alert = ShopAlert.errors(of: "storefront")
    var missing: [ShopMissing] = []

    init(_ cause: String, _ member: String, seed: UInt64) {
        self.cause = cause
        self.member = member
        world = ShopWorld(seed: seed, name: "\(cause)/\(member)")
    }

    /// Plays it.
    func scenario() -> LabelledScenario {
        var world = world
        world.run()
        var evidence = world.evidence(scope: alert.service)
        for part in missing { part.leave(&evidence) }
        let message = alert.alert(world)
        let name = "\(cause)/\(member)"
        return LabelledScenario(
            name: name, variant: variant, label: label,
            scenario: Scenario(
                name: name.replacing("/", with: "-"), title: alert.title, alertedAt: world.alertedAt,
                evidence: evidence,
                webhookBody: message.webhookBody(isResolved: false),
                resolvedWebhookBody: message.webhookBody(isResolved: true)))
    }
}

/// The alert that starts it: it says what hurts and nothing else.
enum ShopAlert: Hashable {
    case errors(of: String)
    case latency(of: String)
    case silence(of: String)

    var service: String {
        switch self {
        case .errors(let service), .latency(let service), .silence(let service): service
        }
    }

    private var name: String {
        switch self {
        case .errors: "HighTraceErrorRate"
        case .latency: "HighTraceLatency"
        case .silence: "ServiceTracesAbsent"
        }
    }

    var title: String {
        switch self {
        case .errors: "Requests to \(service) fail"
        case .latency: "Requests to \(service) take long"
        case .silence: "\(service) shows no requests"
        }
    }

    func alert(_ world: ShopWorld) -> ScenarioAlert {
        var random = world.random
        let summary =
            switch self {
            case .errors: "\(service) fails 0.\(random.number(12...48)) requests a second"
            case .latency:
                "90 % of the requests to \(service) take up to \(random.number(2...5)).\(random.number(1...9)) s"
            case .silence: "no spans of \(service) for 5 minutes"
            }
        let digits = String(random.next() | 1 << 63, radix: 16)
        return ScenarioAlert(
            labels: [
                "alertname": name, "namespace": ShopWorld.namespace, "service_name": service, "severity": "warning",
            ],
            annotations: ["summary": summary], startsAt: world.alertedAt,
            endsAt: world.alertedAt + .seconds(Int64(random.number(900...2400))), fingerprint: digits,
            groupedBy: ["alertname", "service_name"])
    }
}

/// What the evidence lacks.
enum ShopMissing: Hashable {
    case source(EvidenceSource)
    /// Kubernetes was not asked.
    case cluster
    /// Tempo and Loki forgot what was before.
    case baseline
    /// Of so many traces, one was kept.
    case sampledTraces(oneOf: Int)
    /// A service's spans got lost on the way, always.
    case spans(of: String)
    /// The spans do not say where they come from.
    case places
    /// They do not say the version.
    case versions
    /// Exceptions are not recorded in spans.
    case exceptions
    /// Nor by which type an operation failed.
    case failureTypes

    func leave(_ evidence: inout Evidence) {
        switch self {
        case .source(let source): Self.empty(&evidence, source)
        case .cluster: for source in [EvidenceSource.events, .pods, .nodes] { Self.empty(&evidence, source) }
        case .baseline:
            let start = evidence.window.start
            evidence.traces.removeAll { ($0.spans.first?.start ?? start) < start }
            evidence.logs.removeAll { $0.at < start }
            evidence.metrics = evidence.metrics.map { series in
                MetricSeries(
                    name: series.name, labels: series.labels, samples: series.samples.filter { $0.at >= start })
            }.filter { !$0.samples.isEmpty }
            evidence.gaps += [
                Gap(.traces, "nothing is kept from before \(start.description)", isTotal: false),
                Gap(.logs, "nothing is kept from before \(start.description)", isTotal: false),
            ]
        case .sampledTraces(let count):
            let all = evidence.traces.count
            evidence.traces = evidence.traces.filter { $0.id.low % UInt64(count) == 0 }
            evidence.samplings.append(Sampling(.traces, taken: evidence.traces.count, total: all))
        case .spans(let service):
            evidence.traces = evidence.traces.compactMap { trace in
                let left = trace.spans.filter { $0.service != service }
                guard left.count < trace.spans.count else { return trace }
                return left.isEmpty ? nil : Trace(id: trace.id, spans: left, isPartial: true)
            }
        case .places:
            Self.rewrite(&evidence) { $0.leaving { !["k8s.pod.name", "k8s.node.name"].contains($0) } }
        case .versions: Self.rewrite(&evidence) { $0.leaving { $0 != "service.version" } }
        case .failureTypes: Self.rewrite(&evidence, attributes: { $0.leaving { $0 != "error.type" } }) { $0 }
        case .exceptions: Self.rewrite(&evidence, keepsEvents: false) { $0 }
        }
    }

    private static func empty(_ evidence: inout Evidence, _ source: EvidenceSource) {
        switch source {
        case .traces: evidence.traces = []
        case .logs: evidence.logs = []
        case .events: evidence.events = []
        case .pods: evidence.pods = []
        case .nodes: evidence.nodes = []
        case .metrics: evidence.metrics = []
        }
        evidence.gaps.append(Gap(source, "not part of the scenario", isTotal: true))
    }

    private static func rewrite(
        _ evidence: inout Evidence, keepsEvents: Bool = true, attributes: (Attributes) -> Attributes = { $0 },
        _ resource: (Attributes) -> Attributes
    ) {
        evidence.traces = evidence.traces.map { trace in
            Trace(
                id: trace.id,
                spans: trace.spans.map { span in
                    Span(
                        traceID: span.traceID, id: span.id, parentID: span.parentID, name: span.name, kind: span.kind,
                        start: span.start, end: span.end,
                        status: keepsEvents || !span.isError ? span.status : .error(message: ""),
                        attributes: attributes(span.attributes), resource: resource(span.resource),
                        events: keepsEvents ? span.events : [], links: span.links)
                }, isPartial: trace.isPartial)
        }
    }
}

extension Attributes {
    fileprivate func leaving(_ isKept: (String) -> Bool) -> Attributes {
        Attributes(filter { isKept($0.name) }.map { ($0.name, $0.value) })
    }
}

extension ShopWorld {
    /// What the backends have when the evidence is fetched.
    func evidence(scope service: String) -> Evidence {
        let whole = TimeWindow(start: baseline.start, end: window.end)
        var random = random
        // The API server keeps events for an hour.
        let remembered = window.end - .seconds(3600)
        return Evidence(
            scope: Scope(services: [service], namespaces: [Self.namespace]), window: window, baseline: baseline,
            traces: Trace.grouping(spans).filter { trace in
                trace.window.map { whole.contains($0.start) && whole.contains($0.end) } ?? false
            }, logs: ShopLog.sorted(lines.filter { whole.contains($0.at) }),
            events: events.enumerated().filter { remembered <= $0.element.at && $0.element.at < window.end }
                .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element),
            pods: podStates, nodes: nodeStates, metrics: ShopMeters(self).series(&random))
    }
}
