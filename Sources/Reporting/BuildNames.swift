import Languages
import RootCause

/// The builds that are affected, where a sentence lists them all: the message names them once, with their links.
struct BuildNames {
    /// The longest first, so that none is mistaken for one that begins alike.
    private let names: [String]
    private let language: Language

    init(_ affected: [Impact.Affected], in language: Language = .english) {
        self.language = language
        let builds = affected.filter { $0.kind == .build }
        let failed = builds.filter { $0.outcome != Impact.Affected.slow }
        names = (failed.isEmpty ? builds : failed).map(ImpactWording.name)
            .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    /// "Re-run the 3 builds." for "Re-run a #1, b #2 and c #3.", if these are all; else the same sentence.
    func shortened(_ sentence: String) -> String {
        let text = sentence.plainLine
        guard names.count > 1, let list = list(in: text) else { return text }
        let (before, after) = (text[..<list.lowerBound], text[list.upperBound...])
        // Behind a colon or in parentheses the list only explains a number that has been said.
        if before.hasSuffix(": "), after.isEmpty { return String(before.dropLast(2)) }
        if before.hasSuffix(" ("), after.hasPrefix(")") { return before.dropLast(2) + String(after.dropFirst()) }
        let builds: Phrase = "the \(Quantities.count(names.count)) builds"
        return before + builds.said(in: language) + after
    }

    /// Where all of them are listed, in any order.
    private func list(in text: String) -> Range<String.Index>? {
        guard let start = names.compactMap({ text.firstRange(of: $0)?.lowerBound }).min() else { return nil }
        var left = names
        var end = start
        while let index = left.firstIndex(where: { text[end...].hasPrefix($0) }) {
            end = text.index(end, offsetBy: left.remove(at: index).count)
            if left.isEmpty { return Self.isNameOver(text[end...]) ? start..<end : nil }
            let rest = text[end...]
            let more = and + Quantities.more(left.count).said(in: language)
            if rest.hasPrefix(more) { return start..<text.index(end, offsetBy: more.count) }
            guard let separator = [", ", and].first(where: rest.hasPrefix) else { return nil }
            end = text.index(end, offsetBy: separator.count)
        }
        return nil
    }

    /// " and ", as the lists of a sentence have it.
    private var and: String {
        let between: Phrase = "\("") and \("")"
        return between.said(in: language)
    }

    /// Build 77 is not build 7.
    private static func isNameOver(_ rest: Substring) -> Bool { rest.first.map { !$0.isNumber } ?? true }
}
