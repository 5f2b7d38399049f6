import Yams

/// The text of a file as a tree of nodes that know their lines.
enum YAMLDocument {
    /// Reads a document whose top is a mapping, and reports keys that nobody asked for.
    ///
    /// - Parameter adapting: what the document is taken for, as it is read: an older form as the current one.
    /// - Returns: nil when the text is not YAML, or not a mapping; the problem is in the context then.
    static func read<Value>(
        _ bytes: [UInt8], _ context: DecodingContext, adapting: (Node) -> Node = { $0 },
        _ read: (YAMLReader) -> Value
    ) -> Value? {
        guard let root = compose(bytes, context) else { return nil }
        // An empty file, or one of comments only, is an empty mapping: every setting has its default.
        let node = root.map { YAMLNode(adapting($0), key: "", line: 1, context) }
        guard let node, !node.isNull else { return read(YAMLReader([], key: "", line: 1, context)) }
        guard let reader = node.reader() else { return nil }
        let value = read(reader)
        reader.finish()
        return value
    }

    /// The tree of a document, whose top is nil for an empty one.
    ///
    /// - Returns: nil when the text is not YAML; the problem is in the context then.
    static func compose(_ bytes: [UInt8], _ context: DecodingContext) -> Node?? {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            context.report(line: nil, key: "", "the file is not UTF-8 text")
            return nil
        }
        do {
            return .some(try Yams.compose(yaml: text))
        } catch {
            report(error, in: text, context)
            return nil
        }
    }

    private static func report(_ error: any Error, in text: String, _ context: DecodingContext) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            context.report(line: mark.line, key: "", "not valid YAML: \(problem) (column \(mark.column))")
        case YamlError.reader(let problem, _, _, _):
            context.report(line: nil, key: "", "not valid YAML: \(problem)")
        case YamlError.duplicatedKeysInMapping(let keys, let place):
            let again = keys.first.flatMap { repetition(of: $0, at: place.mark, in: text) }
            let first = again == nil ? "" : "; first in line \(place.mark.line)"
            context.report(
                line: again ?? place.mark.line, key: keys.joined(separator: ", "),
                "the key is given twice\(first): keep one")
        default:
            context.report(line: nil, key: "", "not valid YAML")
        }
    }

    /// The line in which a block mapping has the key again: the same column, before the mapping's end.
    private static func repetition(of key: String, at mark: Mark, in text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated().dropFirst(mark.line) {
            let indentation = line.prefix { $0 == " " }.count
            let content = line.dropFirst(indentation)
            guard !content.isEmpty, !content.hasPrefix("#") else { continue }
            guard indentation >= mark.column - 1 else { return nil }
            let spellings = [key, "\"\(key)\"", "'\(key)'"].map { $0 + ":" }
            if indentation == mark.column - 1, spellings.contains(where: content.hasPrefix) { return index + 1 }
        }
        return nil
    }
}
