import Scenarios
import Telemetry
import Testing

/// What every scenario of the shop has to keep to, whatever a diagnosis makes of it.
struct ServiceFamilyTests {
    static let scenarios = ScenarioFamilies.ofServices.flatMap { $0.all(seed: 1) }
    static let names = scenarios.map(\.name)

    static func scenario(_ name: String, seed: UInt64 = 1) throws -> LabelledScenario {
        let parts = name.split(separator: "/").map(String.init)
        let family = try #require(ScenarioFamilies.ofServices.first { $0.cause == parts[0] })
        try #require(family.members.contains(parts[1]))
        return family.make(parts[1], seed: seed)
    }

    @Test func `every scenario is of its own name and variant, and a plain one shows its family's cause`() throws {
        #expect(Set(Self.names).count == Self.names.count)
        for family in ScenarioFamilies.ofServices {
            for member in family.members {
                let scenario = try #require(Self.scenarios.first { $0.name == "\(family.cause)/\(member)" })
                #expect(scenario.variant == family.variant(of: member))
                #expect(scenario.variant != .plain || scenario.label.cause == family.cause, "\(scenario.name)")
                #expect(scenario.label.isOfCatalogue, "\(scenario.name): \(scenario.label)")
            }
        }
    }

    @Test func `a decoy is something else than its family, or nothing`() {
        for scenario in Self.scenarios where scenario.variant == .decoy {
            let isOther = !scenario.name.hasPrefix("\(scenario.label.cause)/")
            #expect(isOther || scenario.label == .unknown, "\(scenario.name): \(scenario.label.cause)")
        }
    }

    @Test(arguments: scenarios.indices)
    func `the same seed gives the same, another one other names and the same truth`(_ index: Int) throws {
        let first = Self.scenarios[index]
        let other = try Self.scenario(first.name, seed: 2)
        #expect(first.label.cause == other.label.cause)
        #expect(first.label.subjectKind == other.label.subjectKind)
        #expect(first.variant == other.variant)
        let pods = Set(first.scenario.evidence.pods.map(\.name))
        #expect(pods.isDisjoint(with: other.scenario.evidence.pods.map(\.name)))
        #expect(first.scenario.alertedAt != other.scenario.alertedAt)
        guard first.name.hasSuffix("/plain") || first.label == .unknown else { return }
        let again = try Self.scenario(first.name)
        #expect(first.scenario.webhookBody == again.scenario.webhookBody)
        // By their text: a quantile of nothing is no number, and not equal to itself.
        let isSame = CaseWriter(first.scenario).files == CaseWriter(again.scenario).files
        #expect(isSame, "\(first.name)")
    }

    @Test(arguments: scenarios.indices)
    func `everything lies between the baseline's start and the window's end, and there is not too much of it`(
        _ index: Int
    ) {
        let scenario = Self.scenarios[index]
        let evidence = scenario.scenario.evidence
        let whole = TimeWindow(start: evidence.baseline.start, end: evidence.window.end)
        #expect(evidence.baseline.end == evidence.window.start)
        #expect(evidence.baseline.duration == .seconds(3600))
        #expect(evidence.window.duration == .seconds(1200))
        #expect(evidence.window.contains(scenario.scenario.alertedAt))
        #expect(
            evidence.traces.allSatisfy { trace in
                trace.window.map { whole.contains($0.start) && whole.contains($0.end) } ?? false
            }, "\(scenario.name)")
        #expect(evidence.logs.allSatisfy { whole.contains($0.at) }, "\(scenario.name)")
        #expect(evidence.events.allSatisfy { whole.contains($0.at) && whole.contains($0.lastSeen) }, "\(scenario.name)")
        #expect(
            evidence.metrics.allSatisfy { $0.samples.allSatisfy { whole.contains($0.at) } }, "\(scenario.name)")
        #expect(evidence.traces.reduce(0) { $0 + $1.spans.count } < 6000, "\(scenario.name)")
        #expect(evidence.logs.count < 5000, "\(scenario.name)")
    }

    @Test(arguments: scenarios.indices)
    func `what the truth names is somewhere in the evidence`(_ index: Int) {
        let scenario = Self.scenarios[index]
        let (evidence, subject) = (scenario.scenario.evidence, scenario.label.subjectName)
        guard scenario.label != .unknown else { return }
        let spans = evidence.traces.flatMap(\.spans)
        let inSpans = spans.contains {
            [$0.service, $0.pod, $0.node, $0.attributes.text("server.address")].contains(subject)
        }
        let inLogs = evidence.logs.contains { $0.labels.values.contains(subject) || $0.line.contains(subject) }
        let inCluster = evidence.pods.contains { $0.name == subject } || evidence.nodes.contains { $0.name == subject }
        #expect(!subject.isEmpty && (inSpans || inLogs || inCluster), "\(scenario.name): \(subject)")
    }

    @Test func `a folder tells nothing of the truth`() throws {
        for name in ["faulty-instance/plain", "dns-failure/no-logs", "unknown/nothing-differs"] {
            let scenario = try Self.scenario(name)
            let text = CaseWriter(scenario.scenario).files.map(\.text).joined()
            for cause in ScenarioFamilies.ofServices.map({ $0.cause }) where cause != "unknown" {
                #expect(!text.contains(cause), "\(name)")
            }
        }
    }
}

