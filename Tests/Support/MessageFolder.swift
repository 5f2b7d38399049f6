/// Where tests leave the chat messages that were sent in them, for `.ci/second-opinion` to judge.
package enum MessageFolder {
    /// - Parameter name: of the test, or of what it played.
    package static func named(_ name: String) -> String { Repository.path(".build/messages/\(name)") }
}
