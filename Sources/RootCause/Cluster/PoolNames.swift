import Telemetry

/// The label by which agents are asked for: the name of their pool, for whoever has to look at it.
struct PoolNames {
    private let cluster: ClusterView
    private var labelsOfJobs: [String: String] = [:]
    private var buildsOfAgents: [String: Build] = [:]
    private var buildsOfTraces: [TraceID: Build] = [:]
    /// Labels that agents of a template are known to have.
    private var labelsOfTemplates: [String: String] = [:]

    init(in scene: Scene) {
        cluster = scene.cluster
        for build in scene.builds {
            // The later build knows better what its job asks for now.
            if let label = build.label, !label.isEmpty { labelsOfJobs[build.job] = label }
            buildsOfTraces[build.traceID] = buildsOfTraces[build.traceID] ?? build
            for agent in build.agents + [build.waitedForAgent].compactMap(\.self) {
                buildsOfAgents[agent] = buildsOfAgents[agent] ?? build
                if build.agents.count <= 1, let label = build.label, let template = Self.template(of: agent) {
                    labelsOfTemplates[template] = label
                }
            }
        }
        for pod in cluster.pods.values.sorted(by: { $0.name < $1.name }) {
            if let label = pod.labels[Self.podLabel], let template = Self.template(of: pod.name) {
                labelsOfTemplates[template] = label
            }
        }
    }

    /// What the Kubernetes plugin writes on the pods that it makes.
    static let podLabel = "jenkins/label"

    /// The plugin names pods for their template, with five random characters behind it.
    private static func template(of pod: String) -> String? {
        guard let end = pod.lastIndex(of: "-"), pod[end...].count == 6, end > pod.startIndex else { return nil }
        return String(pod[..<end])
    }

    func pool(ofPod pod: String) -> String? {
        if let label = cluster.pods[pod]?.labels[Self.podLabel] { return label }
        if let build = buildsOfAgents[pod], build.agents.count <= 1, let label = stated(by: build) { return label }
        guard let template = Self.template(of: pod) else { return nil }
        return labelsOfTemplates[template] ?? template
    }

    /// What the build says that it waits for, or its agent's pod, or other builds of its job.
    func pool(of build: Build) -> String? {
        if let label = stated(by: build) { return label }
        let agents = [build.waitedForAgent].compactMap(\.self) + build.agents
        if let label = agents.lazy.compactMap({ cluster.pods[$0]?.labels[Self.podLabel] }).first { return label }
        return labelsOfJobs[build.job] ?? agents.lazy.compactMap { pool(ofPod: $0) }.first
    }

    /// Of the pod that a line names, or the build that wrote it.
    func pool(of line: LogEntry) -> String? {
        if let build = line.traceID.flatMap({ buildsOfTraces[$0] }), let pool = pool(of: build) { return pool }
        let known = Set(buildsOfAgents.keys).union(cluster.pods.keys)
        return NamedAgent.find(in: line.line, among: known).flatMap { pool(ofPod: $0) }
    }

    private func stated(by build: Build) -> String? {
        if let label = build.waitedFor, !label.isEmpty { return label }
        return build.label.flatMap { $0.isEmpty ? nil : $0 }
    }
}
