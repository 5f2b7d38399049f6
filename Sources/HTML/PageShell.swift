/// What every page has around its content: for a telephone first, light or dark as its reader's screen is.
///
/// It needs nothing from elsewhere: styles and script are inside, and a Content-Security-Policy can name them by their
/// hashes. Search engines are asked to leave it out: incidents are for whoever is on call.
package struct PageShell: Sendable {
    private let title: String
    private let styles: [String]
    private let script: String?
    private let isWide: Bool

    /// - Parameters:
    ///   - title: plain text, of one line.
    ///   - styles: the text of each style element; ``style`` is that of all pages.
    ///   - isWide: more than a column of text, where the page's own style makes room for it.
    package init(title: String, styles: [String] = [Self.style], script: String? = nil, isWide: Bool = false) {
        self.title = title
        self.styles = styles
        self.script = script
        self.isWide = isWide
    }

    package func html(_ content: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>\(title.htmlEscaped)</title>
        \(styles.map { "<style>\($0)</style>" }.joined(separator: "\n"))
        </head>
        <body>
        <main\(isWide ? " class=\"wide\"" : "")>
        \(content)
        </main>
        \(script.map { "<script>\($0)</script>\n" } ?? "")</body>
        </html>

        """
    }
}
