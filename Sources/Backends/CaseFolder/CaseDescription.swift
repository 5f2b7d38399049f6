import Telemetry
import Yams

/// What `case.yaml` says: every part of it may be left out and is then derived.
struct CaseDescription {
    /// A window of which one end or both may be left out.
    struct PartialWindow {
        var start: Timestamp?
        var end: Timestamp?
    }

    var window = PartialWindow()
    var baseline = PartialWindow()
    var scope = Scope()
    /// The name of the file that holds the webhook's body.
    var alert: String?

    static let fileName = "case.yaml"

    init() {}

    /// - Throws: for a key that is not known, a value of the wrong type, and text that is no YAML.
    init(yaml bytes: [UInt8]) throws(CaseFolderError) {
        guard let root = try Self.compose(String(decoding: bytes, as: UTF8.self)) else { return }
        try Self.read(root, key: "the file", known: ["window", "baseline", "scope", "alert"]) {
            (key, node) throws(CaseFolderError) in
            switch key {
            case "window": window = try Self.window(node, key: key)
            case "baseline": baseline = try Self.window(node, key: key)
            case "scope": scope = try Self.scope(node)
            default: alert = try Self.fileName(node, key: key)
            }
        }
    }

    private static func compose(_ text: String) throws(CaseFolderError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw .damaged(file: fileName, place: "line \(mark.line), column \(mark.column)", reason: problem)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw .damaged(
                file: fileName, place: "line \(context.mark.line)",
                reason: "the key `\(keys.sorted().joined(separator: "`, `"))` comes twice")
        } catch {
            throw .damaged(file: fileName, place: "", reason: "not YAML")
        }
    }

    /// Gives each known key and its value to `take`; refuses all others. A null is an empty mapping.
    private static func read(
        _ node: Node, key: String, known: [String], take: (String, Node) throws(CaseFolderError) -> Void
    ) throws(CaseFolderError) {
        if isNull(node) { return }
        guard let mapping = node.mapping else {
            throw wrong(node, key, "must be a mapping with the keys \(known.joined(separator: ", "))")
        }
        for (keyNode, value) in mapping {
            let name = keyNode.scalar?.string ?? ""
            guard known.contains(name) else {
                throw .unknownKey(
                    file: fileName, line: line(keyNode), key: name, valid: NearestName.order(known, by: name))
            }
            try take(name, value)
        }
    }

    private static func window(_ node: Node, key: String) throws(CaseFolderError) -> PartialWindow {
        var window = PartialWindow()
        try read(node, key: key, known: ["start", "end"]) { (name, value) throws(CaseFolderError) in
            guard let text = value.scalar?.string, let at = Timestamp(rfc3339: text) else {
                throw wrong(value, "\(key).\(name)", "must be a time like 2026-11-22T15:29:41Z")
            }
            if name == "start" { window.start = at } else { window.end = at }
        }
        if let start = window.start, let end = window.end, end <= start {
            throw wrong(node, key, "must end after it starts")
        }
        return window
    }

    private static func scope(_ node: Node) throws(CaseFolderError) -> Scope {
        var scope = Scope()
        try read(node, key: "scope", known: ["services", "namespaces", "pods", "jobs"]) {
            (name, value) throws(CaseFolderError) in
            let names = try list(value, key: "scope.\(name)")
            switch name {
            case "services": scope.services = names
            case "namespaces": scope.namespaces = names
            case "pods": scope.pods = names
            default: scope.jobs = names
            }
        }
        return scope
    }

    private static func list(_ node: Node, key: String) throws(CaseFolderError) -> [String] {
        if isNull(node) { return [] }
        guard let sequence = node.sequence else { throw wrong(node, key, "must be a list, like [checkout]") }
        var names: [String] = []
        for element in sequence {
            guard let text = element.scalar?.string, !isNull(element) else {
                throw wrong(element, key, "must be a list of names")
            }
            names.append(text)
        }
        return names
    }

    /// A plain name: a case never reads outside its folder.
    private static func fileName(_ node: Node, key: String) throws(CaseFolderError) -> String {
        guard let name = node.scalar?.string, !isNull(node), !name.contains("/"), name != "..", name != "." else {
            throw wrong(node, key, "must be the name of a file in the case folder")
        }
        return name
    }

    private static func wrong(_ node: Node, _ key: String, _ reason: String) -> CaseFolderError {
        .wrongValue(file: fileName, line: line(node), key: key, reason: reason)
    }

    private static func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

    private static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar else { return false }
        return scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }
}
