/// A page for people at night: what a cause means, how to confirm it, and what to do.
package struct Runbook: Hashable, Sendable {
    /// The sections of every page, in this order.
    package static let sections = [
        "What it means", "How to confirm", "Stop the harm now", "Prevent it", "Related causes",
    ]

    /// A cause's slug, or that of a case of troubleshooting: the file's name without `.md`.
    package let name: String
    package let blocks: [MarkdownBlock]

    package init(name: String, text: String) {
        self.name = name
        blocks = MarkdownBlocks.read(text)
    }

    /// Its first heading.
    package var title: String {
        for case .heading(1, let parts) in blocks { return parts.map(\.plainText).joined() }
        return name
    }
}
