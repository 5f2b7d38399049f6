/// A language that readers may choose.
package struct Language: Sendable {
    /// ISO 639-1, as it stands in settings.
    package let code: String
    private let translate: @Sendable (String) -> String?

    /// - Parameter translate: of a sentence with its places; nil where it is missing, which a reader sees in English.
    package init(code: String, translate: @escaping @Sendable (String) -> String?) {
        self.code = code
        self.translate = translate
    }

    package static let english = Language(code: "en") { $0 }
    package static let spanish = Language(code: "es") { SpanishCatalogue.sentences[$0] }

    /// The sentence in this language, with its places; nil where it is missing, which a reader sees in English.
    package func translation(of template: String) -> String? { translate(template) }
}

extension Language: Hashable {
    package static func == (one: Language, other: Language) -> Bool { one.code == other.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

extension Language: RawRepresentable, CaseIterable {
    package static let allCases = [english, spanish]

    /// nil for a language that nobody has translated into.
    package init?(rawValue code: String) {
        guard let language = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = language
    }

    package var rawValue: String { code }
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
