extension Phrase {
    /// What it is made of, for who keeps it to say it later, perhaps in another language.
    package indirect enum Part: Hashable, Sendable {
        case text(String)
        /// English with a place for each of the others.
        case sentence(String, [[Part]])
        case capitalized([Part])
        case shortened([Part], to: Int)
    }

    package var parts: [Part] {
        pieces.map { piece in
            switch piece {
            case .verbatim(let text): .text(text)
            case .capitalized(let phrase): .capitalized(phrase.parts)
            case .shortened(let phrase, let limit): .shortened(phrase.parts, to: limit)
            case .sentence(let template, let arguments):
                .sentence(
                    template,
                    arguments.map { argument in
                        switch argument {
                        case .text(let text): [.text(text)]
                        case .phrase(let phrase): phrase.parts
                        }
                    })
            }
        }
    }

    package init(parts: [Part]) {
        pieces = parts.map { part in
            switch part {
            case .text(let text): .verbatim(text)
            case .capitalized(let parts): .capitalized(Phrase(parts: parts))
            case .shortened(let parts, let limit): .shortened(Phrase(parts: parts), limit)
            case .sentence(let template, let places): .sentence(template, places.map { .phrase(Phrase(parts: $0)) })
            }
        }
    }
}
