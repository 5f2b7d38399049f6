import Scenarios
import Telemetry

/// The part of the Kubernetes API that lists events, pods, nodes and workloads.
struct KubernetesServer: Sendable {
    private let resources: [Resource]
    /// A source that the case does not have is one that the account may not read.
    private let readable: Set<EvidenceSource>
    private let largestPage: Int
    private let gate: KubernetesGate

    init(
        evidence: Evidence, configuration: LabConfiguration = LabConfiguration(),
        gate: KubernetesGate = KubernetesGate()
    ) {
        let events = evidence.events.enumerated().map { index, event in
            Item(
                namespace: event.object.namespace.isEmpty ? "default" : event.object.namespace,
                json: KubernetesForm.event(event, number: index, named: false))
        }
        let pods = evidence.pods.map { Item(namespace: $0.namespace, json: KubernetesForm.pod($0, named: false)) }
        let nodes = evidence.nodes.map { Item(namespace: "", json: KubernetesForm.node($0, named: false)) }
        let workloads = evidence.workloads.flatMap { workload in
            KubernetesForm.workload(workload, named: false).map { (workload.namespace, $0.resource, $0.object) }
        }
        func ofApps(_ name: String, _ kind: String) -> Resource {
            let items = workloads.filter { $0.1 == name }.map { Item(namespace: $0.0, json: $0.2) }
            return Resource(name: name, kind: kind, group: "apps", source: .pods, items: items)
        }
        resources = [
            Resource(name: "events", kind: "EventList", group: "", source: .events, items: events),
            Resource(name: "pods", kind: "PodList", group: "", source: .pods, items: pods),
            Resource(name: "nodes", kind: "NodeList", group: "", source: .nodes, items: nodes),
            ofApps("deployments", "DeploymentList"), ofApps("statefulsets", "StatefulSetList"),
            ofApps("daemonsets", "DaemonSetList"), ofApps("replicasets", "ReplicaSetList"),
            ofApps("controllerrevisions", "ControllerRevisionList"),
        ]
        readable = Set(EvidenceSource.allCases.filter(evidence.wasFetched))
        largestPage = configuration.largestKubernetesPage ?? .max
        self.gate = gate
    }

    private struct Item {
        let namespace: String
        let json: JSON
    }

    private struct Resource {
        let name: String
        let kind: String
        /// Empty for the core group.
        let group: String
        let source: EvidenceSource
        let items: [Item]
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        guard request.path != "/readyz" else { return .text(200, "ok") }
        // Everybody may read it (system:public-info-viewer).
        if request.path == "/version" { return .json(["major": "1", "minor": "31", "gitVersion": "v1.31.2"]) }
        gate.note(request.method)
        guard gate.admits(request.headers["authorization"]) else {
            return Self.failure(401, "Unauthorized", "Unauthorized")
        }
        guard request.method == "GET" else {
            return Self.failure(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
        }
        var parts = request.path.split(separator: "/").map(String.init)
        let group: String
        switch parts.prefix(3) {
        case ["apis", "apps", "v1"]: (group, parts) = ("apps", Array(parts.dropFirst(3)))
        case let start where start.starts(with: ["api", "v1"]): (group, parts) = ("", Array(parts.dropFirst(2)))
        default: return .unknownPath
        }
        var namespace: String?
        if parts.count == 3, parts[0] == "namespaces" {
            namespace = parts[1]
            parts.removeFirst(2)
        }
        guard parts.count == 1, let resource = resources.first(where: { $0.name == parts[0] && $0.group == group }),
            namespace == nil || resource.name != "nodes"
        else { return Self.failure(404, "NotFound", "the server could not find the requested resource") }
        guard readable.contains(resource.source), !gate.forbids(resource.name, in: namespace) else {
            let place = namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
            let name = group.isEmpty ? resource.name : "\(resource.name).\(group)"
            return Self.failure(
                403, "Forbidden",
                "\(name) is forbidden: User \"system:serviceaccount:monitoring:sabueso\" cannot list resource "
                    + "\"\(resource.name)\" in API group \"\(group)\" \(place)")
        }
        return list(resource, namespace, request)
    }

    private func list(_ resource: Resource, _ namespace: String?, _ request: LabRequest) -> LabAnswer {
        let fields: [KubernetesSelector]
        let labels: [KubernetesSelector]
        do {
            fields = try KubernetesSelector.parse(request.parameter("fieldSelector") ?? "")
            labels = try KubernetesSelector.parse(request.parameter("labelSelector") ?? "")
        } catch {
            return Self.failure(
                400, "BadRequest", "invalid selector: '\(error.text)'; can't understand '\(error.part)'")
        }
        if let unknown = fields.first(where: { !Self.selectableFields.contains($0.path.joined(separator: ".")) }) {
            return Self.failure(400, "BadRequest", "field label not supported: \(unknown.path.joined(separator: "."))")
        }
        let found = resource.items.filter { item in
            (namespace == nil || item.namespace == namespace) && fields.allSatisfy { $0.holds(item.json) }
                && labels.allSatisfy { $0.below(["metadata", "labels"]).holds(item.json) }
        }
        let offset: Int
        switch gate.place(request.parameter("continue"), in: request.path) {
        case .start: offset = 0
        case .at(let place): offset = place
        case .expired:
            return Self.failure(
                410, "Expired",
                "The provided continue parameter is too old to display a consistent list result. You can start a new "
                    + "list without the continue parameter.")
        case .invalid: return Self.failure(400, "BadRequest", "continue key is not valid: it is another list's")
        }
        let page = found.dropFirst(offset).prefix(
            min(request.parameter("limit").flatMap(Int.init) ?? .max, largestPage))
        let next = offset + page.count
        return .json([
            "kind": .string(resource.kind), "apiVersion": .string(resource.group.isEmpty ? "v1" : "apps/v1"),
            "metadata": .object(leavingOut: [
                "resourceVersion": "1000",
                "continue": next < found.count ? .string(gate.token(at: next, in: request.path)) : nil,
                "remainingItemCount": next < found.count ? .integer(found.count - next) : nil,
            ]),
            "items": .array(page.map(\.json)),
        ])
    }

    private static let selectableFields: Set<String> = [
        "metadata.name", "metadata.namespace", "involvedObject.kind", "involvedObject.name", "involvedObject.namespace",
        "reason", "type", "spec.nodeName", "status.phase",
    ]

    /// A `Status`, as the API server answers every failure.
    private static func failure(_ code: Int, _ reason: String, _ message: String) -> LabAnswer {
        let status: JSON = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
            "reason": .string(reason), "code": .integer(code),
        ]
        return LabAnswer(status: code, contentType: "application/json", body: Array(status.compact.utf8))
    }
}
