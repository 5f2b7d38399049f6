import Scenarios
import Telemetry

/// The part of the Kubernetes API that lists events, pods and nodes.
struct KubernetesServer: Sendable {
    private let events: [Item]
    private let pods: [Item]
    private let nodes: [Item]
    /// A source that the case does not have is one that the account may not read.
    private let readable: Set<EvidenceSource>

    init(evidence: Evidence) {
        events = evidence.events.enumerated().map { index, event in
            Item(
                namespace: event.object.namespace.isEmpty ? "default" : event.object.namespace,
                json: KubernetesForm.event(event, number: index, named: false))
        }
        pods = evidence.pods.map { Item(namespace: $0.namespace, json: KubernetesForm.pod($0, named: false)) }
        nodes = evidence.nodes.map { Item(namespace: "", json: KubernetesForm.node($0, named: false)) }
        readable = Set(EvidenceSource.allCases.filter(evidence.wasFetched))
    }

    private struct Item {
        let namespace: String
        let json: JSON
    }

    private struct Resource {
        let name: String
        let kind: String
        let source: EvidenceSource
        let items: [Item]
    }

    func answer(_ request: LabRequest) -> LabAnswer {
        guard request.path != "/readyz" else { return .text(200, "ok") }
        guard request.method == "GET" else {
            return Self.failure(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
        }
        var parts = request.path.split(separator: "/").map(String.init)
        guard parts.starts(with: ["api", "v1"]) else { return .unknownPath }
        parts.removeFirst(2)
        var namespace: String?
        if parts.count == 3, parts[0] == "namespaces" {
            namespace = parts[1]
            parts.removeFirst(2)
        }
        guard parts.count == 1, let resource = resource(parts[0]), namespace == nil || resource.name != "nodes" else {
            return Self.failure(404, "NotFound", "the server could not find the requested resource")
        }
        guard readable.contains(resource.source) else {
            return Self.failure(
                403, "Forbidden",
                "\(resource.name) is forbidden: User \"system:serviceaccount:monitoring:sabueso\" cannot list resource "
                    + "\"\(resource.name)\" in API group \"\" at the cluster scope")
        }
        return list(resource, namespace, request)
    }

    private func resource(_ name: String) -> Resource? {
        switch name {
        case "events": Resource(name: name, kind: "EventList", source: .events, items: events)
        case "pods": Resource(name: name, kind: "PodList", source: .pods, items: pods)
        case "nodes": Resource(name: name, kind: "NodeList", source: .nodes, items: nodes)
        default: nil
        }
    }

    /// In pages of `limit`; the lab's `continue` is simply the number of items that were listed.
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
        let offset = request.parameter("continue").flatMap(Int.init) ?? 0
        let page = found.dropFirst(offset).prefix(request.parameter("limit").flatMap(Int.init) ?? .max)
        let next = offset + page.count
        return .json([
            "kind": .string(resource.kind), "apiVersion": "v1",
            "metadata": .object(leavingOut: [
                "resourceVersion": "1000", "continue": next < found.count ? .string(String(next)) : nil,
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

/// One requirement of a field or label selector: `name=value`, `name==value` or `name!=value`.
struct KubernetesSelector {
    let path: [String]
    let value: String
    let isNegated: Bool

    struct Unreadable: Error {
        let text: String
        let part: String
    }

    static func parse(_ text: String) throws(Unreadable) -> [KubernetesSelector] {
        var selectors: [KubernetesSelector] = []
        for part in text.split(separator: ",") {
            let isNegated = part.contains("!=")
            let sides = part.split(separator: "=", omittingEmptySubsequences: true)
            guard sides.count == 2 else { throw Unreadable(text: text, part: String(part)) }
            let name = sides[0].hasSuffix("!") ? sides[0].dropLast() : sides[0]
            selectors.append(
                KubernetesSelector(
                    path: name.split(separator: ".").map(String.init), value: String(sides[1]), isNegated: isNegated))
        }
        return selectors
    }

    /// The same requirement as a single name below a path: a label's name has dots of its own.
    func below(_ parent: [String]) -> KubernetesSelector {
        KubernetesSelector(path: parent + [path.joined(separator: ".")], value: value, isNegated: isNegated)
    }

    func holds(_ item: JSON) -> Bool {
        let found = path.reduce(Optional(item)) { $0?[$1] }?.text
        return (found == value) != isNegated
    }
}
