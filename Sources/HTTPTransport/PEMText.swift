/// Certificates or a key as PEM text in memory. It prints as its size: a key is a secret.
package struct PEMText: Hashable, Sendable {
    let bytes: [UInt8]

    package init(_ text: String) {
        bytes = [UInt8](text.utf8)
    }
}

extension PEMText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted> (\(bytes.count) bytes)" }

    package var debugDescription: String { description }

    /// Without children, so that `dump` shows no key either.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
