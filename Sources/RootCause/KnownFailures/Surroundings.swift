import Signatures
import Telemetry

/// What the marks of known failures are looked for in, and how a line or pod is joined to builds.
struct Surroundings {
    let spans: SpanTable
    let logs: LogTable
    let failures: Failures
    let builds: [Build]
    let stepLogs: [StepLog]
    let cluster: ClusterView
    let controller: Controller
    let losses: [AgentLoss]
    let window: TimeWindow

    /// Names of agents, by builds, losses and pods.
    private(set) var agents: Set<String> = []
    /// Places in the list of builds.
    private(set) var buildsOfAgent: [String: [Int]] = [:]
    private(set) var buildsOfTrace: [TraceID: [Int]] = [:]
    private(set) var tracesByID: [TraceID: Int] = [:]
    private(set) var failedTraces: Set<Int> = []
    /// Traces of builds of which the lines that explain the failure are known.
    private(set) var readTraces: Set<TraceID> = []
    private(set) var explainingLines: Set<LineKey> = []
    /// Traces of builds that ended in a way that something must have caused.
    private(set) var harmedTraces: Set<TraceID> = []
    /// When the pipeline of a harmed build was over, by its log: what comes then is said of the build as a whole.
    private(set) var endings: [TraceID: Timestamp] = [:]

    struct LineKey: Hashable {
        let trace: TraceID?
        let at: Timestamp
        let line: String
    }

    init(
        spans: SpanTable, logs: LogTable, failures: Failures, builds: [Build], stepLogs: [StepLog],
        cluster: ClusterView, controller: Controller, losses: [AgentLoss], window: TimeWindow
    ) {
        self.spans = spans
        self.logs = logs
        self.failures = failures
        self.builds = builds
        self.stepLogs = stepLogs
        self.cluster = cluster
        self.controller = controller
        self.losses = losses
        self.window = window
    }

    /// Makes the tables; costs nothing where there are no signatures.
    mutating func prepare() {
        for (number, build) in builds.enumerated() {
            for agent in build.agents { buildsOfAgent[agent, default: []].append(number) }
            buildsOfTrace[build.traceID, default: []].append(number)
        }
        let agentPods = cluster.pods.values.filter(cluster.isAgent).map(\.name)
        agents = Set(buildsOfAgent.keys).union(losses.map(\.agent)).union(agentPods)
        for (number, trace) in spans.traces.enumerated() { tracesByID[trace.id] = number }
        failedTraces = Set(failures.traces)
        for log in stepLogs {
            readTraces.insert(log.traceID)
            for line in log.lines {
                explainingLines.insert(
                    LineKey(trace: line.entry.traceID, at: line.entry.at, line: line.entry.line))
            }
        }
        harmedTraces = Set(builds.indices.filter(isHarmed).map { builds[$0].traceID })
        for entry in logs.entries {
            guard let trace = entry.traceID, harmedTraces.contains(trace), endings[trace] == nil,
                entry.line.hasBytes(of: Self.endOfPipeline)
            else { continue }
            endings[trace] = entry.at
        }
    }

    private static let endOfPipeline = "[Pipeline] End of Pipeline"

    /// The agent whose name stands in a text.
    func agent(in text: String) -> String? { NamedAgent.find(in: text, among: agents) }

    /// The values of places that follow from an agent or pod.
    func places(agent: String?, pod: String?, service: String? = nil) -> [String: String] {
        var names: [Place: String] = [:]
        names[.agent] = agent
        names[.pod] = pod ?? agent
        names[.service] = service
        if let pod, controller.isPod(pod) || (service.map(controller.services.contains) ?? false && agent == nil) {
            names[.controller] = pod
        } else if agent == nil, pod == nil, let service, controller.services.contains(service) {
            names[.controller] = controller.pods.count == 1 ? controller.pods.first : service
        }
        if let name = agent ?? pod {
            names[.node] = cluster.node(of: name)
            names[.pool] = cluster.pods[name]?.labels["jenkins/label"]
        }
        return Dictionary(names.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
    }

    /// The agent on which a build failed, as far as spans name one.
    func failingAgent(of build: Build) -> String? {
        if let step = build.step, let named = spans.span(of: step.row).attributes.text("jenkins.computer.name") {
            return named
        }
        return build.lostAgents.first ?? (build.agents.count == 1 ? build.agents.first : nil)
    }

    /// The host that the step at which a build failed talked to: git's, by the tracing plugin of Jenkins.
    func server(of build: Build) -> String? {
        guard let step = build.step else { return nil }
        let span = spans.span(of: step.row)
        return span.attributes.text("server.address") ?? span.attributes.text("net.peer.name")
    }

    /// The host that a call was made to; of any other span, the only one to which it made a call that failed.
    func calledHost(of row: Int) -> String? {
        func host(of row: Int) -> String? {
            guard spans.rows[row].kind == .client || spans.rows[row].kind == .producer else { return nil }
            let attributes = spans.span(of: row).attributes
            return attributes.text("server.address") ?? attributes.text("net.peer.name")
        }
        if let own = host(of: row) { return own }
        let hosts = Set(spans.children(of: row).filter { spans.rows[$0].failed }.compactMap(host))
        return hosts.count == 1 ? hosts.first : nil
    }

    /// Whether a build of the window ended in a way that something must have caused.
    func isHarmed(_ build: Int) -> Bool {
        builds[build].population == .window && (builds[build].isFailure || builds[build].outcome == .open)
    }
}
