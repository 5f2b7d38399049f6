import Languages
import RootCause
import Telemetry
import Testing

struct RootCauseAnalyzerTests {
    @Test func `no evidence at all is an unknown cause, said plainly`() {
        let diagnosis = Story().diagnosis()
        #expect(diagnosis.verdict == "unknown")
        #expect(diagnosis.hypotheses[0].subject == .init(.none, ""))
        #expect(diagnosis.onset == nil && diagnosis.exemplar == nil && diagnosis.timeline.isEmpty)
        #expect(diagnosis.impact == Impact())
    }

    @Test(arguments: [1, 2, 3, 4, 5])
    func `the order of the evidence changes nothing`(seed: UInt64) {
        var random = Sequence64(seed: seed)
        let story = incident()
        var shuffled = story.evidence
        let expected = RootCauseAnalyzer().diagnose(shuffled, alert: nil)
        shuffled.traces.shuffle(using: &random)
        shuffled.logs.shuffle(using: &random)
        shuffled.events.shuffle(using: &random)
        shuffled.pods.shuffle(using: &random)
        shuffled.nodes.shuffle(using: &random)
        shuffled.gaps.shuffle(using: &random)
        let actual = RootCauseAnalyzer().diagnose(shuffled, alert: nil)
        #expect(actual == expected)
        #expect(String(describing: actual) == String(describing: expected))
        #expect(expected.hypotheses.count > 1)
    }

    @Test func `every hypothesis obeys its limits`() {
        for hypothesis in incident().diagnosis().hypotheses {
            #expect((0...1).contains(hypothesis.confidence))
            #expect(hypothesis.recommendations.count <= 3)
            #expect(hypothesis.statement.english.hasSuffix("."))
        }
        let confidences = incident().diagnosis().hypotheses.map(\.confidence)
        #expect(confidences == confidences.sorted(by: >))
    }

    @Test func `the timeline is in the order of time, without repeats, and bounded`() {
        var story = incident()
        for number in 0..<300 { story.event("BackOff", "Pod", "p\(number % 40)", at: Double(number) / 3, "restarting") }
        let timeline = story.diagnosis().timeline
        #expect(timeline.map(\.at) == timeline.map(\.at).sorted())
        #expect(Set(timeline.map { "\($0.at) \($0.text.english)" }).count == timeline.count)
        #expect(timeline.count <= 24)
        #expect(timeline.contains { $0.text.english.contains("PreemptScheduled") })
    }

    @Test(arguments: [11, 12, 13, 14, 15, 16])
    func `nonsense does not trap`(seed: UInt64) {
        var random = Sequence64(seed: seed)
        func instant() -> Timestamp {
            [Timestamp(nanoseconds: .min), Timestamp(nanoseconds: .max), Story.at(-500), Story.at(3), Story.at(90)]
                .randomElement(using: &random) ?? Story.start
        }
        func name() -> String {
            ["", "BUILD ", "Stage: ", "GET /", "\u{0}", "🕵", "Agent", "HTTP GET"].randomElement(using: &random) ?? ""
        }
        let kinds: [Span.Kind] = [.client, .server, .internal, .consumer, .producer]
        var spans: [Span] = []
        for _ in 0..<400 {
            spans.append(
                Span(
                    traceID: TraceID(high: 0, low: 1 + random.next() % 20), id: SpanID(1 + random.next() % 30),
                    parentID: SpanID(random.next() % 30), name: name(),
                    kind: kinds.randomElement(using: &random) ?? .client,
                    start: instant(), end: instant(), status: random.next() % 3 == 0 ? .error(message: name()) : .unset,
                    attributes: ["jenkins.computer.name": .string(name()), "ci.pipeline.run.number": .string(name())],
                    resource: random.next() % 2 == 0 ? [:] : ["service.name": .string(name())]))
        }
        var story = Story()
        story.spans = spans
        for _ in 0..<100 {
            story.logs.append(
                LogEntry(at: instant(), line: "Agent \(name()) was deleted; cancelling node body \(name())"))
            story.events.append(
                ClusterEvent(
                    at: instant(),
                    reason: ["Evicted", "FailedScheduling", "PreemptScheduled", "Failed", "Scheduled"]
                        .randomElement(using: &random) ?? "", message: "image \"\(name())",
                    object: .init(kind: "Pod", name: name())))
            story.pods.append(PodState(name: name(), namespace: name(), node: name(), reason: "Evicted"))
            story.nodes.append(NodeState(name: name()))
        }
        var evidence = story.evidence
        evidence.window = TimeWindow(start: instant(), end: instant())
        evidence.baseline = TimeWindow(start: instant(), end: instant())
        #expect(!RootCauseAnalyzer().diagnose(evidence, alert: nil).hypotheses.isEmpty)
        #expect(!RootCauseAnalyzer().diagnose(story.evidence, alert: Story.alert(service: "")).hypotheses.isEmpty)
    }

