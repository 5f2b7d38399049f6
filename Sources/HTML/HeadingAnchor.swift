extension StringProtocol {
    /// The id of a heading, for links to it: `Stop the harm now` is `stop-the-harm-now`.
    package var headingAnchor: String {
        String(lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }
}
