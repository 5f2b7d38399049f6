/// What an attribute says of a span, from the most specific place to what is no place at all.
enum AttributeRole: Int, Hashable, Sendable, Comparable {
    case job, pod, instance
    /// A version, an image's tag, a replica set.
    case version
    case node, agentLabel, zone
    /// What is true of several nodes: their pool, their size, whether they are spot nodes.
    case nodeTrait
    /// Anything else of the process.
    case process
    /// Anything else of the request.
    case request

    static func < (left: AttributeRole, right: AttributeRole) -> Bool { left.rawValue < right.rawValue }

    /// The role of a resource attribute; nil for what no one would look for.
    static func ofResource(_ name: String) -> AttributeRole? {
        if let known = known[name] { return known }
        if idNames.contains(name) || name.hasSuffix(".uid") || name.hasPrefix("process.command") { return nil }
        return .process
    }

    /// The role of a span's attribute; nil for measurements and for what is the outcome rather than a reason.
    static func ofSpan(_ name: String) -> AttributeRole? {
        if let known = known[name] { return known }
        let words = name.split { $0 == "." || $0 == "_" || $0 == "-" }
        return words.contains { outcomeWords.contains($0) } ? nil : .request
    }

    /// Of pods and nodes, as kubectl shows them.
    static let labels: [(name: String, role: AttributeRole)] = [
        ("topology.kubernetes.io/zone", .zone), ("failure-domain.beta.kubernetes.io/zone", .zone),
        ("topology.kubernetes.io/region", .zone), ("agentpool", .nodeTrait),
        ("eks.amazonaws.com/nodegroup", .nodeTrait),
        ("cloud.google.com/gke-nodepool", .nodeTrait), ("karpenter.sh/nodepool", .nodeTrait),
        ("node.kubernetes.io/instance-type", .nodeTrait), ("kubernetes.io/arch", .nodeTrait),
    ]
    static let podLabels = ["app.kubernetes.io/version", "version", "pod-template-hash"]

    private static let known: [String: AttributeRole] = [
        "k8s.pod.name": .pod, "service.instance.id": .instance, "host.name": .instance, "k8s.node.name": .node,
        "service.version": .version, "container.image.tag": .version, "container.image.tags": .version,
        "k8s.replicaset.name": .version, "cloud.availability_zone": .zone, "cloud.region": .zone,
        "host.type": .nodeTrait, "host.arch": .nodeTrait, "ci.pipeline.id": .job,
        "jenkins.pipeline.step.agent.label": .agentLabel,
    ]
    /// They change with every process and say no more than the pod does.
    private static let idNames: Set<String> = [
        "service.name", "container.id", "process.pid", "process.parent_pid", "k8s.pod.ip", "k8s.pod.start_time",
        "host.id", "host.ip", "host.mac",
    ]
    /// They say how a request went.
    private static let outcomeWords: Set<Substring> = [
        "status", "error", "errors", "exception", "result", "outcome", "response", "duration", "elapsed", "timestamp",
        "size", "length", "count", "retry", "resend", "attempt", "thread", "trace", "span", "stacktrace", "otel",
        "success", "failed",
    ]
}
