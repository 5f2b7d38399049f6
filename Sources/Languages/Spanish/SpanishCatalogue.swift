/// Everything that the service says to people, in Spanish: `{}` and `{2}` are the places of the English sentence.
///
/// The parts are in files of their own, by who says them. A test asks for every sentence that scenarios bring up, and
/// that each translation has the places of its sentence.
enum SpanishCatalogue {
    static let parts: [[String: String]] = [
        words, agents, builds, buildLogs, controller, gaps, nodes, services, signals, signatures, timeline, unknown,
    ]

    /// A sentence stands in one part only, which a test makes sure of.
    static let sentences: [String: String] = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
