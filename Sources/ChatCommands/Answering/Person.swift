/// Who asks.
package struct Person: Hashable, Sendable {
    /// As the platform knows the person for ever: `U0123456789`, or an object id of Entra.
    package let id: String
    /// As the platform writes the person; nil where it did not say.
    package let name: String?

    package init(id: String, name: String? = nil) {
        self.id = id
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What others read.
    var author: String { ChatText.plain(name ?? id, atMost: 80) }
}
