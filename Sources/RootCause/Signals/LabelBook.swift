import Telemetry

/// A value that a run can have: `k8s.pod.name` = `checkout-7d9f-x2x1p`.
struct Label: Hashable, Sendable {
    let name: String
    let value: String
    let role: AttributeRole
}

/// Looks up the labels of runs, as numbers.
///
/// What belongs to a process is looked up once for each process, whatever the number of its spans. What belongs to a span is
/// looked up for the runs that are compared, and a name with many values is given up: it is an id.
struct LabelBook {
    private(set) var labels: [Label] = []
    private let table: SpanTable
    private let cluster: ClusterView
    private var numbers: [Label: Int] = [:]
    private var ofPlaces: [Int: [Int]] = [:]
    private var spanNames: [String: SpanName] = [:]

    private struct SpanName {
        let role: AttributeRole
        var values: [AttributeValue: Int] = [:]
        var isGivenUp = false
    }

    /// Over all operations together; `OverrepresentedAttributes` asks for fewer in each.
    private static let mostSpanValues = 500
    /// Statements and messages are no labels.
    private static let longestValue = 160

    init(_ table: SpanTable, cluster: ClusterView) {
        self.table = table
        self.cluster = cluster
    }

    /// Whether a name turned out to have too many values, so that not all runs got theirs.
    func isGivenUp(_ label: Int) -> Bool { spanNames[labels[label].name]?.isGivenUp ?? false }

    // MARK: Processes

    /// Where the span ran: its process, pod and node, with what the cluster knows of them.
    mutating func place(of row: Int) -> [Int] {
        let place = Int(table.rows[row].place)
        if let known = ofPlaces[place] { return known }
        var found: [Label] = []
        let resource = table.span(of: row).resource
        let node = table.places[place].node ?? table.places[place].pod.flatMap(cluster.node(of:))
        for attribute in resource {
            guard let role = AttributeRole.ofResource(attribute.name), let value = Self.text(attribute.value) else {
                continue
            }
            // Some collectors name the node here, some the pod.
            if attribute.name == "host.name", value == node { continue }
            found.append(Label(name: attribute.name, value: value, role: role))
        }
        if table.places[place].node == nil, let node { found.append(Self.node(node)) }
        if let pod = table.places[place].pod.flatMap({ cluster.pods[$0] }) {
            for name in AttributeRole.podLabels {
                if let value = pod.labels[name] { found.append(Label(name: name, value: value, role: .version)) }
            }
        }
        if let node { found += traits(of: node) }
        let result = Set(found).map { number($0) }.sorted { Self.precedes(labels[$0], labels[$1]) }
        ofPlaces[place] = result
        return result
    }

    // MARK: Requests

    /// What the span itself says.
    mutating func request(of row: Int) -> [Int] {
        var result: [Int] = []
        for attribute in table.span(of: row).attributes {
            if let number = number(attribute.name, attribute.value) { result.append(number) }
        }
        return result
    }

    private mutating func number(_ name: String, _ value: AttributeValue) -> Int? {
        if spanNames[name] == nil {
            let role = AttributeRole.ofSpan(name)
            spanNames[name] = SpanName(role: role ?? .request, isGivenUp: role == nil)
        }
        guard let known = spanNames[name], !known.isGivenUp else { return nil }
        if let number = known.values[value] { return number }
        guard let text = Self.text(value) else { return nil }
        guard known.values.count < Self.mostSpanValues else {
            spanNames[name]?.isGivenUp = true
            spanNames[name]?.values = [:]
            return nil
        }
        let number = number(Label(name: name, value: text, role: known.role))
        spanNames[name]?.values[value] = number
        return number
    }

    // MARK: Builds

    /// The job, and where the step that failed ran; of a build that went well, wherever its steps ran.
    mutating func labels(of build: Build) -> [Int] {
        var found: Set<Label> = [Label(name: "ci.pipeline.id", value: build.job, role: .job)]
        var agents = build.isFailure && !build.lostAgents.isEmpty ? build.lostAgents : build.agents
        if let row = build.step?.row, build.lostAgents.isEmpty,
            let agent = table.span(of: row).attributes.text("jenkins.computer.name")
        {
            agents = [agent]
        }
        for agent in agents {
            guard let node = build.nodes[agent] ?? cluster.node(of: agent) else { continue }
            found.insert(Self.node(node))
            found.formUnion(traits(of: node))
        }
        let names = ["jenkins.pipeline.step.agent.label", "git.repository", "git.branch"]
        for row in build.trace.map({ table.traceRows[$0].rows }) ?? 0..<0 {
            let attributes = table.span(of: row).attributes
            for name in names {
                guard let value = attributes[name].flatMap(Self.text) else { continue }
                found.insert(Label(name: name, value: value, role: AttributeRole.ofSpan(name) ?? .request))
            }
        }
        return found.map { number($0) }.sorted { Self.precedes(labels[$0], labels[$1]) }
    }

    // MARK: Labels

    private func traits(of node: String) -> [Label] {
        guard let state = cluster.nodes[node] else { return [] }
        let known = AttributeRole.labels.compactMap { name, role in
            state.labels[name].map { Label(name: name, value: $0, role: role) }
        }
        return known + [Label(name: "spot node", value: state.isSpot ? "yes" : "no", role: .nodeTrait)]
    }

    private static func node(_ name: String) -> Label { Label(name: "k8s.node.name", value: name, role: .node) }

    private mutating func number(_ label: Label) -> Int {
        if let number = numbers[label] { return number }
        labels.append(label)
        numbers[label] = labels.count - 1
        return labels.count - 1
    }

    private static func text(_ value: AttributeValue) -> String? {
        switch value {
        case .string(let text): text.isEmpty || text.utf8.count > longestValue ? nil : text
        case .int, .bool: value.description
        // An image may have several tags.
        case .array(let values): values.count == 1 ? values.first.flatMap(text) : nil
        case .double, .bytes, .map: nil
        }
    }

    private static func precedes(_ left: Label, _ right: Label) -> Bool {
        (left.role, left.name, left.value) < (right.role, right.name, right.value)
    }
}