    @Test func `a trace of a hundred thousand spans that are each other's children is only deep`() {
        let trace = TraceID(high: 0, low: 1)
        let spans = (1...100_000).map { number in
            Span(
                traceID: trace, id: SpanID(UInt64(number)), parentID: SpanID(UInt64(number - 1)), name: "deep",
                start: Story.at(1), end: Story.at(2), resource: ["service.name": .string("shop")])
        }
        var evidence = Story().evidence
        evidence.traces = [Trace(id: trace, spans: spans)]
        #expect(RootCauseAnalyzer().diagnose(evidence, alert: nil).impact.traces == 1)
    }

    @Test func `deep builds and names that hold ids cost no more than others`() {
        let trace = TraceID(high: 0, low: 1)
        let resource: Attributes = ["service.name": .string("jenkins")]
        let spans = (1...60_000).map { number -> Span in
            let parent: Int = number < 30_000 ? number - 1 : 7
            let name: String = number == 1 ? "BUILD deep" : "Stage: \(number)"
            return Span(
                traceID: trace, id: SpanID(UInt64(number)), parentID: SpanID(UInt64(parent)), name: name,
                start: Story.at(1), end: Story.at(2), resource: resource)
        }
        let other = spans.map { span in
            Span(
                traceID: TraceID(high: 0, low: 2), id: span.id, parentID: span.parentID, name: "GET /\(span.id)",
                start: span.start, end: span.end, resource: span.resource)
        }
        var evidence = Story().evidence
        evidence.traces = [Trace(id: trace, spans: spans), Trace(id: TraceID(high: 0, low: 2), spans: other)]
        #expect(RootCauseAnalyzer().diagnose(evidence, alert: nil).impact.traces == 1)
    }

    /// A preemption, a failing build and a failing dependency at once.
    private func incident() -> Story {
        var story = Story()
        for number in 0..<90 {
            let at = Double(number) * 8 - 600
            let root = story.span("shop", "GET /", kind: .server, at: at, takes: 0.3)
            let pay = story.call(
                "shop", "pay", "POST /pay", under: root, at: at + 0.1, takes: 0.1,
                status: at > 20 ? .error(message: "refused") : .unset)
            story.log("charged order \(number)", at: at, service: "pay", span: pay)
            if at > 20 {
                story.log("ERROR cannot reach the bank: connection refused", at: at, service: "pay", span: pay)
            }
        }
        story.node("aks-spot-3", spot: true, ready: false)
        story.node("aks-system-0")
        story.event("PreemptScheduled", "Node", "aks-spot-3", at: 20, "VM is scheduled for preemption")
        for (number, agent) in ["maven-x7k2p", "maven-a1b2c"].enumerated() {
            story.agentPod(agent, node: "aks-spot-3")
            story.build("shop/main", 70 + number, on: agent, at: -60, takes: 102, .agentRemoved)
            story.log("Cannot contact \(agent): hudson.remoting.ChannelClosedException", at: 41)
        }
        story.build("shop/docs", 3, on: "node-zzzzz", at: 10, takes: 60, .failure("script returned exit code 2"))
        story.gaps = [Gap(.metrics, "Prometheus did not answer", isTotal: true), Gap(.logs, "cut off", isTotal: false)]
        return story
    }
}

/// A fixed sequence of numbers, so that a failing test fails again: SplitMix64.
struct Sequence64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
