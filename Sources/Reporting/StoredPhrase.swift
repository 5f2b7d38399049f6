import Languages

/// A phrase as a stored diagnosis has it: a list of texts and of sentences with what stands in their places.
struct StoredPhrase: Decodable {
    let phrase: Phrase

    init(from decoder: any Decoder) throws {
        phrase = Phrase(parts: try [Part](from: decoder).map(\.part))
    }

    private struct Part: Decodable {
        let part: Phrase.Part

        private enum Key: CodingKey {
            case sentence, places, capitalized, shortened, limit
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                part = .text(text)
                return
            }
            let fields = try decoder.container(keyedBy: Key.self)
            if let sentence = try fields.decodeIfPresent(String.self, forKey: .sentence) {
                part = .sentence(sentence, try fields.decode([[Part]].self, forKey: .places).map { $0.map(\.part) })
            } else if let inner = try fields.decodeIfPresent([Part].self, forKey: .capitalized) {
                part = .capitalized(inner.map(\.part))
            } else {
                part = .shortened(
                    try fields.decode([Part].self, forKey: .shortened).map(\.part),
                    to: try fields.decode(Int.self, forKey: .limit))
            }
        }
    }
}
