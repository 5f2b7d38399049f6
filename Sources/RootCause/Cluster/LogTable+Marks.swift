import LogTemplates

extension LogTable {
    /// For each template, whether lines of it may have one of the marks: asked of few templates instead of many lines.
    func templates(with isMarked: (String) -> Bool) -> [Bool] {
        templates.map { isMarked($0.example) || isMarked($0.text) }
    }
}
