import Languages
import Telemetry

/// All that the cluster, and Loki for it, told: each object once, and what is missing.
struct ClusterHarvest {
    private(set) var events: [ClusterEvent] = []
    private(set) var pods: [PodState] = []
    private(set) var nodes: [NodeState] = []
    private(set) var workloads: [WorkloadState] = []
    private(set) var gaps: [Gap] = []

    /// What a gap is about: workloads come with the pods, which are there without them.
    private enum Part: CaseIterable {
        case events, pods, nodes, workloads

        var source: EvidenceSource {
            switch self {
            case .events: .events
            case .pods, .workloads: .pods
            case .nodes: .nodes
            }
        }

        var name: Phrase {
            switch self {
            case .events: "events"
            case .pods: "pods"
            case .nodes: "nodes"
            case .workloads: "workloads"
            }
        }
    }

    private var reports: [Part: SourceReport] = [:]

    init() {}

    /// - Parameter answers: of all rounds.
    init(_ answers: ClusterCollector.Answers, _ request: CollectionRequest, _ budget: Budget) {
        var shipped: [ShippedEvent] = []
        var (hasAskedLoki, hasListed) = (false, false)
        for (question, answer) in answers {
            let (part, purpose) = Self.subject(question)
            reports[part, default: SourceReport(part.source, isPart: part == .workloads)].note(answer, purpose: purpose)
            guard case .success(let answer) = answer else { continue }
            switch answer {
            case .events(let list):
                events += kept(list, part)
                hasListed = true
            case .shippedEvents(let list):
                shipped += kept(list, part)
                hasAskedLoki = true
            case .pods(let list): pods += kept(list, part)
            case .nodes(let list): nodes += kept(list, part)
            case .workloads(let list): workloads += kept(list, part)
            }
        }
        events = EventMerger.merged(listed: events, shipped: shipped).sorted(by: ClusterEvent.precedes)
        pods = ClusterCollector.unique(pods).sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
        nodes = ClusterCollector.unique(nodes).sorted { $0.name < $1.name }
        workloads = ClusterCollector.unique(workloads)
            .sorted { ($0.namespace, $0.kind, $0.name) < ($1.namespace, $1.kind, $1.name) }
        limit(request, budget.clusterObjects)
        for part in Part.allCases {
            guard var report = reports[part] else { continue }
            if part == .events, hasAskedLoki, shipped.isEmpty, !hasListed || Self.isLongAgo(request) {
                report.note(Self.noneInLoki)
            } else if let words = Self.staleness(part, request, isRemembered: hasAskedLoki) {
                report.note(words)
            }
            gaps += report.gaps()
        }
    }

    private mutating func kept<Item>(_ list: ClusterList<Item>, _ part: Part) -> [Item] {
        for words in list.shortfalls { reports[part]?.note(words) }
        return list.items
    }

    private static func subject(_ question: ClusterCollector.Question) -> (Part, Phrase) {
        switch question {
        case .events(let namespace):
            (.events, namespace.map { "events of \($0)" } ?? "events of all namespaces")
        case .shippedEvents: (.events, "events in Loki")
        case .pods(let namespace): (.pods, namespace.map { "pods of \($0)" } ?? "pods of all namespaces")
        case .nodes: (.nodes, "nodes")
        case .workloads(let namespace):
            (.workloads, namespace.map { "workloads of \($0)" } ?? "workloads of all namespaces")
        }
    }

    /// Nothing at all is more often a wrong selector than a quiet cluster, so that it is no evidence of absence.
    private static let noneInLoki: Phrase =
        "no event of this time is in Loki: check kubernetes.events_from_loki.selector if there should be any"

    private static func isLongAgo(_ request: CollectionRequest) -> Bool {
        request.now.map { $0 - request.window.end > ClusterCollector.eventLifetime } ?? false
    }

    /// The cluster knows only the present, and the last hour's events.
    private static func staleness(_ part: Part, _ request: CollectionRequest, isRemembered: Bool) -> Phrase? {
        guard isLongAgo(request) else { return nil }
        switch part {
        case .events:
            return isRemembered
                ? nil : "Kubernetes forgets events after an hour, and the time in question is longer ago"
        case .pods, .nodes: return "\(part.name) are as they are now, not as they were then"
        // Their changes have times of their own.
        case .workloads: return nil
        }
    }

    // MARK: Limits

    private mutating func limit(_ request: CollectionRequest, _ limit: Int) {
        let (window, wanted) = (request.window, request.scope.pods)
        events = cut(events, to: limit, .events) { $0.type == "Warning" || window.contains($0.lastSeen) }
        pods = cut(pods, to: limit, .pods) { wanted.contains($0.name) || $0.phase != "Running" }
        nodes = cut(nodes, to: limit, .nodes) { _ in true }
        workloads = cut(workloads, to: limit, .workloads) { $0.changes.contains { window.contains($0.at) } }
    }

    /// Keeps the more telling ones, in their order.
    private mutating func cut<Object>(
        _ objects: [Object], to limit: Int, _ part: Part, _ isTelling: (Object) -> Bool
    ) -> [Object] {
        guard objects.count > limit else { return objects }
        let ranked =
            objects.indices.filter { isTelling(objects[$0]) } + objects.indices.filter { !isTelling(objects[$0]) }
        reports[part]?.note(
            "\(objects.count - limit) of \(objects.count) \(part.name) were left out: \(limit) are looked at")
        return ranked.prefix(limit).sorted().map { objects[$0] }
    }
}
