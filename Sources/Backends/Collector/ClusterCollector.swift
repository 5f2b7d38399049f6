import Languages
import Telemetry

/// Asks the cluster about its events, pods, nodes and workloads, and Loki about events that were sent there.
struct ClusterCollector: Sendable {
    /// nil without access to the cluster.
    let source: (any ClusterSource)?
    let inquiry: Inquiry
    let request: CollectionRequest
    /// nil when events are sent nowhere.
    var shipped: ShippedEventReader?

    /// Kubernetes stores the events of what has no namespace, nodes above all, in this one.
    static let namespaceOfNodeEvents = "default"
    /// The API server's default for `--event-ttl`.
    static let eventLifetime = Duration.seconds(3600)
    /// Lists at the same time: they are the heaviest questions that an API server knows.
    static let width = 3

    /// One list.
    enum Question: Hashable, Sendable {
        case events(namespace: String?)
        /// From Loki, about these namespaces and nodes; about all when there are none.
        case shippedEvents(namespaces: [String])
        case pods(namespace: String?)
        case nodes
        case workloads(namespace: String?)
    }

    enum Answer: Sendable {
        case events(ClusterList<ClusterEvent>)
        case shippedEvents(ClusterList<ShippedEvent>)
        case pods(ClusterList<PodState>)
        case nodes(ClusterList<NodeState>)
        case workloads(ClusterList<WorkloadState>)
    }

    typealias Answers = [(question: Question, answer: Result<Answer, Inquiry.Shortfall>)]

    /// What happened before the window may be why: a rollout, a preemption.
    private var window: TimeWindow {
        TimeWindow(start: min(request.baseline.start, request.window.start), end: request.window.end)
    }

    /// The scope's namespaces; without any, all of them.
    func firstRound() async -> Answers {
        let namespaces = Self.unique(request.scope.namespaces)
        let places: [String?] = namespaces.isEmpty ? [nil] : namespaces
        let nodeEvents: [String?] =
            namespaces.isEmpty || namespaces.contains(Self.namespaceOfNodeEvents) ? [] : [Self.namespaceOfNodeEvents]
        var questions: [Question] = []
        if request.wanted.contains(.events), shipped != nil {
            questions.append(
                .shippedEvents(namespaces: namespaces.isEmpty ? [] : namespaces + nodeEvents.compactMap(\.self)))
        }
        if source != nil {
            if request.wanted.contains(.events) { questions += (places + nodeEvents).map { .events(namespace: $0) } }
            if request.wanted.contains(.pods) { questions += places.map { .pods(namespace: $0) } }
            if request.wanted.contains(.nodes) { questions.append(.nodes) }
            if request.wanted.contains(.pods) { questions += places.map { .workloads(namespace: $0) } }
        }
        return await ask(questions)
    }

    /// The namespaces that the failing traces point to.
    func secondRound(_ clues: Clues) async -> Answers {
        let known = Self.unique(request.scope.namespaces)
        guard !known.isEmpty else { return [] }
        let new = clues.namespaces.filter { !known.contains($0) }
        let ofEvents = new.filter { $0 != Self.namespaceOfNodeEvents }
        var questions: [Question] = []
        if request.wanted.contains(.events), shipped != nil, !ofEvents.isEmpty {
            questions.append(.shippedEvents(namespaces: ofEvents))
        }
        if source != nil {
            if request.wanted.contains(.events) { questions += ofEvents.map { .events(namespace: $0) } }
            if request.wanted.contains(.pods) {
                questions += new.map { .pods(namespace: $0) } + new.map { .workloads(namespace: $0) }
            }
        }
        return await ask(questions)
    }

    private func ask(_ questions: [Question]) async -> Answers {
        let answers = await inquiry.askEach(questions, width: Self.width) { await answer($0) }
        return Array(zip(questions, answers)).map { (question: $0.0, answer: $0.1) }
    }

    private func answer(_ question: Question) async -> Result<Answer, Inquiry.Shortfall> {
        let (window, source) = (window, source)
        if case .shippedEvents(let namespaces) = question, let shipped {
            return await shipped.events(about: namespaces, in: window).map(Answer.shippedEvents)
        }
        guard let source else { return .failure(Inquiry.Shortfall(words: "Kubernetes is not configured")) }
        return await inquiry.ask { () async throws(BackendError) in
            switch question {
            case .events(let namespace): .events(try await source.events(namespace: namespace, in: window))
            case .shippedEvents: .shippedEvents(ClusterList(items: []))
            case .pods(let namespace): .pods(try await source.pods(namespace: namespace))
            case .nodes: .nodes(try await source.nodes())
            case .workloads(let namespace): .workloads(try await source.workloads(namespace: namespace))
            }
        }
    }

    static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
