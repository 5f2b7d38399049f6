extension YAMLShape<String> {
    /// A text that is not empty. A number is taken as it is written; `true` and `false` without quotes are no text.
    static var text: YAMLShape {
        YAMLShape { node in
            guard let scalar = node.scalar("a text") else { return nil }
            guard scalar.isQuoted || scalar.isSubstituted || !["true", "false"].contains(scalar.text) else {
                node.report("expected a text, found \(scalar.text): put it in quotes if it is meant as text")
                return nil
            }
            guard !scalar.text.allSatisfy(\.isWhitespace) else {
                node.report("expected a text, found an empty one")
                return nil
            }
            return scalar.text
        }
    }

    /// The base URL of a server, without a slash at its end.
    static var serverURL: YAMLShape {
        YAMLShape { node in
            guard let scalar = node.scalar("a URL") else { return nil }
            switch WebAddress.check(scalar.text, as: .server) {
            case .success(let url): return url
            case .failure(let problem):
                node.report(problem.message)
                return nil
            }
        }
    }

    /// The path of a file that must be readable now: a typing error shows at the start and not at the first alert.
    static var readableFile: YAMLShape {
        YAMLShape { node in
            guard let path = YAMLShape.path.read(node) else { return nil }
            return node.context.leavesOutSecrets || node.contents(of: path) != nil ? path : nil
        }
    }

    /// A path, relative to the folder of the configuration file.
    static var path: YAMLShape {
        YAMLShape { node in YAMLShape.text.read(node).map(node.context.resolve) }
    }
}

extension YAMLShape<[String: String]> {
    /// Label names with the value that each must have.
    static var labels: YAMLShape {
        YAMLShape { node in
            guard let reader = node.reader() else { return nil }
            var labels: [String: String] = [:]
            for entry in reader.entries {
                // A label's value is text whatever it looks like: `spot: true` means "true".
                guard let value = entry.value.scalar("a label's value") else { continue }
                labels[entry.name] = value.text
            }
            return labels.count == reader.entries.count ? labels : nil
        }
    }
}

extension YAMLNode {
    /// The bytes of a file that this value names; what cannot be read is reported with its path.
    func contents(of path: String) -> [UInt8]? {
        do {
            return try context.read(path)
        } catch {
            switch error {
            case .notFound: report("there is no file \(path)")
            case .unreadable(let reason): report("cannot read \(path): \(reason)")
            }
            return nil
        }
    }
}

extension YAMLShape<[String]> {
    /// Names of labels, one at least.
    static var labelNames: YAMLShape {
        YAMLShape { node in
            guard let names = YAMLShape<[String]>.list(of: .labelName).read(node) else { return nil }
            guard !names.isEmpty else {
                node.report("expected the names of labels, found an empty list")
                return nil
            }
            return names
        }
    }

    /// One text, or a list of texts.
    static var oneOrMoreTexts: YAMLShape {
        YAMLShape { node in
            if node.items != nil { return YAMLShape<[String]>.list(of: .text).read(node) }
            return YAMLShape<String>.text.read(node).map { [$0] }
        }
    }
}

extension YAMLShape<String> {
    /// A label's name as Prometheus and Loki allow it.
    static var labelName: YAMLShape {
        .scalar("the name of a label (letters, digits and _)", isText: true) { text in
            text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/).map { _ in text }
        }
    }
}

extension YAMLShape<YAMLNode> {
    /// The value as it is, for whoever reads it later.
    static var node: YAMLShape { YAMLShape { $0 } }
}
