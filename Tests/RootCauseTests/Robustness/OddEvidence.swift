import Languages
import Telemetry
import TestSupport

/// Evidence as no test would think of it: everything that can be wrong is wrong somewhere, by a seed.
struct OddEvidence {
    private var random: SeededRandom

    init(seed: Int) { random = SeededRandom(seed: seed) }

    private static let services = ["web", "api", "db", "jenkins", "", "ünïcödé", "a`b\"c\\"]
    private static let texts = [
        "", " ", "ERROR: it failed", "Cannot contact agent-1: java.io.IOException", "BUILD team/app/main",
        "Stage: Test", "\u{0}\u{1}\u{7F}", "\u{FFFD}\u{202E}", String(repeating: "e\u{301}", count: 300),
        "GET /orders/17",
        "GET /orders/18", "org.acme.Boom: no such order\n\tat Boom.java:17", "{\"level\":\"error\",\"msg\":\"x\"}",
        "agent-1 was deleted; cancelling node body", "-", "=", "OrderService#142: done", "1", "<*>",
    ]
    private static let instants: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    private static let numbers = [
        Double.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        -.greatestFiniteMagnitude, 1, 0.5, 99,
    ]
    private static let attributes = [
        "service.version", "k8s.pod.name", "http.response.status_code", "exception.type", "jenkins.computer.name",
        "ci.pipeline.run.result", "ci.pipeline.id", "ci.pipeline.run.number", "peer.service", "tenant",
    ]

