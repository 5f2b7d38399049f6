extension YAMLReader {
    /// A secret, from the file that `<name>_file` names or from the environment through `<name>: ${VARIABLE}`.
    ///
    /// A secret that stands in the configuration itself is refused: configurations end up in version control.
    func secret(_ name: String) -> Secret? {
        let inline = node(name)
        let file = node("\(name)_file")
        switch (inline, file) {
        case (nil, nil): return nil
        case (let inline?, nil): return secret(inline: inline, name)
        case (nil, let file?): return secret(file: file)
        case (_?, let file?):
            file.report("\(name) is given too: keep one of the two")
            return nil
        }
    }

    /// The same for a secret without which the section makes no sense.
    func requiredSecret(_ name: String) -> Secret? {
        if !has(name), !has("\(name)_file") { report("\(name)_file is missing (or \(name): ${VARIABLE})") }
        return secret(name)
    }

    /// The same for a URL that is a secret, because who knows it may post.
    func requiredSecretURL(_ name: String) -> Secret? {
        guard let secret = requiredSecret(name) else { return nil }
        if context.leavesOutSecrets { return secret }
        switch WebAddress.check(secret.revealed, as: .webhook) {
        case .success: return secret
        case .failure(let problem):
            (node(name) ?? node("\(name)_file"))?.report(problem.message)
            return nil
        }
    }

    private func secret(inline node: YAMLNode, _ name: String) -> Secret? {
        guard let raw = node.rawScalar else {
            node.report("expected ${VARIABLE}, found \(node.found)")
            return nil
        }
        guard EnvironmentExpansion.substitutes(raw) else {
            node.report("a secret must not stand in the configuration: use \(name)_file, or ${VARIABLE}")
            return nil
        }
        if context.leavesOutSecrets { return .leftOut }
        guard let scalar = node.scalar("${VARIABLE}") else { return nil }
        return checked(scalar.text, node, "the environment variable is empty")
    }

    private func secret(file node: YAMLNode) -> Secret? {
        guard let path = YAMLShape<String>.path.read(node) else { return nil }
        if context.leavesOutSecrets { return .leftOut }
        guard let bytes = node.contents(of: path) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            node.report("\(path) is not text")
            return nil
        }
        // Editors and `echo` end a file with a newline that is no part of the secret.
        return checked(String(text.reversed().drop { $0.isNewline }.reversed()), node, "\(path) is empty")
    }

    private func checked(_ text: String, _ node: YAMLNode, _ emptiness: String) -> Secret? {
        guard !text.allSatisfy(\.isWhitespace) else {
            node.report(emptiness)
            return nil
        }
        // It becomes part of a header or of a URL: a newline in it would forge another header.
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            node.report("the secret has a line break or a control character in it")
            return nil
        }
        return Secret(text)
    }
}
