import Yams

/// A key that has another place in a newer version of the configuration, or none.
struct KeyChange: Hashable, Sendable, CustomStringConvertible {
    enum Successor: Hashable, Sendable {
        /// A key in a section beside it: `dashboard_uid` became `dashboard: {uid: …}`.
        case nested(String, String)
        case nothing(reason: String)
    }

    /// The first version that has it no more.
    let since: Int
    /// Where it was; `[]` is each item of a list.
    let parent: [String]
    let key: String
    let successor: Successor

    init(since: Int, parent: [String], key: String, becomes successor: Successor) {
        self.since = since
        self.parent = parent
        self.key = key
        self.successor = successor
    }

    /// `receivers[].language`.
    var path: String { Self.path(parent + [key]) }

    /// `grafana.dashboard_uid is grafana.dashboard.uid since version 2`.
    var description: String {
        switch successor {
        case .nested(let section, let name): "\(path) is \(Self.path(parent + [section, name])) since version \(since)"
        case .nothing(let reason): "\(path) is gone since version \(since): \(reason)"
        }
    }

    private static func path(_ parts: [String]) -> String {
        parts.dropFirst().reduce(parts.first ?? "") { $0 + ($1 == "[]" ? "[]" : ".\($1)") }
    }

    /// The place of the key in a mapping; nil when it is not there, or when its successor is given as well: then a person
    /// has to say which is meant.
    func index(in mapping: Node.Mapping) -> Int? {
        if case .nested(let section, _) = successor, mapping[section] != nil { return nil }
        return mapping.firstIndex { $0.key.string == key }
    }

    /// The mappings in which the key may be, in the order of the document.
    func parents(in root: Node) -> [Node.Mapping] { Self.mappings(root, parent[...]) }

    private static func mappings(_ node: Node, _ path: ArraySlice<String>) -> [Node.Mapping] {
        guard let first = path.first else { return node.mapping.map { [$0] } ?? [] }
        if first == "[]" { return (node.sequence.map(Array.init) ?? []).flatMap { mappings($0, path.dropFirst()) } }
        return node.mapping?[first].map { mappings($0, path.dropFirst()) } ?? []
    }

    /// The document with the key in its new place; every node keeps its line, so that problems are told where they are.
    func adapting(_ root: Node) -> Node { adapting(root, parent[...]) }

    private func adapting(_ node: Node, _ path: ArraySlice<String>) -> Node {
        switch (node, path.first) {
        case (.sequence(var sequence), "[]"):
            for index in sequence.indices { sequence[index] = adapting(sequence[index], path.dropFirst()) }
            return .sequence(sequence)
        case (.mapping(let mapping), let name):
            var pairs = Array(mapping)
            if let name {
                for index in pairs.indices where pairs[index].key.string == name {
                    pairs[index].value = adapting(pairs[index].value, path.dropFirst())
                }
            } else if let index = index(in: mapping) {
                switch successor {
                case .nothing: pairs.remove(at: index)
                case .nested(let section, let key):
                    let (old, value) = (pairs[index].key, pairs[index].value)
                    let inner = Node.Mapping([(Self.named(key, at: old), value)], .implicit, .block, old.mark)
                    pairs[index] = (key: Self.named(section, at: old), value: .mapping(inner))
                }
            }
            return .mapping(
                Node.Mapping(pairs.map { ($0.key, $0.value) }, mapping.tag, mapping.style, mapping.mark, mapping.anchor)
            )
        default: return node
        }
    }

    private static func named(_ name: String, at place: Node) -> Node {
        .scalar(Node.Scalar(name, .implicit, .plain, place.mark))
    }
}
