import Telemetry

/// The shop in its cluster over 80 minutes: what is set up here happens when `run` plays it.
struct ShopWorld {
    static let namespace = "shop"

    var random: SplitMix
    let alertedAt: Timestamp
    let window: TimeWindow
    let baseline: TimeWindow
    /// When what is wrong begins: within the five minutes that the alert's rule looks back and the two that it waits.
    let onset: Timestamp
    let nodes: [String]
    private(set) var pods: [ShopPod] = []

    var faults: [ShopFault] = []
    var strains: [ShopStrain] = []
    var rushes: [ShopRush] = []
    /// Between two requests, half of the time.
    var secondsBetween = 10
    /// Every service except these sends its spans; from then on.
    var silent: [String: Timestamp] = [:]
    /// What is only needed sometimes and was switched off, by operation.
    var switchedOff: [ShopMap.Operation: Timestamp] = [:]
    /// A service whose callers make more attempts than others.
    var insistence: (service: String, attempts: Int)?
    /// From when on nothing of these services' logs arrives.
    var mute: [String: Timestamp] = [:]
    /// Browsers that send spans as well, and from when on their network is slow.
    var slowBrowsersFrom: Timestamp?

    var spans: [Span] = []
    var lines: [LogEntry] = []
    var events: [ClusterEvent] = []
    /// Series of Prometheus beside those of the shop's own services.
    var otherSeries: [MetricSeries] = []
    /// Pods of the namespace that serve no requests.
    var otherPods: [PodState] = []
    var lostNodes: [String: Timestamp] = [:]
    /// When a pod's container was killed for its memory.
    var memoryKills: [String: [Timestamp]] = [:]
    /// Services that Prometheus gets nothing from any more.
    var unscraped: [String: Timestamp] = [:]
    /// By service and minute, from the run-in on: known after the play, also of those whose spans nobody gets.
    private(set) var answersPerMinute: [String: [Int]] = [:]

    /// - Parameter name: of the scenario, so that two of one seed have nothing in common.
    init(seed: UInt64, name: String) {
        // FNV-1a.
        let hash = name.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        random = SplitMix(seed: seed &* 0x2545_F491_4F6C_DD1D ^ hash)
        // A minute of November 2026.
        alertedAt = Timestamp(seconds: 1_794_000_000 + Int64(random.number(0...28_000)) * 60)
        window = TimeWindow(start: alertedAt - .seconds(900), end: alertedAt + .seconds(300))
        baseline = TimeWindow(start: window.start - .seconds(3600), end: window.start)
        onset = alertedAt - .seconds(Int64(random.number(240...400)))
        nodes = Self.nodes(&random)
        for service in ShopMap.services {
            let version = "\(random.number(1...6)).\(random.number(0...30)).\(random.number(0...9))"
            addPods(of: service, count: random.number(2...3), version: version, from: nil)
        }
    }

    /// As AKS, EKS and GKE name them.
    private static func nodes(_ random: inout SplitMix) -> [String] {
        let pool = String(random.number(10_000_000...39_999_999))
        let (provider, count) = (random.number(0...2), random.number(3...4))
        let group = random.suffix(8)
        return (0..<count).map { index in
            switch provider {
            case 0: "aks-apps-\(pool)-vmss00000\(index)"
            case 1: "ip-10-0-\(random.number(10...99))-\(random.number(4...250)).eu-central-1.compute.internal"
            default: "gke-shop-apps-\(group)-\(random.suffix(4))"
            }
        }
    }

    // MARK: Pods

    func pods(of service: String, at instant: Timestamp) -> [ShopPod] {
        pods.filter { $0.service == service && $0.serves(at: instant) }
    }

    /// The pods before anything happens.
    func pods(of service: String) -> [ShopPod] { pods.filter { $0.service == service && $0.from == nil } }

    func version(of service: String) -> String { pods(of: service).first?.version ?? "" }

