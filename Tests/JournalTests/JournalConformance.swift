import Journal
import Testing

/// What every journal must do, whatever store is behind it.
///
/// A store's tests run all of `cases`, each on an empty store of its own.
struct JournalConformance: Sendable, CustomTestStringConvertible {
    /// Opens the case's store. Called again it opens the same store once more, as a restarted or a second process would.
    typealias Opener = () async throws -> any Journal

    let name: String
    let run: @Sendable (Opener) async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable (Opener) async throws -> Void) {
        self.name = name
        self.run = run
    }

    var testDescription: String { name }

    static let cases =
        inboxCases + repeatCases + orderCases + incidentCases + outboxCases + channelCases + conversationCases
        + digestCases
        + peopleCases + listingCases + stateCases + retentionCases
}

/// The value, or a failed test that says what was expected.
func required<Value>(_ value: Value?, _ what: Comment, at location: SourceLocation = #_sourceLocation) throws -> Value {
    try #require(value, what, sourceLocation: location)
}
