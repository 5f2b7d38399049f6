import Runbooks
import TestSupport

/// The files of `Runbooks` as the tests look at them.
enum Pages {
    static let folder = "Runbooks"
    static let index = "README.md"

    /// The pages that belong to no cause: what the ones who look need when the looking itself is broken.
    static let troubleshooting: Set = ["no-traces-arrive", "traces-without-logs", "dashboard-without-data"]

    /// A page with its text.
    struct Page {
        let name: String
        let text: String

        var runbook: Runbook { Runbook(name: name, text: text) }

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

        /// The blocks below a heading, up to the next.
        func section(_ title: String) -> ArraySlice<MarkdownBlock> {
            let behind = runbook.blocks.drop { $0 != .heading(level: 2, [.text(title)]) }.dropFirst()
            return behind.prefix { block in
                if case .heading = block { false } else { true }
            }
        }

        /// Blocks of code in these languages.
        func code(_ languages: String...) -> [String] {
            runbook.blocks.compactMap { block in
                if case .code(let language, let text) = block, languages.contains(language) { text } else { nil }
            }
        }

        /// What stands between backticks in its sentences, lists and tables.
        var inlineCode: [String] { inlines.compactMap { if case .code(let text) = $0 { text } else { nil } } }

        /// The targets of its links.
        var links: [String] { inlines.compactMap { if case .link(_, let target) = $0 { target } else { nil } } }

        private var inlines: [MarkdownInline] {
            func flat(_ parts: [MarkdownInline]) -> [MarkdownInline] {
                parts.flatMap { part in
                    switch part {
                    case .strong(let inner), .emphasis(let inner), .link(let inner, _): [part] + flat(inner)
                    case .text, .code: [part]
                    }
                }
            }
            return runbook.blocks.flatMap { block -> [MarkdownInline] in
                switch block {
                case .heading(_, let parts), .paragraph(let parts): flat(parts)
                case .list(_, let items): items.flatMap(flat)
                case .table(let header, let rows): (header + rows.flatMap { $0 }).flatMap(flat)
                case .code: []
                }
            }
        }
    }

    static func all() throws -> [Page] {
        try Repository.names(in: folder).filter { $0.hasSuffix(".md") && $0 != index }.map { file in
            Page(name: String(file.dropLast(3)), text: try Repository.text("\(folder)/\(file)"))
        }
    }

    static func readme() throws -> Page {
        Page(name: "README", text: try Repository.text("\(folder)/\(index)"))
    }
}