    private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }
    private mutating func one<Element>(of list: [Element]) -> Element { list[roll(list.count)] }
    private mutating func some<Element>(_ most: Int, _ make: (inout Self) -> Element) -> [Element] {
        (0..<roll(most + 1)).map { _ in make(&self) }
    }

    /// Mostly around the window, sometimes hours away, sometimes at the ends of time.
    private mutating func instant() -> Timestamp {
        switch roll(20) {
        case 0: Timestamp(nanoseconds: one(of: Self.instants))
        case 1: Story.at(Double(roll(200_000)) - 100_000)
        case 2...12: Story.at(Double(roll(120_000)) / 1000)
        default: Story.at(Double(roll(600_000)) / 1000 - 600)
        }
    }

    private mutating func value() -> AttributeValue {
        switch roll(8) {
        case 0: .int(Int64(roll(600)))
        case 1: .double(one(of: Self.numbers))
        case 2: .bool(roll(2) == 0)
        case 3: .bytes([0xFF, 0xFE])
        case 4: .array([.string(one(of: Self.texts))])
        case 5: .map(["a": .int(1), "b": .array([])])
        default: .string(one(of: Self.texts + Self.services))
        }
    }

    private mutating func attributes(_ most: Int) -> Attributes {
        Attributes(some(most) { ($0.one(of: Self.attributes), $0.value()) })
    }

    private mutating func resource() -> Attributes {
        let service = one(of: Self.services)
        let number = roll(3)
        return Attributes([
            ("service.name", .string(service)), ("k8s.pod.name", .string("\(service)-\(number)")),
            ("k8s.node.name", .string("node-\(roll(2))")), ("service.version", .string("v\(number)")),
        ])
    }

    private mutating func trace(_ number: Int) -> [Span] {
        let id = TraceID(high: 8, low: UInt64(number + 1))
        let count = 1 + roll(roll(4) == 0 ? 60 : 8)
        let start = instant()
        return (0..<count).map { position in
            // Few numbers: many spans have the id of another, name themselves or each other as parents, or nobody.
            let own = SpanID(UInt64(1 + roll(2 * count)))
            let parent: SpanID? = roll(6) == 0 ? nil : SpanID(UInt64(1 + roll(2 * count)))
            let from = roll(4) == 0 ? instant() : start + .milliseconds(position * 7)
            let duration = Duration.milliseconds(roll(4000) - (roll(10) == 0 ? 4000 : 0))
            return Span(
                traceID: id, id: own, parentID: parent, name: one(of: Self.texts),
                kind: one(of: [.unspecified, .internal, .server, .client, .producer, .consumer]), start: from,
                end: roll(30) == 0 ? instant() : from + duration,
                status: one(of: [.unset, .unset, .ok, .error(message: one(of: Self.texts))]),
                attributes: attributes(6), resource: resource(),
                events: some(2) { Span.Event(at: $0.instant(), name: "exception", attributes: $0.attributes(3)) })
        }
    }

    private mutating func labels() -> [String: String] {
        let service = one(of: Self.services)
        return ["service_name": service, "pod": "\(service)-\(roll(3))", "level": one(of: ["", "error", "info"])]
    }

    private mutating func entry() -> LogEntry {
        var metadata: [String: String] = [:]
        if roll(2) == 0 { metadata["trace_id"] = TraceID(high: 8, low: UInt64(1 + roll(40))).description }
        if roll(2) == 0 { metadata["span_id"] = SpanID(UInt64(1 + roll(10))).description }
        if roll(10) == 0 { metadata["trace_id"] = one(of: Self.texts) }
        let line = roll(300) == 0 ? String(repeating: "long é ", count: 20_000) : one(of: Self.texts)
        return LogEntry(at: instant(), line: line, labels: labels(), metadata: metadata)
    }

    private mutating func event() -> ClusterEvent {
        ClusterEvent(
            at: instant(), lastSeen: instant(),
            reason: one(of: [
                "Evicted", "PreemptScheduled", "NodeNotReady", "Scheduled", "FailedScheduling", "", "Killing",
            ]),
            message: one(of: Self.texts), type: one(of: ["Normal", "Warning", ""]),
            object: .init(kind: one(of: ["Pod", "Node", ""]), name: one(of: ["agent-1", "node-1", "web-0", ""])),
            count: one(of: [Int.min, -1, 0, 1, 7, .max]))
    }

    private mutating func pod() -> PodState {
        PodState(
            name: one(of: ["agent-1", "web-0", "api-1"]), namespace: one(of: ["", "ci"]),
            node: one(of: ["", "node-0", "node-1"]), phase: one(of: ["Running", "Failed", ""]),
            reason: one(of: ["", "Evicted"]), message: one(of: Self.texts), restarts: one(of: [Int.min, 0, .max]),
            terminations: some(2) {
                .init(
                    container: "c", reason: $0.one(of: ["OOMKilled", "Error"]), exitCode: $0.one(of: [137, 0, .min]),
                    finishedAt: $0.instant())
            })
    }

    private mutating func series() -> MetricSeries {
        MetricSeries(
            name: one(of: [
                "container_cpu_usage_rate", "memory_usage_percent", "http_requests_total", "restarts", "queue_length",
                "",
            ]), labels: ["pod": one(of: ["web-0", "api-1", ""]), "container": "c\(roll(3))"],
            samples: some(40) { one in
                .init(at: one.instant(), value: one.roll(3) == 0 ? one.one(of: Self.numbers) : Double(one.roll(100)))
            })
    }

    private mutating func window() -> TimeWindow {
        switch roll(6) {
        case 0: TimeWindow(start: instant(), end: instant())
        case 1: TimeWindow(start: Story.start, end: Story.start)
        case 2: TimeWindow(start: Timestamp(nanoseconds: .min), end: Timestamp(nanoseconds: .max))
        default: TimeWindow(start: Story.start, end: Story.at(120))
        }
    }

    /// What is wrong with it depends on the seed alone.
    ///
    /// - Parameter order: by which the spans come in, before they are put together to traces.
    mutating func evidence(order: Int = 0) -> Evidence {
        var spans = (0..<roll(40)).flatMap { trace($0) }
        var shuffling = SeededRandom(seed: order)
        spans.shuffle(using: &shuffling)
        let window = window()
        let baseline = roll(2) == 0 ? TimeWindow(start: Story.at(-600), end: Story.start) : self.window()
        return Evidence(
            scope: Scope(services: some(2) { $0.one(of: Self.services) }), window: window, baseline: baseline,
            traces: Trace.grouping(spans), logs: some(120) { $0.entry() }, events: some(20) { $0.event() },
            pods: some(6) { $0.pod() },
            nodes: some(4) { NodeState(name: "node-\($0.roll(3))", taints: ["t\($0.roll(2))"]) },
            metrics: some(12) { $0.series() },
            gaps: some(2) { Gap(.metrics, "no \($0.roll(3))", isTotal: $0.roll(2) == 0) },
            traceSample: one(of: [
                nil, TraceSample(strata: [], isComplete: true),
                TraceSample(strata: [.init(counted: -5, fetched: [])], isComplete: true),
                TraceSample(
                    strata: [
                        .init(counted: .max, fetched: [TraceID(high: 0, low: 1)]), .init(counted: .max, fetched: []),
                    ], isComplete: false),
            ]))
    }
}
