package import Languages

/// Outside text for surfaces beside chat messages: pages and reports in a terminal.
package enum PlainText {
    /// One harmless line, cut at a word where it is longer.
    package static func line(_ text: String, atMost units: Int) -> String { text.plainLine.cut(to: units) }

    /// The URL where it may stand behind a link; nil when it leads elsewhere than to the web.
    package static func webAddress(_ text: String) -> String? { WebAddress.checked(text) }

    /// "2.5 s", "6 min", "2 h 5 min", "3 days"
    package static func duration(_ duration: Duration, in language: Language = .english) -> String {
        Quantities.duration(duration).said(in: language)
    }
}
