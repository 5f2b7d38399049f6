import FoundationEssentials
package import Telemetry

/// Reads what the Kubernetes API answers to a list call, which is what `kubectl get … -o json` prints.
package enum KubernetesJSON {
    package static func events(from body: [UInt8]) throws(BackendError) -> KubernetesList<ClusterEvent> {
        try list(of: OfItsKind<WireEvent>.self, from: body).mapped(\.object.event)
    }

    package static func pods(from body: [UInt8]) throws(BackendError) -> KubernetesList<PodState> {
        try list(of: OfItsKind<WirePod>.self, from: body).mapped(\.object.pod)
    }

    package static func nodes(from body: [UInt8]) throws(BackendError) -> KubernetesList<NodeState> {
        try list(of: OfItsKind<WireNode>.self, from: body).mapped(\.object.node)
    }

    /// What `kubectl get deploy,sts,ds,rs,controllerrevisions -o json` prints.
    package static func workloads(from body: [UInt8]) throws(BackendError) -> KubernetesList<WorkloadState> {
        let list = try list(of: WireWorkload.self, from: body)
        var objects = WorkloadObjects()
        for object in list.items { objects.add(object) }
        return KubernetesList(items: objects.states, damaged: list.damaged, continuation: list.continuation)
    }

    /// Objects of one kind of the group `apps`.
    static func workloadObjects(from body: [UInt8]) throws(BackendError) -> KubernetesList<WireWorkload> {
        try list(of: WireWorkload.self, from: body)
    }

    /// A `List`, an `EventList`, an array of objects (`jq .items`) or one object (`kubectl get pod NAME -o json`).
    private static func list<Item: Decodable>(
        of type: Item.Type, from body: [UInt8]
    ) throws(BackendError) -> KubernetesList<Item> {
        do {
            let list = try JSONDecoder().decode(WireList<Item>.self, from: Data(body))
            return KubernetesList(
                items: list.items.compactMap(\.value), damaged: list.items.compactMap(\.fault),
                continuation: list.continuation)
        } catch {
            throw .malformed(format: "Kubernetes' lists", reason: DecodingFault.explain(error))
        }
    }
}

/// One page of a list.
package struct KubernetesList<Item: Sendable>: Sendable {
    /// As the server sent them.
    package let items: [Item]
    /// What is wrong with each object that could not be read; the others are not affected.
    package let damaged: [String]
    /// The token that asks for the next page; nil on the last one.
    package let continuation: String?

    package init(items: [Item], damaged: [String] = [], continuation: String? = nil) {
        self.items = items
        self.damaged = damaged
        self.continuation = continuation
    }

    fileprivate func mapped<Other>(_ transform: (Item) -> Other) -> KubernetesList<Other> {
        KubernetesList<Other>(items: items.map(transform), damaged: damaged, continuation: continuation)
    }
}

/// An object of which Kubernetes says the kind, where it says one: `kubectl` does for each, the API only for lists.
protocol KubernetesObject: Decodable, Sendable {
    static var kind: String { get }
}

/// An object that is not of another kind: every field of a pod may be missing, so that a node would pass for one.
private struct OfItsKind<Object: KubernetesObject>: Decodable, Sendable {
    let object: Object

    private enum CodingKeys: CodingKey { case kind }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let kind = try container.decodeIfPresent(String.self, forKey: .kind), kind != Object.kind {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "a \(kind) where a \(Object.kind) is expected")
        }
        object = try Object(from: decoder)
    }
}

private struct WireList<Item: Decodable>: Decodable {
    let items: [Attempt<Item>]
    let continuation: String?

    private enum CodingKeys: CodingKey { case kind, items, metadata, message }

    private struct ListMetadata: Decodable { let `continue`: String? }

    init(from decoder: any Decoder) throws {
        if var array = try? decoder.unkeyedContainer() {
            var items: [Attempt<Item>] = []
            while !array.isAtEnd { items.append(try array.decode(Attempt<Item>.self)) }
            self.items = items
            continuation = nil
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decodeIfPresent(String.self, forKey: .kind) ?? "List"
        if kind == "Status" {
            let message = try container.decodeIfPresent(String.self, forKey: .message)
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "an error instead of a list: \(message ?? "no reason")")
        }
        if kind.hasSuffix("List") {
            // Go writes a list without elements as null; a list without the key is none.
            items =
                try container.decodeNil(forKey: .items)
                ? [] : try container.decode([Attempt<Item>].self, forKey: .items)
            let token = try container.decodeIfPresent(ListMetadata.self, forKey: .metadata)?.continue
            continuation = token.flatMap { $0.isEmpty ? nil : $0 }
        } else {
            items = [try Attempt<Item>(from: decoder)]
            continuation = nil
        }
    }
}
