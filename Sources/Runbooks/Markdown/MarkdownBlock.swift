/// A piece of a page that stands on lines of its own.
package enum MarkdownBlock: Hashable, Sendable {
    case heading(level: Int, [MarkdownInline])
    case paragraph([MarkdownInline])
    case list(isOrdered: Bool, items: [[MarkdownInline]])
    case table(header: [[MarkdownInline]], rows: [[[MarkdownInline]]])
    /// `language` is the word behind the fence; empty without one.
    case code(language: String, text: String)
}

/// A piece of a line.
package enum MarkdownInline: Hashable, Sendable {
    case text(String)
    case code(String)
    case strong([MarkdownInline])
    case emphasis([MarkdownInline])
    case link(text: [MarkdownInline], target: String)

    /// What is read of it, without its marks.
    package var plainText: String {
        switch self {
        case .text(let text), .code(let text): text
        case .strong(let parts), .emphasis(let parts), .link(let parts, _): parts.map(\.plainText).joined()
        }
    }
}
