/// A password, token or webhook URL: it prints as `<redacted>`, whatever it is printed with.
///
/// A log line, an error, `dump` of the settings that hold it: none of them shows the value. Whoever needs it asks for
/// `revealed`, which is easy to find in a review.
package struct Secret: Hashable, Sendable {
    /// The value itself; for a request's header or URL, never for a message.
    package let revealed: String

    package init(_ value: String) {
        revealed = value
    }

    /// Stands for one that was not asked for.
    static let leftOut = Secret("")
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }

    package var debugDescription: String { "<redacted>" }

    /// Has no children: `dump` and test failures reflect on a value to print it.
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
