/// A regular expression of a query. The dialect is Swift's, which reads what RE2 reads in the plain cases that people
/// and this service write.
struct GoRegex {
    private let regex: Regex<AnyRegexOutput>

    /// - Parameter isAnchored: whether the whole text has to match, as label matchers and TraceQL have it.
    /// - Returns: nil when it is no regular expression.
    init?(_ pattern: String, isAnchored: Bool) {
        guard let regex = try? Regex(isAnchored ? "^(?s:\(pattern))$" : pattern) else { return nil }
        self.regex = regex.matchingSemantics(.unicodeScalar)
    }

    func matches(_ text: String) -> Bool {
        // An error while matching means no match: there is nobody to tell, and the pattern did compile.
        ((try? regex.firstMatch(in: text)) ?? nil) != nil
    }
}
