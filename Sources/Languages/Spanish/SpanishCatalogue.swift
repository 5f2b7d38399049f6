/// Everything that the service says to people, in Spanish: `{}` and `{2}` are the places of the English sentence.
///
/// The parts are in files of their own, by what they are about. Tests ask for every sentence that examples and scenarios
/// bring up, and that each translation has the places of its sentence.
enum SpanishCatalogue {
    static let sentences = parts.reduce(into: [String: String]()) { all, part in
        // A test sees to it that none stands in two parts.
        all.merge(part) { first, _ in first }
    }

    static let parts: [[String: String]] = [
        quantities, causes, events, impact, figures, messages, links, labels, people, pictures,
    ]
}
