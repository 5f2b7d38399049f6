/// Everything that the service says to people, in Spanish: `{}` and `{2}` are the places of the English sentence.
///
/// The parts are in files of their own, by who says them. A test asks for every sentence that scenarios bring up, and
/// that each translation has the places of its sentence.
enum SpanishCatalogue {
    static let sentences: [String: String] = [:]
}
