import ShippedTexts

/// The pages that are built into the program.
package struct RunbookLibrary: Sendable {
    /// The list of all pages.
    package let index: Runbook
    private let pages: [String: Runbook]

    /// - Parameter files: Markdown by the file's name; `README.md` is the index, any other a page.
    package init(files: [String: [UInt8]]) {
        var pages: [String: Runbook] = [:]
        for (file, bytes) in files where file.hasSuffix(Self.fileType) {
            let name = String(file.dropLast(Self.fileType.count))
            pages[name] = Runbook(name: name, text: String(decoding: bytes, as: UTF8.self))
        }
        index = pages.removeValue(forKey: Self.indexName) ?? Runbook(name: Self.indexName, text: "")
        self.pages = pages
    }

    package static var shipped: RunbookLibrary {
        RunbookLibrary(files: Dictionary(uniqueKeysWithValues: ShippedTexts.runbooks.map { ($0.name, $0.bytes) }))
    }

    /// A page by its cause; `.md` behind it is allowed, as in the address of a file.
    package func page(_ name: some StringProtocol) -> Runbook? {
        pages[String(name.hasSuffix(Self.fileType) ? name.dropLast(Self.fileType.count) : name[...])]
    }

    /// In alphabetical order.
    package var names: [String] { pages.keys.sorted() }

    static let fileType = ".md"
    private static let indexName = "README"
}
