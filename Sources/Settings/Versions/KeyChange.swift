import Yams

/// A key that stands elsewhere in a newer version of the configuration: `dashboard_uid` became `dashboard: {uid: …}`.
struct KeyChange: Hashable, Sendable, CustomStringConvertible {
    /// The first version that has it no more.
    let since: Int
    /// The sections in which it was, from the outside.
    let parent: [String]
    let key: String
    /// The section beside it in which it is now, and its name there.
    let section: String
    let name: String

    /// `grafana.dashboard_uid`
    var path: String { (parent + [key]).joined(separator: ".") }

    /// `grafana.dashboard_uid is grafana.dashboard.uid since version 2`
    var description: String {
        "\(path) is \((parent + [section, name]).joined(separator: ".")) since version \(since)"
    }

    /// The mapping in which the key is, and its place there; nil when it is not there, or when its successor is given as
    /// well: then a person has to say which is meant.
    func place(in root: Node) -> (mapping: Node.Mapping, index: Int)? {
        let found = parent.reduce(root) { (node: Node?, name) in node?.mapping?[name] }
        guard let mapping = found?.mapping, let index = index(in: mapping) else { return nil }
        return (mapping, index)
    }

    /// The line of the key where it is written although it is no more, or stands beside its successor; nil where it is not
    /// there.
    func line(in root: Node) -> Int? {
        let found = parent.reduce(root) { (node: Node?, name) in node?.mapping?[name] }
        return found?.mapping?.first { $0.key.string == key }.map { $0.key.mark?.line ?? 1 }
    }

    private func index(in mapping: Node.Mapping) -> Int? {
        mapping[section] == nil ? mapping.firstIndex { $0.key.string == key } : nil
    }

    /// The document with the key in its new place; every node keeps its line, so that problems are told where they are.
    func adapting(_ root: Node) -> Node { adapting(root, parent[...]) }

    private func adapting(_ node: Node, _ path: ArraySlice<String>) -> Node {
        guard let mapping = node.mapping else { return node }
        var pairs = Array(mapping)
        if let section = path.first {
            for index in pairs.indices where pairs[index].key.string == section {
                pairs[index].value = adapting(pairs[index].value, path.dropFirst())
            }
        } else if let index = index(in: mapping) {
            let (old, value) = (pairs[index].key, pairs[index].value)
            let inner = Node.Mapping([(Self.named(name, at: old), value)], .implicit, .block, old.mark)
            pairs[index] = (key: Self.named(section, at: old), value: .mapping(inner))
        }
        return .mapping(
            Node.Mapping(pairs.map { ($0.key, $0.value) }, mapping.tag, mapping.style, mapping.mark, mapping.anchor))
    }

    private static func named(_ name: String, at place: Node) -> Node {
        .scalar(Node.Scalar(name, .implicit, .plain, place.mark))
    }
}
