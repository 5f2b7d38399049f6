package import Telemetry

/// What a person says of the first cause of an incident's diagnosis: it was that, or it was not.
///
/// One vote a person and incident: the newest counts. Votes outlive their incidents, because they are a record of how
/// often a cause is named rightly.
package struct Vote: Hashable, Sendable {
    package let incident: IncidentID
    package let author: String
    package let at: Timestamp
    /// The cause that was named: `spot-eviction`.
    package let cause: String
    /// The id of the signature that found it; nil when a rule did.
    package let signature: String?
    /// How sure the diagnosis was, from 0 to 1.
    package let confidence: Double
    package let isRight: Bool
    /// What it really was, where the person said so: another cause of the catalogue, or words.
    package let actualCause: String?

    package init(
        incident: IncidentID, author: String, at: Timestamp, cause: String, signature: String? = nil,
        confidence: Double, isRight: Bool, actualCause: String? = nil
    ) {
        self.incident = incident
        self.author = author
        self.at = at
        self.cause = cause
        self.signature = signature
        self.confidence = confidence
        self.isRight = isRight
        self.actualCause = actualCause
    }
}
