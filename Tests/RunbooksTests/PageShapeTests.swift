import RootCause
import Runbooks
import TestSupport
import Testing

/// The pages are for people at night: each has the same shape, and no link leads nowhere.
@Suite struct PageShapeTests {
    /// Longer nobody reads at night.
    private static let longest = 80

    @Test func `every cause has a page, and every other page is one of troubleshooting`() throws {
        let pages = try Set(Pages.all().map(\.name))
        let causes = Set(Cause.allCases.map(\.rawValue))
        #expect(causes.subtracting(pages) == [], "causes without a page")
        #expect(pages.subtracting(causes) == Pages.troubleshooting)
    }

    @Test func `every page has its title, one sentence and the five sections in their order`() throws {
        for page in try Pages.all() {
            let lines = page.lines
            #expect(lines.first?.hasPrefix("# ") == true, "\(page.name) begins with its title")
            #expect(lines.count > 2 && lines[1].isEmpty && lines[2].hasSuffix("."), "\(page.name): one sentence")
            let headings = page.runbook.blocks.compactMap { block -> String? in
                if case .heading(2, let parts) = block { parts.map(\.plainText).joined() } else { nil }
            }
            #expect(headings == Runbook.sections, "\(page.name)")
            #expect(lines.count <= Self.longest, "\(page.name) has \(lines.count) lines")
            #expect(lines.filter { $0.hasPrefix("```") }.count.isMultiple(of: 2), "\(page.name) closes its blocks")
            #expect(!lines.contains { $0.last?.isWhitespace == true }, "\(page.name): space at a line's end")
        }
    }

    @Test func `every section has what its heading promises`() throws {
        for page in try Pages.all() {
            func has(_ section: String, _ isWanted: (MarkdownBlock) -> Bool) -> Bool {
                page.section(section).contains(where: isWanted)
            }
            #expect(has("How to confirm") { if case .code = $0 { true } else { false } }, "\(page.name): to run")
            #expect(
                has("Stop the harm now") { if case .list(true, let items) = $0 { items.count > 1 } else { false } },
                "\(page.name): steps")
            #expect(has("Prevent it") { if case .list(false, _) = $0 { true } else { false } }, "\(page.name)")
            #expect(has("Related causes") { if case .list(false, _) = $0 { true } else { false } }, "\(page.name)")
        }
    }

    @Test func `every page is in Markdown that the served page shows`() throws {
        for page in try Pages.all() + [Pages.readme()] {
            for line in page.lines {
                #expect(!line.hasPrefix("\t") && !line.hasPrefix("   "), "\(page.name): nested: \(line)")
                #expect(!line.hasPrefix(">") && !line.hasPrefix("<"), "\(page.name): \(line)")
            }
            for case .table(let header, let rows) in page.runbook.blocks {
                #expect(rows.allSatisfy { $0.count == header.count }, "\(page.name): a row with other cells")
            }
            for case .code(let language, let text) in page.runbook.blocks {
                #expect(["sh", "traceql", "logql", "promql"].contains(language), "\(page.name): \(text)")
            }
        }
    }

    @Test func `links lead to pages, never to their own, and the related ones begin with one`() throws {
        let names = try Set(Pages.all().map(\.name))
        for page in try Pages.all() + [Pages.readme()] {
            for link in page.links {
                #expect(link.hasSuffix(".md") && names.contains(String(link.dropLast(3))), "\(page.name): \(link)")
                #expect(link != "\(page.name).md", "\(page.name) links to itself")
            }
            for case .list(_, let items) in page.section("Related causes") {
                for item in items {
                    guard case .link? = item.first else {
                        Issue.record("\(page.name): \(item.map(\.plainText).joined())")
                        continue
                    }
                }
            }
        }
    }

    @Test func `the index lists every page once, the causes in the order of the catalogue`() throws {
        let listed = try Pages.readme().runbook.blocks.flatMap { block -> [String] in
            guard case .table(_, let rows) = block else { return [] }
            return rows.compactMap { row in
                if case .link(let text, _)? = row.first?.first { text.map(\.plainText).joined() } else { nil }
            }
        }
        #expect(listed.prefix(Cause.allCases.count) == Cause.allCases.map(\.rawValue)[...])
        #expect(Set(listed.dropFirst(Cause.allCases.count)) == Pages.troubleshooting)
        #expect(listed.count == Cause.allCases.count + Pages.troubleshooting.count)
    }

    @Test func `the index names every placeholder`() throws {
        let named = try Set(Pages.readme().inlineCode)
        for placeholder in Placeholder.allCases { #expect(named.contains(placeholder.rawValue)) }
    }

    @Test func `the program has the pages of the folder, byte for byte`() throws {
        let library = RunbookLibrary.shipped
        #expect(library.names == (try Pages.all().map(\.name).sorted()))
        for page in try Pages.all() { #expect(library.page(page.name) == page.runbook, "\(page.name)") }
        #expect(library.index == (try Pages.readme().runbook))
        #expect(library.page("unknown.md") == library.page("unknown"))
        #expect(library.page("README") == nil && library.page("") == nil && library.page(".md") == nil)
    }
}
