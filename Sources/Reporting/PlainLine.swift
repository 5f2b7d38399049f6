extension String {
    /// The text as one harmless line: nothing in it that a screen would obey, hide or reorder.
    ///
    /// Log lines, labels and span names come from outside. Terminal escape sequences, invisible characters and those
    /// that change the direction of writing are taken out, line breaks, tabs and odd spaces become spaces, other control characters
    /// show as `�`, piled-up accents are cut, runs of spaces become one.
    var plainLine: String {
        if isPlainASCII { return self }
        var scalars = Array(unicodeScalars)[...]
        var line = String.UnicodeScalarView()
        var accents = 0
        while let scalar = scalars.popFirst() {
            if let introducer = EscapeSequence(introducedBy: scalar) {
                introducer.skip(in: &scalars)
                continue
            }
            let properties = scalar.properties
            switch properties.generalCategory {
            case .control where !properties.isWhitespace:
                line.append("\u{FFFD}")
            case .spaceSeparator where scalar == Self.noBreakSpace && Self.digits.contains(line.last ?? " "):
                line.append(scalar)
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                if line.last != " ", !line.isEmpty { line.append(" ") }
            case .nonspacingMark, .enclosingMark:
                accents += 1
                if accents <= Self.accentsPerLetter, !properties.isDefaultIgnorableCodePoint { line.append(scalar) }
                continue
            default:
                if !properties.isDefaultIgnorableCodePoint, !Self.annotationMarks.contains(scalar) {
                    line.append(scalar)
                }
            }
            accents = 0
        }
        if line.last == " " { line.removeLast() }
        return String(line)
    }

    /// The same, cut to so many UTF-16 units; of a text of any length only a beginning is looked at.
    func shownLine(to limit: Int) -> String {
        let scalars = unicodeScalars
        let beginning = scalars.prefix(Self.scalarsForEach * limit)
        guard beginning.endIndex < scalars.endIndex else { return plainLine.cut(to: limit) }
        return (String(beginning).plainLine + "…").cut(to: limit)
    }

    /// Looked at for each unit that is shown: so much may be hidden among it, in escape sequences for instance.
    private static let scalarsForEach = 16

    /// Most text is plain already and need not be taken apart.
    private var isPlainASCII: Bool {
        var previous = UInt8(ascii: " ")
        for byte in utf8 {
            guard (0x20...0x7E).contains(byte), byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return previous != 0x20 || isEmpty
    }

    /// Behind a digit it stays: it holds a number's parts together, or a number and its unit.
    private static let noBreakSpace: Unicode.Scalar = "\u{A0}"
    private static let digits: ClosedRange<Unicode.Scalar> = "0"..."9"

    /// No writing system needs more on one letter.
    private static let accentsPerLetter = 3

    /// Interlinear annotation: invisible, but not listed as ignorable.
    private static let annotationMarks: ClosedRange<Unicode.Scalar> = "\u{FFF9}"..."\u{FFFB}"
}

/// A terminal's escape sequence (ECMA-48), recognised by its first character.
private enum EscapeSequence {
    case escape, control, string

    init?(introducedBy scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{1B}": self = .escape
        case "\u{9B}": self = .control
        case "\u{90}", "\u{98}", "\u{9D}", "\u{9E}", "\u{9F}": self = .string
        default: return nil
        }
    }

    func skip(in rest: inout ArraySlice<Unicode.Scalar>) {
        switch self {
        case .control: skipControl(in: &rest)
        case .string: skipString(in: &rest)
        case .escape:
            switch rest.first {
            case "["?:
                rest.removeFirst()
                skipControl(in: &rest)
            case "]"?, "P"?, "X"?, "^"?, "_"?:
                rest.removeFirst()
                skipString(in: &rest)
            case let next? where ("\u{20}"..."\u{7E}").contains(next): rest.removeFirst()
            default: break
            }
        }
    }

    /// Parameters, then one final character.
    private func skipControl(in rest: inout ArraySlice<Unicode.Scalar>) {
        let afterParameters = rest.drop { ("\u{20}"..."\u{3F}").contains($0) }
        guard let final = afterParameters.first, ("\u{40}"..."\u{7E}").contains(final) else { return }
        rest = afterParameters.dropFirst()
    }

    /// Up to its terminator. Without one nothing more is skipped: a lone introducer must not hide the rest of the line.
    private func skipString(in rest: inout ArraySlice<Unicode.Scalar>) {
        guard let end = rest.firstIndex(where: { $0 == "\u{07}" || $0 == "\u{1B}" || $0 == "\u{9C}" }) else { return }
        let isTwoCharacters = rest[end] == "\u{1B}" && rest.dropFirst(end - rest.startIndex + 1).first == "\\"
        rest = rest[(end + (isTwoCharacters ? 2 : 1))...]
    }
}
