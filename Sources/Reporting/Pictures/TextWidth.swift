/// How wide text is at most, without asking a font: pictures are drawn by programs that bring their own.
///
/// The widths are those of DejaVu Sans, in parts of the font's size: it is among the widest of the usual sans-serif
/// fonts, and the one that Debian installs. A narrower font leaves some room, and nothing overlaps.
enum TextWidth {
    static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size * (isBold ? boldness : 1)
    }

    /// The text, or as much of its beginning as fits, ended with `…`.
    static func fitted(_ text: String, into width: Double, size: Double, isBold: Bool = false) -> String {
        guard of(text, size: size, isBold: isBold) > width else { return text }
        var room = width - of("…", size: size, isBold: isBold)
        var kept = ""
        for letter in text {
            room -= of(String(letter), size: size, isBold: isBold)
            if room < 0 { break }
            kept.append(letter)
        }
        while kept.last == " " { kept.removeLast() }
        return kept.isEmpty ? "" : kept + "…"
    }

    /// DejaVu Sans Bold is wider by a tenth, by a fifth for narrow letters.
    private static let boldness = 1.16
    /// Of what is not Latin, Greek or Cyrillic: it may be as wide as it is high.
    private static let full = 1.05
    private static let otherLetter = 0.84

    private static func width(of scalar: Unicode.Scalar) -> Double {
        if scalar.value >= 0x20, scalar.value < 0x7F { return ascii[Int(scalar.value) - 0x20] }
        return switch scalar.properties.generalCategory {
        // Accents take no room of their own.
        case .nonspacingMark, .enclosingMark: 0
        default: scalar.value < 0x500 ? otherLetter : full
        }
    }

    /// From the space to the tilde.
    private static let ascii: [Double] = [
        0.32, 0.41, 0.46, 0.84, 0.64, 0.95, 0.78, 0.28, 0.39, 0.39, 0.50, 0.84, 0.32, 0.37, 0.32, 0.34,
        0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.64, 0.34, 0.34, 0.84, 0.84, 0.84, 0.54,
        1.00, 0.69, 0.69, 0.70, 0.77, 0.64, 0.58, 0.78, 0.76, 0.30, 0.30, 0.66, 0.56, 0.87, 0.75, 0.79,
        0.61, 0.79, 0.70, 0.64, 0.62, 0.74, 0.69, 0.99, 0.69, 0.62, 0.69, 0.39, 0.34, 0.39, 0.84, 0.50,
        0.50, 0.62, 0.64, 0.55, 0.64, 0.62, 0.36, 0.64, 0.64, 0.28, 0.28, 0.58, 0.28, 0.98, 0.64, 0.62,
        0.64, 0.64, 0.42, 0.53, 0.40, 0.64, 0.60, 0.82, 0.60, 0.60, 0.53, 0.64, 0.34, 0.64, 0.84,
    ]
}
