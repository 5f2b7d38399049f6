import Yams

/// A configuration of an older version as the current one has it.
struct ConfigurationMigration {
    let from: Int
    let changes: [ConfigurationChange]
    /// The document in its new form.
    let root: Node

    /// - Parameter version: of the file.
    init(_ root: Node, from version: Int) {
        from = version
        var (adapted, changes): (Node, [ConfigurationChange]) = (root, [])
        for change in ConfigurationVersion.changes where change.since > version {
            if let (mapping, index) = change.place(in: adapted) {
                let line = mapping[index].key.mark?.line ?? 1
                changes.append(ConfigurationChange(line: line, text: change.description))
            }
            adapted = change.adapting(adapted)
        }
        self.root = adapted
        self.changes = changes.sorted { ($0.line, $0.text) < ($1.line, $1.text) }
    }
}
