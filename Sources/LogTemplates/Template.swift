/// Names one template of one miner; given in the order in which the templates were first seen.
package struct TemplateID: Hashable, Comparable, Sendable {
    package let index: Int

    package init(_ index: Int) {
        self.index = index
    }

    package static func < (left: TemplateID, right: TemplateID) -> Bool { left.index < right.index }
}

/// What lines that differ only in their variables have in common.
package struct Template: Hashable, Sendable {
    package let id: TemplateID
    /// The words, `<*>` where lines differ: `Cannot contact <*>: hudson.remoting.ChannelClosedException`.
    package let text: String
    /// How many lines were added to it.
    package let count: Int
    /// The first line that was added to it, whole.
    package let example: String

    package init(id: TemplateID, text: String, count: Int, example: String) {
        self.id = id
        self.text = text
        self.count = count
        self.example = example
    }
}
