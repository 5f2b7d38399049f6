/// Lines for a terminal of fixed width.
enum TerminalText {
    /// The columns that a text takes: two for East Asian wide letters and emoji, none for combining marks.
    static func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    /// Breaks a plain line at its spaces, and a word only where it is wider than a whole line.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in unbroken(text) {
            for (index, piece) in pieces(of: word, columns).enumerated() {
                let width = width(piece)
                if line.isEmpty {
                    (line, used) = (piece, width)
                } else if index == 0, used + 1 + width <= columns {
                    line += " " + piece
                    used += 1 + width
                } else {
                    lines.append(line)
                    (line, used) = (piece, width)
                }
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private static let units: Set<Substring> = ["%", "µs", "ms", "s", "min", "h", "KiB", "MiB", "GiB"]

    /// The words of a text; a number and its unit are one.
    private static func unbroken(_ text: String) -> [Substring] {
        var words: [Substring] = []
        for word in text.split(separator: " ") {
            let unit = word.prefix { !".,;:)".contains($0) }
            if let last = words.last, last.last?.isNumber == true, units.contains(unit) {
                words[words.count - 1] = Substring("\(last) \(word)")
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Puts as many of these names on a line as fit, none of them broken in two.
    static func wrapped(_ names: [String], after lead: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = lead
        for (index, name) in names.enumerated() {
            let separator = line.isEmpty || line == lead ? "" : " · "
            if !separator.isEmpty, width(line + separator + name) > columns - 2 {
                lines.append(line + " ·")
                line = name
            } else {
                line += separator + name
            }
            if index == names.count - 1 { lines.append(line) }
        }
        return lines.flatMap { wrapped($0, to: columns) }
    }

    private static func pieces(of word: Substring, _ columns: Int) -> [String] {
        guard width(String(word)) > columns else { return [String(word)] }
        var pieces = [""]
        var used = 0
        for character in word {
            let width = width(String(character))
            if used + width > columns, used > 0 {
                pieces.append("")
                used = 0
            }
            pieces[pieces.count - 1].append(character)
            used += width
        }
        return pieces
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// The blocks of Unicode's EastAsianWidth.txt that are wide, in so far as they occur in names and messages.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2705...0x2705, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB,
        0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
}
