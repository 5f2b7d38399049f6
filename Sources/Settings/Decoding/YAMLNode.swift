import Yams

/// A value in the document with its place, from which problems are reported.
struct YAMLNode {
    let node: Node
    /// The key path: `receivers[0].slack`.
    let key: String
    /// From 1.
    let line: Int
    let context: DecodingContext

    /// - Parameter line: where the key is; an empty value has no better place.
    init(_ node: Node, key: String, line: Int, _ context: DecodingContext) {
        self.node = node
        self.key = key
        self.line = line
        self.context = context
    }

    func report(_ message: String) {
        context.report(line: line, key: key, message)
    }

    /// Nothing after the colon, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// What is there, in words; the value itself only when it is short and no URL, for it may be a misplaced secret.
    var found: String {
        switch node {
        case .mapping: return "keys"
        case .sequence: return "a list"
        case .alias: return "an alias"
        case .scalar(let scalar):
            if isNull { return "nothing" }
            let longestShown = 24
            let isShown = scalar.string.count <= longestShown && !scalar.string.contains("://")
            return isShown ? "\"\(scalar.string)\"" : "a text of \(scalar.string.count) characters"
        }
    }

    /// The scalar's text with `${…}` filled in; anything else is reported as not being what was expected.
    ///
    /// - Parameter expectation: what should be here, in words: "a duration such as 20s".
    func scalar(_ expectation: String) -> YAMLScalar? {
        guard case .scalar(let scalar) = node, !isNull else {
            report("expected \(expectation), found \(found)")
            return nil
        }
        let expanded = EnvironmentExpansion.expand(scalar.string, context.environment)
        guard let text = expanded.text else {
            expanded.problems.forEach(report)
            return nil
        }
        return YAMLScalar(
            text: text, isSubstituted: expanded.isSubstituted,
            isQuoted: scalar.style != .plain && !expanded.isSubstituted)
    }

    /// The elements of a list, each with its place; nil for anything else, which is not reported.
    var items: [YAMLNode]? {
        guard case .sequence(let items) = node else { return nil }
        return items.enumerated().map { index, item in
            YAMLNode(item, key: "\(key)[\(index)]", line: item.mark?.line ?? line, context)
        }
    }

    /// The scalar as it is written, `${…}` unfilled; nil for anything else, which is not reported.
    var rawScalar: String? { isNull ? nil : node.scalar?.string }

    /// The value of a key, if this is a mapping that has it.
    subscript(name: String) -> YAMLNode? {
        node.mapping?.first { $0.key.scalar?.string == name }.map { pair in
            YAMLNode(pair.value, key: "\(key).\(name)", line: pair.key.mark?.line ?? line, context)
        }
    }

    /// A reader of the mapping's keys; anything else is reported.
    func reader() -> YAMLReader? {
        guard case .mapping(let mapping) = node else {
            report(isNull ? "has no value: give it one, or remove the key" : "expected keys and values, found \(found)")
            return nil
        }
        let entries = mapping.map { pair in
            let name = pair.key.scalar?.string ?? "?"
            let line = pair.key.mark?.line ?? line
            return YAMLReader.Entry(
                name: name, value: YAMLNode(pair.value, key: key.isEmpty ? name : "\(key).\(name)", line: line, context)
            )
        }
        return YAMLReader(entries, key: key, line: line, context)
    }
}

/// A scalar as it is to be read.
struct YAMLScalar {
    let text: String
    /// Whether a part of it came from the environment; it must not be shown then.
    let isSubstituted: Bool
    /// Whether quotes say that it is text, even if it looks like a number.
    let isQuoted: Bool
}
