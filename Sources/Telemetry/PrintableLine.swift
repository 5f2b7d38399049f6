/// Text from outside where it is told to a person: in an error, in a log.
extension Unicode.Scalar {
    /// Whether a screen shows it, and only it: no control character, no line break, nothing invisible, and nothing that
    /// changes the direction of writing.
    package var isPrintable: Bool {
        if isASCII { return (0x20...0x7E).contains(value) }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
        default: !properties.isDefaultIgnorableCodePoint
        }
    }
}

extension String {
    /// The text as one short line: what is not printable is a space, and the end is cut off.
    ///
    /// - Parameter limit: in Unicode scalars and not in letters, one of which may carry a thousand accents.
    package func printableLine(atMost limit: Int) -> String {
        var line = UnicodeScalarView()
        for (position, scalar) in unicodeScalars.prefix(limit + 1).enumerated() {
            // One more than fits: the last one that does makes room for the mark.
            guard position < limit else {
                line.removeLast()
                line.append("…")
                break
            }
            line.append(scalar.isPrintable ? scalar : " ")
        }
        return String(line)
    }
}
