import Telemetry

/// Asks the cluster about its events, pods and nodes.
struct ClusterCollector: Sendable {
    let source: any ClusterSource
    let inquiry: Inquiry
    let request: CollectionRequest

    /// Kubernetes stores the events of what has no namespace, nodes above all, in this one.
    static let namespaceOfNodeEvents = "default"
    /// The API server's default for `--event-ttl`.
    static let eventLifetime = Duration.seconds(3600)
    /// Lists at the same time: they are the heaviest questions that an API server knows.
    static let width = 3

    /// One list.
    enum Question: Hashable, Sendable {
        case events(namespace: String?)
        case pods(namespace: String?)
        case nodes
    }

    enum Answer: Sendable {
        case events([ClusterEvent])
        case pods([PodState])
        case nodes([NodeState])
    }

    typealias Answers = [(question: Question, answer: Result<Answer, Inquiry.Shortfall>)]

    /// The scope's namespaces; without any, all of them.
    func firstRound() async -> Answers {
        let namespaces = Self.unique(request.scope.namespaces)
        let places: [String?] = namespaces.isEmpty ? [nil] : namespaces
        let nodeEvents: [String?] =
            namespaces.isEmpty || namespaces.contains(Self.namespaceOfNodeEvents) ? [] : [Self.namespaceOfNodeEvents]
        var questions: [Question] = []
        if request.wanted.contains(.events) { questions += (places + nodeEvents).map { .events(namespace: $0) } }
        if request.wanted.contains(.pods) { questions += places.map { .pods(namespace: $0) } }
        if request.wanted.contains(.nodes) { questions.append(.nodes) }
        return await ask(questions)
    }

    /// The namespaces that the failing traces point to.
    func secondRound(_ clues: Clues) async -> Answers {
        let known = Self.unique(request.scope.namespaces)
        guard !known.isEmpty else { return [] }
        let new = clues.namespaces.filter { !known.contains($0) }
        var questions: [Question] = []
        if request.wanted.contains(.events) {
            questions += new.filter { $0 != Self.namespaceOfNodeEvents }.map { .events(namespace: $0) }
        }
        if request.wanted.contains(.pods) { questions += new.map { .pods(namespace: $0) } }
        return await ask(questions)
    }

    private func ask(_ questions: [Question]) async -> Answers {
        let (source, inquiry) = (source, inquiry)
        // What happened before the window may be why: a rollout, a preemption.
        let window = TimeWindow(start: min(request.baseline.start, request.window.start), end: request.window.end)
        let answers = await inquiry.askEach(questions, width: Self.width) { question in
            await inquiry.ask { () async throws(BackendError) in
                switch question {
                case .events(let namespace): Answer.events(try await source.events(namespace: namespace, in: window))
                case .pods(let namespace): Answer.pods(try await source.pods(namespace: namespace))
                case .nodes: Answer.nodes(try await source.nodes())
                }
            }
        }
        return Array(zip(questions, answers)).map { (question: $0.0, answer: $0.1) }
    }

    // MARK: All answers

    struct Harvest {
        var events: [ClusterEvent] = []
        var pods: [PodState] = []
        var nodes: [NodeState] = []
        var gaps: [Gap] = []
    }

    func harvest(_ answers: Answers) -> Harvest {
        var harvest = Harvest()
        var reports: [EvidenceSource: SourceReport] = [:]
        for (question, answer) in answers {
            let (source, purpose) = Self.subject(question)
            reports[source, default: SourceReport(source)].note(answer, purpose: purpose)
            guard case .success(let answer) = answer else { continue }
            switch answer {
            case .events(let events): harvest.events += events
            case .pods(let pods): harvest.pods += pods
            case .nodes(let nodes): harvest.nodes += nodes
            }
        }
        harvest.events = Self.unique(harvest.events).sorted(by: Self.isBefore)
        harvest.pods = Self.unique(harvest.pods).sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
        harvest.nodes = Self.unique(harvest.nodes).sorted { $0.name < $1.name }
        let limit = inquiry.budget.clusterObjects
        cut(&harvest.events, to: limit, .events, &reports) {
            $0.type == "Warning" || request.window.contains($0.lastSeen)
        }
        cut(&harvest.pods, to: limit, .pods, &reports) { request.scope.pods.contains($0.name) || $0.phase != "Running" }
        cut(&harvest.nodes, to: limit, .nodes, &reports) { _ in true }
        for source in [EvidenceSource.events, .pods, .nodes] {
            guard var report = reports[source] else { continue }
            if let words = staleness(source) { report.note(words) }
            harvest.gaps += report.gaps()
        }
        return harvest
    }

    private static func subject(_ question: Question) -> (EvidenceSource, String) {
        switch question {
        case .events(let namespace): (.events, namespace.map { "events of \($0)" } ?? "events of all namespaces")
        case .pods(let namespace): (.pods, namespace.map { "pods of \($0)" } ?? "pods of all namespaces")
        case .nodes: (.nodes, "nodes")
        }
    }

    /// The cluster knows only the present, and the last hour's events.
    private func staleness(_ source: EvidenceSource) -> String? {
        guard let now = request.now, now - request.window.end > Self.eventLifetime else { return nil }
        return source == .events
            ? "Kubernetes forgets events after an hour, and the time in question is longer ago"
            : "\(source.rawValue) are as they are now, not as they were then"
    }

    /// Keeps the more telling ones, in their order.
    private func cut<Object>(
        _ objects: inout [Object], to limit: Int, _ source: EvidenceSource,
        _ reports: inout [EvidenceSource: SourceReport], _ isTelling: (Object) -> Bool
    ) {
        guard objects.count > limit else { return }
        let ranked =
            objects.indices.filter { isTelling(objects[$0]) } + objects.indices.filter { !isTelling(objects[$0]) }
        reports[source]?.note(
            "\(objects.count - limit) of \(objects.count) \(source.rawValue) were left out: \(limit) are looked at")
        objects = ranked.prefix(limit).sorted().map { objects[$0] }
    }

    private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }

    private static func isBefore(_ left: ClusterEvent, _ right: ClusterEvent) -> Bool {
        if left.at != right.at { return left.at < right.at }
        func key(_ event: ClusterEvent) -> [String] {
            [event.object.kind, event.object.namespace, event.object.name, event.reason, event.message, event.reporter]
        }
        let (leftKey, rightKey) = (key(left), key(right))
        if leftKey != rightKey { return leftKey.lexicographicallyPrecedes(rightKey) }
        return (left.lastSeen, left.count) < (right.lastSeen, right.count)
    }
}
