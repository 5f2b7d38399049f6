import Telemetry

/// A Jenkins on Kubernetes with two and a half hours of ordinary work, to which a family adds what went wrong.
///
/// Everything is drawn from the seed: names, numbers, times, jobs. A family is written in four steps:
///
/// ```swift
/// var world = JenkinsWorld(seed: seed, cloud: .aks)
/// let node = world.pickNode(.spot)                              // 1. where
/// let lost = world.addBuilds(3, on: node, endingAt: -40)        // 2. who: builds that ran there, seconds from the alert
/// for build in lost { world.loseAgent(build, .deleted) }        // 3. what Jenkins says: log lines, exception, status
/// world.preempt(node, at: -80, builds: lost, traces: [.notice]) //    and what the cluster says: events, pods, nodes
/// world.lose(.events)                                           // 4. what the evidence lacks
/// return world.finish(
///     "spot-eviction/no-events", .evidenceMissing, .init("spot-eviction", "node", node))
/// ```
///
/// A ``WorldFamily`` keeps its members in a table, each with what lets it happen; it makes the world and calls `finish`.
///
/// `finish` adds the ordinary builds around it, about 250 of them (``WorldTraffic``), on nodes that are there and while the controller runs, gives all
/// builds of a job their numbers, plays them (``BuildPlayer``) and puts the evidence together. The label is written from
/// what the family did, and never from what a diagnosis says.
struct JenkinsWorld {
    var random: SplitMix
    let cloud: Cloud
    /// Under this name the controller exports: half of the worlds have the plugin's default.
    let service: String
    let namespace: String
    let alertedAt: Timestamp
    let window: TimeWindow
    let baseline: TimeWindow
    let controller: WorldController
    /// The controller's host name in the resource of its spans: the pod's name.
    var host: String { controller.pod }
    /// Whether the Kubernetes and durable-task plugins are of the newest kind, which words some lines differently.
    let isNewest: Bool
    var nodes: [WorldNode]
    let jobs: [WorldJob]
    /// What all nodes of a pool share in their names.
    let nodeSets: [String: Int]

    /// The builds that a family added; `finish` adds the ordinary ones.
    var builds: [WorldBuild] = []
    var logs: [LogEntry] = []
    var events: [ClusterEvent] = []
    /// Pods of which the cluster knows beside the agents' and the controller's.
    var pods: [PodState] = []
    /// The controller's pod as the cluster shows it at last; nil: running, never restarted.
    var controllerState: PodState?
    var metrics: [MetricSeries] = []
    /// Times in which the controller does not run: no build, no request.
    var outages: [TimeWindow] = []
    /// From here on the controller is slow; nil: it is not.
    var slowFrom: Timestamp?
    /// Jobs of which no ordinary build begins after this instant.
    var closedJobs: [String: Timestamp] = [:]
    /// Whether kube-state-metrics is asked.
    var hasClusterMetrics = false
    var everyday = EverydayFailures.usual
    let traffic: WorldTraffic
    /// Whether the ordinary builds are there already, because a family changes some of them.
    var hasEverydayWork = false
    var losses: [EvidenceLoss] = []
    var spans: [Span] = []

    init(seed: UInt64, cloud: Cloud = .aks, traffic: WorldTraffic = .usual) {
        var random = SplitMix(seed: seed &* 0x2545_F491_4F6C_DD1D &+ 11)
        self.cloud = cloud
        self.traffic = traffic
        // A working day's hours of four weeks, on a whole second.
        let day = Int64(random.number(0...27)) * 86_400
        let alertedAt = Timestamp(seconds: 1_793_577_600 + day + Int64(random.number(7 * 3600...17 * 3600)))
        self.alertedAt = alertedAt
        window = TimeWindow(start: alertedAt - .seconds(1800), end: alertedAt + .seconds(300))
        baseline = TimeWindow(start: window.start - .seconds(7200), end: window.start)
        service = random.number(0...1) == 0 ? "jenkins-master" : "jenkins"
        namespace = random.element(of: ["jenkins", "ci", "jenkins-master"])
        isNewest = random.number(0...1) == 0
        var sets: [String: Int] = [:]
        for pool in Cloud.Pool.allCases {
            sets[cloud.name(of: pool)] = random.number(10_000_000...39_999_999)
        }
        nodeSets = sets
        nodes = Self.makeNodes(cloud, sets, alertedAt, &random)
        controller = WorldController(
            pod: "\(service)-0", namespace: namespace,
            node: nodes.first { $0.pool == cloud.name(of: .system) }?.name ?? "",
            version: random.element(of: ["2.516.3", "2.528.1", "2.528.2"]))
        jobs = JobCatalogue.jobs(cloud, &random)
        self.random = random
    }

    private static func makeNodes(
        _ cloud: Cloud, _ sets: [String: Int], _ alertedAt: Timestamp, _ random: inout SplitMix
    ) -> [WorldNode] {
        let counts: [(Cloud.Pool, Int)] = [(.spot, 5), (.build, 3), (.system, 2)]
        var nodes: [WorldNode] = []
        for (pool, count) in counts {
            var index = random.number(0...4)
            for _ in 0..<count {
                nodes.append(
                    makeNode(
                        cloud, pool: cloud.name(of: pool), isSpot: pool == .spot,
                        set: sets[cloud.name(of: pool)] ?? 1, index: index,
                        since: alertedAt - .seconds(Int64(random.number(20_000...900_000))), &random))
                index += random.number(1...4)
            }
        }
        return nodes
    }

    static func makeNode(
        _ cloud: Cloud, pool: String, isSpot: Bool, set: Int, index: Int, since: Timestamp, _ random: inout SplitMix
    ) -> WorldNode {
        let name = cloud.nodeName(pool: pool, set: set, index: index, &random)
        return WorldNode(
            name: name, pool: pool, isSpot: isSpot,
            labels: cloud.labels(node: name, pool: pool, isSpot: isSpot, zone: random.number(1...3)),
            taints: cloud.taints(isSpot: isSpot), ready: WorldNode.readyCondition(since: since),
            conditions: WorldNode.quietConditions(since: since))
    }

    // MARK: Time and place

    /// An instant by its distance from the alert, in seconds.
    func at(_ seconds: Double) -> Timestamp { alertedAt + .milliseconds(Int64(seconds * 1000)) }

    /// The name of one of the pool's nodes that nothing happened to.
    mutating func pickNode(_ pool: Cloud.Pool) -> String {
        let open = nodes.filter { $0.pool == cloud.name(of: pool) && $0.closedFrom == nil }
        return open.isEmpty ? "" : random.element(of: open).name
    }

    /// Hexadecimal digits, as of a part of an identifier.
    mutating func hex(_ count: Int) -> String {
        String((0..<count).map { _ in random.element(of: Array("0123456789abcdef")) })
    }

    mutating func change(_ node: String, _ body: (inout WorldNode) -> Void) {
        guard let index = nodes.firstIndex(where: { $0.name == node }) else { return }
        body(&nodes[index])
    }

    /// Of the jobs whose agents run in this pool.
    func jobs(in pool: Cloud.Pool) -> [WorldJob] { jobs.filter { $0.template.pool == cloud.name(of: pool) } }

    /// Leaves something out of the evidence.
    mutating func lose(_ losses: EvidenceLoss...) { self.losses += losses }
}

/// How much goes wrong every day beside the incident.
enum EverydayFailures {
    /// Nothing at all.
    case none
    /// A few builds are stopped by people or replaced by newer ones; before the window, tests failed twice.
    case usual
    /// As usual, and in the window some test of an unrelated job is flaky once.
    case withFlakyTest
}
