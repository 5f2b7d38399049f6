import Alerts
import Languages
import LogTemplates
import Signatures
import Telemetry

/// The evidence with all that was worked out from it: what the rules look at.
struct Scene: Sendable {
    let evidence: Evidence
    let alert: AlertGroup?
    let spans: SpanTable
    let logs: LogTable
    let metrics: MetricTable
    /// Where pods run, by their names.
    let nodesOfPods: [String: String]
    let failures: Failures
    let builds: [Build]
    let stepLogs: [StepLog]
    /// Of failed builds that nothing but their log tells of.
    let endedLogs: [EndedBuildLog]
    /// What of the known failures was found.
    let knownFailures: KnownFailures
    let cluster: ClusterView
    let controller: Controller
    let losses: [AgentLoss]
    let nodes: [NodeTrouble]
    let blame: [ServiceBlame]
    /// Services whose spans stopped.
    let silences: [Silence]
    /// Steps of runs for which there was no room.
    let stepsLeftOut: Int
    let onset: Timestamp?
    /// Builds that took longer than their jobs usually do.
    let slowBuilds: SlowBuilds
    /// What runs that went wrong have in common, the clearest first.
    let overrepresented: [Overrepresentation]
    /// What services have used up, by their names.
    let exhaustions: [String: Exhaustion]
    /// Services that go wrong because a node went away.
    let nodeTolls: [NodeToll]
    /// What else fired at the time, by time.
    let otherAlerts: [OtherAlert]

    init(_ fetched: Evidence, alert: AlertGroup?, options: RootCauseAnalyzer.Options = .init()) {
        var evidence = Namesakes(fetched).removed(from: fetched)
        evidence.traces = SpanOrigins.completed(evidence)
        self.evidence = evidence
        self.alert = alert
        otherAlerts = OtherAlert.all(in: evidence, besides: alert)
        spans = SpanTable(evidence)
        logs = LogTable(evidence, spans: spans)
        metrics = MetricTable(evidence, declared: options.metricMeanings, spans: spans)
        var nodesOfPods: [String: String] = [:]
        for place in spans.places {
            if let pod = place.pod, let node = place.node { nodesOfPods[pod] = node }
        }
        for pod in evidence.pods { nodesOfPods[pod.name] = nodesOfPods[pod.name] ?? pod.node }
        self.nodesOfPods = nodesOfPods
        failures = Failures(in: spans)
        let isSampled = evidence.samplings.contains { $0.source == .logs }
        let read = Build.all(in: spans, logs: logs, pods: evidence.pods, linesAreSampled: isSampled)
        cluster = ClusterView(evidence, builds: read, logs: logs, table: spans)
        builds = SilentLoss.settle(read, in: cluster, window: evidence.window)
        controller = Controller(builds: builds, logs: logs, cluster: cluster, table: spans)
        slowBuilds = SlowBuilds(builds: builds, spans: spans, floor: options.slowBuildFloor)
        stepLogs = StepLog.all(of: builds, logs: logs, spans: spans)
        endedLogs = EndedBuildLog.all(in: logs, besides: builds, window: evidence.window)
        losses = AgentLoss.all(builds: builds, logs: logs, cluster: cluster, table: spans)
        knownFailures = KnownFailures(
            options.signatures,
            in: Surroundings(
                spans: spans, logs: logs, failures: failures, builds: builds, stepLogs: stepLogs, cluster: cluster,
                controller: controller, losses: losses, window: evidence.window))
        nodes = NodeTrouble.all(
            losses: losses, builds: builds, logs: logs, cluster: cluster, window: evidence.window)
        let flow = Flow(spans: spans, logs: logs, linesAreSampled: isSampled)
        stepsLeftOut = flow.leftOut
        let signals =
            FailureSignals.find(in: failures, table: spans) + SlownessSignals.find(in: spans)
            + FlowSignals.find(in: flow, spans: spans, logs: logs)
            + LogSignals.find(
                in: logs, spans: spans, except: Set(builds.compactMap(\.service)).union(Self.servicesOfBuilds(spans)),
                isSampled: isSampled)
            + MetricSignals.find(in: metrics, nodes: nodesOfPods)
        silences = Silence.all(in: spans)
        blame = ServiceBlame.rank(EdgeBlame.decide(signals), spans: spans)
        overrepresented = OverrepresentedAttributes.find(
            in: spans, failures: failures, builds: builds, cluster: cluster)
        onset = Onset.bounded(
            Onset.find(table: spans, logs: logs, failures: failures, builds: builds, suspect: blame.first)
                ?? slowBuilds.onset,
            by: alert, in: evidence.window)
        exhaustions = Exhaustion.all(
            spans: spans, logs: logs, failures: failures, cluster: cluster, blamed: Set(blame.map(\.service)),
            window: evidence.window)
        nodeTolls = NodeToll.all(
            nodes: nodes, blame: blame, failures: failures, spans: spans, nodesOfPods: nodesOfPods, onset: onset)
    }

