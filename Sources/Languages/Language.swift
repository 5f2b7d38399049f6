/// A language that readers may choose.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case english = "en"
    case spanish = "es"

    /// The sentence in this language, with its places; nil where it is missing, which a reader sees in English.
    package func translation(of template: String) -> String? {
        switch self {
        case .english: template
        case .spanish: SpanishCatalogue.sentences[template]
        }
    }
}

extension Phrase {
    package var english: String { said(in: .english) }

    /// - Returns: the phrase in the reader's language; what has no translation is said in English.
    package func said(in language: Language) -> String {
        pieces.map { piece in
            switch piece {
            case .verbatim(let text): return text
            case .capitalized(let phrase):
                let text = phrase.said(in: language)
                return text.prefix(1).uppercased() + text.dropFirst()
            case .shortened(let phrase, let limit): return phrase.said(in: language).shortened(to: limit)
            case .sentence(let template, let arguments):
                let words = arguments.map { argument in
                    switch argument {
                    case .text(let text): text
                    case .phrase(let phrase): phrase.said(in: language)
                    }
                }
                return Places.filled(language.translation(of: template) ?? template, with: words)
            }
        }.joined()
    }
}
