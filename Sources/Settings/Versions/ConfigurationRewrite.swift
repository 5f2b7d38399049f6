import Yams

/// A configuration's text in the current version.
package struct ConfigurationRewrite: Hashable, Sendable {
    package let from: Int
    package let changes: [ConfigurationChange]
    /// Comments and layout stay as they are but at what changed.
    package let text: String

    /// - Parameters:
    ///   - text: of the file.
    ///   - file: its name, for problems.
    /// - Throws: why it cannot be rewritten: it is no configuration, of a newer version, has older keys that its version
    ///   or a newer key beside them forbids, or is written in a way that only a person can change.
    package init(_ text: String, file: String) throws(SettingsError) {
        func problem(_ message: String, line: Int? = nil) -> SettingsError {
            SettingsError([SettingsProblem(file: file, line: line, message: message)])
        }
        let context = DecodingContext(
            file: file, environment: [:], readFile: { _ throws(FileReadError) in throw .notFound })
        var root: Node?
        var version: Int?
        // Only the form is looked at: what the keys say is for the loading.
        _ = YAMLDocument.compose(Array(text.utf8), context).map { node in
            root = node
            let reader = node.map { YAMLNode($0, key: "", line: 1, context) }?.reader()
            version = reader?.has("version") == true ? reader?.optional("version", as: .configurationVersion) : 1
        }
        guard context.problems.isEmpty else { throw SettingsError(context.problems) }
        let from = version ?? 1
        self.from = from
        let contradictions = root.map { Self.contradictions(in: $0, of: from, file: file) } ?? []
        guard contradictions.isEmpty else { throw SettingsError(contradictions) }
        guard from < ConfigurationVersion.current else {
            (changes, self.text) = ([], text)
            return
        }
        let migration = root.map { ConfigurationMigration($0, from: from) }
        changes = migration?.changes ?? []
        var document = DocumentText(text)
        for change in ConfigurationVersion.changes where change.since > from {
            guard let root = (try? Yams.compose(yaml: document.text)).flatMap({ $0 }),
                let (mapping, index) = change.place(in: root)
            else { continue }
            document.nest(mapping, index, section: change.section, name: change.name)
        }
        document.setVersion(ConfigurationVersion.current, try? Yams.compose(yaml: document.text))
        self.text = document.text
        // What was written has to be what an unchanged file is taken for.
        let written = (try? Yams.compose(yaml: document.text)).flatMap { $0 }
        guard Self.withoutVersion(written) == Self.withoutVersion(migration?.root) else {
            let list = changes.map(\.description).joined(separator: "; ")
            throw problem(
                "is written in a way that cannot be rewritten: change it by hand (\(list))", line: changes.first?.line)
        }
    }

    /// Older keys that are read by no version: what is refused at the start is refused here, and not called well.
    private static func contradictions(in root: Node, of version: Int, file: String) -> [SettingsProblem] {
        ConfigurationVersion.changes.compactMap { change in
            guard let line = change.line(in: root) else { return nil }
            let message: String
            if change.since <= version {
                message =
                    "\(change.description), and the file says version: \(version). Write the new key, or say "
                    + "version: \(change.since - 1) and run this again"
            } else if change.place(in: root) == nil {
                message = "\(change.description), and both are given: keep one of the two"
            } else {
                return nil
            }
            return SettingsProblem(file: file, line: line, message: message)
        }
    }

    private static func withoutVersion(_ root: Node?) -> [Node] {
        (root?.mapping.map(Array.init) ?? []).filter { $0.key.string != "version" }.flatMap { [$0.key, $0.value] }
    }
}