    /// What a rollout brings.
    func nextVersion(of service: String) -> String {
        let parts = version(of: service).split(separator: ".").compactMap { Int($0) }
        return parts.count == 3 ? "\(parts[0]).\(parts[1] + 1).0" : "2.0.0"
    }

    @discardableResult
    mutating func addPods(of service: String, count: Int, version: String, from: Timestamp?) -> [ShopPod] {
        let hash = random.suffix(10)
        let first = random.number(0...nodes.count - 1)
        let new = (0..<count).map { index in
            ShopPod(
                service: service, name: "\(service)-\(hash)-\(random.suffix(5))",
                node: nodes[(first + index) % nodes.count], version: version,
                from: from.map { $0 + .seconds(Int64(index) * 14) })
        }
        pods += new
        return new
    }

    mutating func change(_ pod: ShopPod, _ edit: (inout ShopPod) -> Void) {
        guard let index = pods.firstIndex(where: { $0.name == pod.name }) else { return }
        edit(&pods[index])
    }

    /// On this day customers do one thing more than others, before as after: where few pods are to be told apart, there
    /// must be enough to tell them by.
    mutating func favour(_ operation: ShopMap.Operation, everySeconds: Int, secondsBetweenOthers: Int) {
        secondsBetween = secondsBetweenOthers
        rushes.append(
            ShopRush(
                operation: operation, from: baseline.start - Self.runIn, millisecondsBetween: everySeconds * 1000))
    }

    // MARK: The play

    /// The first five minutes are only for the rates of Prometheus and are not kept.
    static let runIn = Duration.seconds(300)

    mutating func run() {
        var at = baseline.start - Self.runIn
        let last = window.end - .seconds(25)
        while at < last {
            request(ShopRequest.usual(&random), at: at)
            at = at + .milliseconds(secondsBetween * 500 + random.number(0...secondsBetween * 1000))
        }
        for rush in rushes {
            var at = rush.from
            while at < min(rush.until ?? last, last) {
                request(rush.operation ?? ShopRequest.usual(&random), at: at)
                at = at + .milliseconds(rush.millisecondsBetween / 2 + random.number(0...rush.millisecondsBetween))
            }
        }
        grumble()
        liveOn()
        count()
        lines.removeAll { line in mute[line.service ?? ""].map { $0 <= line.at } ?? false }
        spans.removeAll { span in silent[span.service].map { $0 <= span.end } ?? false }
    }

    private mutating func count() {
        let minutes = Int((window.end - baseline.start + Self.runIn).inWholeSeconds / 60) + 1
        for span in spans where span.kind == .server {
            let minute = Int((span.end - (baseline.start - Self.runIn)).inWholeSeconds / 60)
            guard minute < minutes else { continue }
            answersPerMinute[span.service, default: [Int](repeating: 0, count: minutes)][minute] += 1
        }
    }

    private mutating func request(_ operation: ShopMap.Operation, at: Timestamp) {
        var request = ShopRequest(traceID: TraceID(high: random.next() >> 4, low: random.next()))
        if let since = slowBrowsersFrom, operation.service == "storefront" {
            request.browse(operation, at: at, isSlow: since <= at, in: self, &random)
        } else {
            request.serve(operation, below: nil, at: at, in: self, &random)
        }
        spans += request.spans
        lines += request.lines
    }
}

/// Requests beside the usual ones.
struct ShopRush {
    /// nil for the usual mix.
    var operation: ShopMap.Operation?
    let from: Timestamp
    var until: Timestamp?
    let millisecondsBetween: Int
}

/// A resource that a service or a pod runs short of.
struct ShopStrain {
    /// A service, or one of its pods.
    let place: String
    let from: Timestamp
    /// Shares of the limit.
    var cpu: Double?
    var memory: Double?

    func concerns(_ pod: ShopPod) -> Bool { place == pod.name || place == pod.service }
}
