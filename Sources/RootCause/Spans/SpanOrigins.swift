import Telemetry

/// Completes what spans say of where they ran, with what other evidence says of the same spans.
///
/// Many SDKs know neither their pod nor their version. The log lines that a span wrote come from the pod that it ran in,
/// and a Deployment's pod is named for its ReplicaSet, of which each version has its own.
struct SpanOrigins {
    /// Where a span ran; nil where its lines disagree.
    private struct Place: Hashable {
        let pod: String
        let node: String?
    }

    private struct SpanKey: Hashable {
        let trace: TraceID
        let span: SpanID
    }

    private struct Completion: Hashable {
        let resource: Attributes
        let place: Place?
    }

    private let lines: [SpanKey: Place?]
    private var known: [Completion: Attributes] = [:]

    private static let podName = "k8s.pod.name"
    private static let nodeName = "k8s.node.name"
    private static let replicaSetName = "k8s.replicaset.name"
    private static let versionNames = [
        "service.version", "container.image.tag", "container.image.tags", replicaSetName,
    ]

    /// - Returns: the traces, with the pods, nodes and ReplicaSets of their spans wherever they can be told.
    static func completed(_ evidence: Evidence) -> [Trace] {
        var origins = SpanOrigins(evidence.logs)
        return evidence.traces.map { origins.completed($0) }
    }

    private init(_ logs: [LogEntry]) {
        var lines: [SpanKey: Place?] = [:]
        for line in logs {
            guard let pod = line.pod, let trace = line.traceID, let span = line.spanID else { continue }
            let key = SpanKey(trace: trace, span: span)
            let place = Place(pod: pod, node: line.node)
            if let known = lines[key] {
                if known != place { lines[key] = .some(nil) }
            } else {
                lines[key] = place
            }
        }
        self.lines = lines
    }

    private mutating func completed(_ trace: Trace) -> Trace {
        guard trace.spans.contains(where: { Self.isLacking($0.resource) }),
            !trace.spans.contains(where: { PipelineNames.isPipeline($0.name) || PipelineNames.isStep($0) })
        else { return trace }
        let places = trace.spans.contains { $0.resource[Self.podName] == nil } ? places(of: trace) : [:]
        var resources: [Int: Attributes] = [:]
        for (index, span) in trace.spans.enumerated() where Self.isLacking(span.resource) {
            let completion = Completion(
                resource: span.resource, place: span.resource[Self.podName] == nil ? places[index] : nil)
            let resource = known[completion] ?? Self.complete(completion)
            known[completion] = resource
            if resource != span.resource { resources[index] = resource }
        }
        return resources.isEmpty ? trace : trace.replacingResources(resources)
    }

    private static func isLacking(_ resource: Attributes) -> Bool {
        resource[podName] == nil || versionNames.allSatisfy { resource[$0] == nil }
    }

    private static func complete(_ completion: Completion) -> Attributes {
        var pairs = completion.resource.map { ($0.name, $0.value) }
        if let place = completion.place {
            pairs.append((podName, .string(place.pod)))
            if let node = place.node, completion.resource[nodeName] == nil { pairs.append((nodeName, .string(node))) }
        }
        if let pod = completion.place?.pod ?? completion.resource.text(podName),
            versionNames.allSatisfy({ completion.resource[$0] == nil }), let set = PodNames.replicaSet(ofPod: pod)
        {
            pairs.append((replicaSetName, .string(set)))
        }
        return Attributes(pairs)
    }

    /// By the places of the spans: one line tells it for all that its process did for the same request.
    private func places(of trace: Trace) -> [Int: Place] {
        guard !lines.isEmpty else { return [:] }
        var numbers: [SpanID: Int] = [:]
        for (index, span) in trace.spans.enumerated() { numbers[span.id] = index }
        let visits = trace.spans.indices.map { visit(of: $0, in: trace, numbers) }
        var found: [Int: Place?] = [:]
        for (index, span) in trace.spans.enumerated() {
            guard let place = lines[SpanKey(trace: trace.id, span: span.id)] else { continue }
            let visit = visits[index]
            if let known = found[visit], known != place { found[visit] = .some(nil) } else { found[visit] = place }
        }
        var places: [Int: Place] = [:]
        for (index, visit) in visits.enumerated() {
            if let place = found[visit] ?? nil { places[index] = place }
        }
        return places
    }

    /// The span with which its service was entered.
    private func visit(of index: Int, in trace: Trace, _ numbers: [SpanID: Int]) -> Int {
        var entry = index
        // A span may be its own ancestor: no way up is longer than there are spans.
        for _ in trace.spans.indices {
            let span = trace.spans[entry]
            guard span.kind != .server, span.kind != .consumer, let parent = span.parentID.flatMap({ numbers[$0] }),
                trace.spans[parent].service == span.service
            else { return entry }
            entry = parent
        }
        return index
    }
}
