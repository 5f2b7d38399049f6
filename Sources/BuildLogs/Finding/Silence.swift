/// Why an excerpt has no line.
package enum Silence: Sendable, Equatable {
    /// There is no text in the log.
    case noText
    /// The log ends with this line, which says that all went well, and nothing before it failed the build.
    case wentWell(number: Int, text: String)
    /// The log of the good build says all that this one says.
    case nothingNew
    /// Lines there are, but none speaks of a failure.
    case nothingFound
}
