extension String {
    /// With a space that does not break between a number and its `%`: at the end of a telephone's line one without the
    /// other is read as something else.
    var withUnbrokenPercents: String {
        guard contains(" %") else { return self }
        var text = String.UnicodeScalarView()
        var scalars = unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            let isBetween = scalar == " " && scalars.first == "%" && text.last.map(Self.digits.contains) == true
            text.append(isBetween ? "\u{A0}" : scalar)
        }
        return String(text)
    }

    private static let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
}
