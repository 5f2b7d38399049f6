/// Where and why bytes are not JSON.
struct JSONFault: Error, Hashable {
    /// In bytes from the beginning.
    let offset: Int
    let reason: String

    /// - Parameter format: what the bytes were read as: `OTLP/JSON`, `Loki`…
    func asBackendError(reading format: String) -> BackendError {
        .malformed(format: format, reason: "at byte \(offset): \(reason)")
    }
}
