import TestSupport
import Testing

/// The pages are for people at night: each has the same shape, and no link leads nowhere.
@Suite struct RunbookFilesTests {
    private static let folder = "Runbooks"
    private static let index = "README.md"

    private static let headings = [
        "What it means", "How to confirm", "Stop the harm now", "Prevent it", "Related causes",
    ]

    /// Longer than two screens nobody reads at night.
    private static let longest = 80

    private static func pages() throws -> [String] {
        try Repository.names(in: folder).filter { $0.hasSuffix(".md") && $0 != index }
    }

    private static func lines(_ page: String) throws -> [Substring] {
        try Repository.text("\(folder)/\(page)").split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The catalogue: the name in the code, and the slug.
    private static func catalogue() throws -> [Substring: String] {
        let cases = try Repository.text("Sources/RootCause/Cause.swift")
            .matches(of: #/case (?<name>[A-Za-z]+)( = "(?<slug>[a-z-]+)")?\n/#)
        return Dictionary(uniqueKeysWithValues: cases.map { ($0.name, String($0.slug ?? $0.name)) })
    }

    /// The causes that the engine's rules name; whoever adds a rule writes its page.
    private static func named() throws -> Set<Substring> {
        let rules = "Sources/RootCause/Rules"
        let names = try Repository.names(in: rules).filter { $0.hasSuffix(".swift") }.flatMap { file in
            try Repository.text("\(rules)/\(file)").matches(of: #/(Cause|cause: )\.(?<name>[A-Za-z]+)/#).map(\.name)
        }
        return Set(names)
    }

    @Test func `every cause that the engine names has a page, and every page a cause`() throws {
        let catalogue = try Self.catalogue()
        let pages = try Set(Self.pages().map { String($0.dropLast(3)) })
        let named = try Self.named().compactMap { catalogue[$0] }
        #expect(named.count >= 12)
        #expect(Set(named).subtracting(pages) == [])
        #expect(pages.subtracting(catalogue.values) == [])
    }

    @Test func `every page has the same shape`() throws {
        for page in try Self.pages() {
            let lines = try Self.lines(page)
            #expect(lines.first?.hasPrefix("# ") == true, "\(page) begins with its title")
            #expect(lines.count > 2 && lines[1].isEmpty && lines[2].hasSuffix("."), "\(page) says it in one sentence")
            #expect(lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) } == Self.headings, "\(page)")
            #expect(lines.count <= Self.longest, "\(page) has \(lines.count) lines")
            #expect(lines.filter { $0.hasPrefix("```") }.count.isMultiple(of: 2), "\(page) closes its blocks")
            #expect(!lines.contains { $0.last?.isWhitespace == true }, "\(page) has spaces at a line's end")
        }
    }

    @Test func `every page tells how to confirm with something to run, and what to do in steps`() throws {
        for page in try Self.pages() {
            let sections = try Repository.text("\(Self.folder)/\(page)").split(separator: "\n## ")
            let confirm = try #require(sections.first { $0.hasPrefix("How to confirm") })
            #expect(confirm.contains("```"), "\(page)")
            let stop = try #require(sections.first { $0.hasPrefix("Stop the harm now") })
            #expect(stop.contains("\n1. ") && stop.contains("\n2. "), "\(page)")
            let prevent = try #require(sections.first { $0.hasPrefix("Prevent it") })
            #expect(prevent.contains("\n- "), "\(page)")
            let related = try #require(sections.first { $0.hasPrefix("Related causes") })
            #expect(related.contains("]("), "\(page)")
        }
    }

    @Test func `links between the pages resolve, and the index has each of them`() throws {
        let names = try Set(Repository.names(in: Self.folder))
        for page in names where page.hasSuffix(".md") {
            let links = try Repository.text("\(Self.folder)/\(page)").matches(of: #/\[[^\]]+\]\((?<target>[^)]+)\)/#)
            for link in links {
                #expect(names.contains(String(link.target)), "\(page) links to \(link.target)")
                #expect(link.target != page, "\(page) links to itself")
            }
        }
        let index = try Repository.text("\(Self.folder)/\(Self.index)")
        for page in try Self.pages() { #expect(index.contains("](\(page))"), "\(page) is not in the index") }
    }
}
