/// Words for people: sentences with places, and what stands in the places, so that they can be said in any language.
///
/// It is written as a string literal: `"node \(name) was lost"` is the sentence `node {} was lost` with a name in its
/// place. What is interpolated as a string is a name, a number or a quotation, the same in every language; what is
/// interpolated as a phrase is said in the reader's language as well. Phrases that are put together with `+` are
/// translated one by one, so cut them where a translator would.
package struct Phrase: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        /// With a `{}` in each place.
        case sentence(String, [Argument])
        case verbatim(String)
        /// With a capital at its beginning.
        indirect case capitalized(Phrase)
        /// No longer than so many characters, in whatever language it is said.
        indirect case shortened(Phrase, Int)
    }

    enum Argument: Hashable, Sendable {
        case text(String)
        case phrase(Phrase)
    }

    let pieces: [Piece]

    init(pieces: [Piece]) { self.pieces = pieces }

    /// What is the same in every language: a name, a line of a log, a quotation.
    package init(verbatim text: String) { pieces = text.isEmpty ? [] : [.verbatim(text)] }

    /// A sentence that is put together, `{} builds` for instance.
    ///
    /// - Parameters:
    ///   - template: English, with a `{}` for each argument.
    ///   - arguments: as many as places.
    package init(template: String, _ arguments: [Phrase]) {
        pieces = template.isEmpty ? [] : [.sentence(template, arguments.map(Argument.phrase))]
    }

    package static let empty = Phrase(pieces: [])

    package var isEmpty: Bool { pieces.isEmpty }

    /// The same with a capital at its beginning, in whatever language it is said.
    package var capitalized: Phrase { isEmpty ? self : Phrase(pieces: [.capitalized(self)]) }

    package static func + (left: Phrase, right: Phrase) -> Phrase { Phrase(pieces: left.pieces + right.pieces) }

    package static func += (left: inout Phrase, right: Phrase) { left = left + right }

    /// Every sentence in it, those in its places too: what a translator has to know.
    package var templates: Set<String> {
        pieces.reduce(into: []) { found, piece in
            switch piece {
            case .verbatim: break
            case .capitalized(let phrase), .shortened(let phrase, _): found.formUnion(phrase.templates)
            case .sentence(let template, let arguments):
                // A place alone, or a mark between two, says the same in every language.
                if template.contains(where: \.isLetter) { found.insert(template) }
                for case .phrase(let phrase) in arguments { found.formUnion(phrase.templates) }
            }
        }
    }

    /// What stands in its places as it is, in no language: names, numbers, quotations.
    package var texts: [String] {
        pieces.flatMap { piece in
            switch piece {
            case .verbatim(let text): [text]
            case .capitalized(let phrase), .shortened(let phrase, _): phrase.texts
            case .sentence(_, let arguments):
                arguments.flatMap { argument in
                    switch argument {
                    case .text(let text): [text]
                    case .phrase(let phrase): phrase.texts
                    }
                }
            }
        }
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.sentence(value, [])] }

    package init(stringInterpolation: StringInterpolation) {
        let template = stringInterpolation.template
        pieces = template.isEmpty ? [] : [.sentence(template, stringInterpolation.arguments)]
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var template = ""
        fileprivate var arguments: [Argument] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { template += literal }

        package mutating func appendInterpolation(_ text: some StringProtocol) { append(.text(String(text))) }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { append(.text(String(number))) }

        package mutating func appendInterpolation(_ phrase: Phrase) { append(.phrase(phrase)) }

        private mutating func append(_ argument: Argument) {
            template += Places.next
            arguments.append(argument)
        }
    }
}

extension Sequence<Phrase> {
    /// One after the other, with a mark between them that is the same in every language.
    package func joined(separator: String) -> Phrase {
        var pieces: [Phrase.Piece] = []
        for (index, phrase) in enumerated() {
            if index > 0, !separator.isEmpty { pieces.append(.verbatim(separator)) }
            pieces += phrase.pieces
        }
        return Phrase(pieces: pieces)
    }
}

extension DefaultStringInterpolation {
    /// A phrase inside a string would be lost for translators: the string has to be a phrase, or the phrase to be said in
    /// a language first.
    @available(*, deprecated, message: "make the whole text a Phrase, or say this one in a language")
    package mutating func appendInterpolation(_ phrase: Phrase) { appendLiteral(phrase.english) }
}
