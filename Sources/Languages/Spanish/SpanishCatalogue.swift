/// Everything that the service says to people, in Spanish: `{}` and `{2}` are the places of the English sentence.
///
/// The parts are in files of their own, by what they are about. Tests ask for every sentence that examples and scenarios
/// bring up, and that each translation has the places of its sentence.
enum SpanishCatalogue {
    static let parts = found + told

    /// What the engine finds.
    private static let found: [[String: String]] = [
        words, agents, builds, buildLogs, controller, gaps, nodes, services, signals, signatures, timeline, unknown,
    ]

    /// What messages and answers say around it.
    private static let told: [[String: String]] = [
        quantities, causes, events, impact, figures, messages, links, labels, people, pictures, answers,
    ]

    /// A sentence stands in one part only, which a test makes sure of.
    static let sentences: [String: String] = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
