extension Phrase {
    /// A number with digits behind a point, which other languages write with another mark.
    ///
    /// - Parameter digits: "1.5", "-0.25"; without a point they are the same in every language.
    package init(decimal digits: String) {
        guard let point = digits.firstIndex(of: ".") else {
            self.init(verbatim: digits)
            return
        }
        self.init(
            template: "{1}.{2}",
            [Phrase(verbatim: String(digits[..<point])), Phrase(verbatim: String(digits[point...].dropFirst()))])
    }
}