    private static func servicesOfBuilds(_ table: SpanTable) -> Set<String> {
        var services: Set<String> = []
        for trace in table.traceRows where trace.isPipeline {
            for row in trace.rows { services.insert(table.services[table.service(of: row)]) }
        }
        return services
    }

    /// Whether something that is known of the service's own resources, or of the nodes of its pods, may say more of its
    /// trouble than the trouble itself does.
    func mayBeExplained(_ service: String) -> Bool {
        exhaustions[service] != nil || nodeTolls.contains { $0.services.contains(service) }
    }

    /// Builds of the window that failed, wherever the fault.
    var failedBuilds: [Build] { builds.filter { $0.population == .window && $0.isFailure } }

    /// The services that the alert is about: by its labels and by the scope.
    var alertedServices: [String] {
        let labelled = ["service", "service_name"].flatMap { alert?.values(of: $0) ?? [] }
        return Set(labelled + evidence.scope.services).sorted()
    }

    /// Of these services, those that only do less than before: nothing of them fails or is slow.
    func onlyDoingLess(_ services: Set<String>) -> Set<String> {
        let troubled = blame.filter { blame in
            blame.signals.contains {
                ($0.kind == .failureOrigin || $0.kind == .slowness) && $0.strength >= ServiceBlame.least
            }
        }
        return services.subtracting(troubled.map(\.service))
    }

    /// ` since 10:42:10 UTC`, or nothing.
    var since: Phrase { onset.map { " since \(Words.clock($0))" } ?? .empty }

    /// Log lines of the window that have one of these marks, with the places of their rows. The marks are looked for in
    /// the templates first: there are few of those.
    func lines(with texts: [String], ofQuietTime isBefore: Bool = false) -> [LogEntry] {
        let marks = Marks(texts)
        var templates: Set<Int> = []
        for (number, template) in logs.templates.enumerated()
        where marks.areIn(template.example) || marks.areIn(template.text) {
            templates.insert(number)
        }
        guard !templates.isEmpty else { return [] }
        return zip(logs.rows, logs.entries).compactMap { row, entry in
            (isBefore ? row.population.isBaseline : row.population == .window) && templates.contains(row.template)
                && marks.areIn(entry.line) ? entry : nil
        }.prefix(Self.mostLines).map(\.self)
    }

    /// More lines of one kind prove nothing more.
    private static let mostLines = 500

    /// Builds of the window that used one of these agents and did not end well.
    func builds(harmedOn agents: some Sequence<String>) -> [Build] {
        let wanted = Set(agents)
        return builds.filter {
            $0.population == .window && ($0.isFailure || $0.outcome == .open) && !wanted.isDisjoint(with: $0.agents)
        }
    }

    /// Of these, the ones that something at this time can have harmed.
    func builds(harmedOn agents: some Sequence<String>, at instant: Timestamp?) -> [Build] {
        builds(harmedOn: agents).filter { build in instant.map { build.isHarmed(at: $0) } ?? true }
    }

    func events(_ reasons: Set<String>) -> [ClusterEvent] {
        cluster.events.filter { reasons.contains($0.reason) && evidence.window.overlaps($0) }
    }
}

extension TimeWindow {
    /// Whether the event was seen in it.
    func overlaps(_ event: ClusterEvent) -> Bool { event.at < end && event.lastSeen >= start }
}