/// What single scenarios have to show, so that their truth is one.
struct ServiceTruthTests {
    private struct Shown {
        let evidence: Evidence
        let label: LabelledScenario.Label
        var spans: [Span] { evidence.traces.flatMap(\.spans) }
        var before: [Span] { spans.filter { evidence.baseline.contains($0.start) } }
        /// From two minutes before the alert on, when everything has begun.
        var during: [Span] {
            let from = evidence.window.end - .seconds(420)
            return spans.filter { $0.start >= from }
        }
    }

    private func shown(_ name: String, seed: UInt64) throws -> Shown {
        let scenario = try ServiceFamilyTests.scenario(name, seed: seed)
        return Shown(evidence: scenario.scenario.evidence, label: scenario.label)
    }

    private func errorShare(_ spans: [Span]) -> Double {
        Double(spans.count(where: \.isError)) / Double(max(1, spans.count))
    }

    private func median(_ spans: [Span]) throws -> Duration {
        let sorted = spans.map(\.duration).sorted()
        return try #require(sorted.isEmpty ? nil : sorted[sorted.count / 2])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `only the faulty pod fails, and its siblings get as much to do`(_ seed: UInt64) throws {
        let shown = try shown("faulty-instance/plain", seed: seed)
        let served = shown.during.filter { $0.service == "inventory" && $0.kind == .server }
        let own = served.filter { $0.pod == shown.label.subjectName }
        let others = served.filter { $0.pod != shown.label.subjectName }
        #expect(own.count >= 4 && others.count >= 4)
        #expect(errorShare(own) > 0.7 && errorShare(others) < 0.1)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `only the new version fails, and it is in the events`(_ seed: UInt64) throws {
        let shown = try shown("bad-deploy/plain", seed: seed)
        let service = shown.label.subjectName
        let served = shown.spans.filter { $0.service == service && $0.kind == .server }
        let old = try #require(shown.before.first { $0.service == service }?.resource.text("service.version"))
        let new = served.filter { $0.resource.text("service.version") != old }
        #expect(!new.isEmpty && errorShare(new) > 0.3)
        #expect(errorShare(served.filter { $0.resource.text("service.version") == old }) < 0.05)
        #expect(shown.evidence.events.contains { $0.reason == "ScalingReplicaSet" && $0.object.name == service })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `what fails outside fails for all pods that call it, and the caller does not fail by itself`(
        _ seed: UInt64
    ) throws {
        let shown = try shown("dependency-failure/plain", seed: seed)
        let calls = shown.during.filter { $0.attributes.text("server.address") == shown.label.subjectName }
        #expect(errorShare(calls) > 0.5)
        #expect(Set(calls.filter(\.isError).compactMap(\.pod)).count > 1)
        let before = shown.before.filter { $0.attributes.text("server.address") == shown.label.subjectName }
        #expect(before.count > 50 && errorShare(before) < 0.02)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a slow service is slow itself and fails no more than before`(_ seed: UInt64) throws {
        let shown = try shown("latency-regression/plain", seed: seed)
        func served(_ spans: [Span]) -> [Span] { spans.filter { $0.service == "catalog" && $0.kind == .server } }
        func asked(_ spans: [Span]) -> [Span] {
            spans.filter { $0.attributes.text("server.address") == "catalog-db" }
        }
        #expect(try median(served(shown.during)) > median(served(shown.before)) * 3)
        #expect(try median(asked(shown.during)) < median(asked(shown.before)) * 2.5)
        #expect(errorShare(shown.during) < 0.02)
        let cpu = shown.evidence.metrics.filter { $0.name == "pod_cpu_share_of_limit" }.flatMap(\.samples)
        #expect(!cpu.isEmpty && cpu.allSatisfy { $0.value < 0.8 })
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a surge is a surge of what comes in, and retries are not`(_ seed: UInt64) throws {
        func rise(_ name: String) throws -> Double {
            let shown = try shown(name, seed: seed)
            let roots = shown.spans.filter { $0.parentID == nil && $0.kind == .server }
            let during = roots.count { $0.start >= shown.evidence.window.end - .seconds(420) }
            let before = roots.count { shown.evidence.baseline.contains($0.start) }
            return Double(during) / 420 / (Double(before) / 3600)
        }
        #expect(try rise("traffic-surge/plain") > 3)
        #expect(try rise("traffic-surge/retries") < 1.4)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a gap in the telemetry has callers that get their answers, and silence of another kind has none`(
        _ seed: UInt64
    ) throws {
        let gap = try shown("telemetry-gap/plain", seed: seed)
        func calls(_ spans: [Span]) -> [Span] {
            spans.filter { $0.kind == .client && $0.attributes.text("server.address") == "shipping" }
        }
        #expect(!gap.during.contains { $0.service == "shipping" } && gap.before.contains { $0.service == "shipping" })
        let silentFrom = gap.evidence.window.end - .seconds(640)
        let answered = calls(gap.spans.filter { $0.start > silentFrom })
        #expect(answered.count > 5 && errorShare(answered) < 0.15)
        for name in ["telemetry-gap/nobody-calls", "telemetry-gap/scaled-to-none"] {
            #expect(try calls(shown(name, seed: seed).during).isEmpty)
        }
        let needed = try shown("telemetry-gap/needed-and-scaled-to-none", seed: seed)
        #expect(errorShare(calls(needed.during)) > 0.9)
    }

    @Test(arguments: ["nothing-differs", "noisy-as-always", "deploy-without-harm", "slow-clients"], [1, 2, 3])
    func `where the cause is unknown, the shop does as it did before`(_ member: String, _ seed: Int) throws {
        let shown = try shown("unknown/\(member)", seed: UInt64(seed))
        func served(_ spans: [Span]) -> [Span] { spans.filter { $0.service == "storefront" && $0.kind == .server } }
        #expect(errorShare(served(shown.during)) < 0.05)
        #expect(try median(served(shown.during)) < median(served(shown.before)) * 2.5)
        func complaints(_ window: TimeWindow) -> Double {
            let lines = shown.evidence.logs.filter { $0.level == "error" && window.contains($0.at) }
            return Double(lines.count) / window.duration.inSeconds * 600
        }
        #expect(abs(complaints(shown.evidence.window) - complaints(shown.evidence.baseline)) < 6)
    }

    @Test(arguments: ["dns-failure/no-words", "certificate-expired/no-words"])
    func `where the words are gone, nothing that is left has them`(_ name: String) throws {
        let evidence = try ServiceFamilyTests.scenario(name).scenario.evidence
        let text = CaseWriter(try ServiceFamilyTests.scenario(name).scenario).files.map(\.text).joined()
        #expect(evidence.logs.isEmpty)
        for word in ["lookup", "UnknownHost", "resolution", "DNS", "x509", "PKIX", "SSL", "tls"] {
            #expect(!text.contains(word), "\(word)")
        }
    }
}
