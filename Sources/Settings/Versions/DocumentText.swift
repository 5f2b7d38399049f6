import Yams

/// The text of a document, changed at the places that its nodes tell; everything else, comments too, stays as it is.
struct DocumentText {
    private(set) var scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Puts the value of a key into a section beside it.
    mutating func nest(_ mapping: Node.Mapping, _ index: Int, section: String, name: String) {
        let (key, value) = (mapping[index].key, mapping[index].value)
        guard let mark = key.mark, let start = offset(mark), let end = keyEnd(key, start) else { return }
        guard isInBraces(mapping) else {
            let indentation = String(repeating: " ", count: mark.column - 1 + Self.step)
            return replace(start..<end, with: "\(section):\n\(indentation)\(name)")
        }
        guard let valueStart = value.mark.flatMap(offset), let valueEnd = flowEnd(from: valueStart) else { return }
        replace(valueEnd..<valueEnd, with: "}")
        replace(start..<end, with: "\(section): {\(name)")
    }

    private static let step = 2

    /// Sets `version` at the top, below comments that a blank line ends.
    mutating func setVersion(_ version: Int, _ root: Node?) {
        if let mapping = root?.mapping, let index = mapping.firstIndex(where: { $0.key.string == "version" }) {
            guard let start = mapping[index].value.mark.flatMap(offset) else { return }
            let end = scalars[start...].firstIndex { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }
            return replace(start..<(end ?? scalars.count), with: "\(version)")
        }
        if let mapping = root?.mapping, isInBraces(mapping), let start = mapping.mark.flatMap(offset) {
            return replace((start + 1)..<(start + 1), with: "version: \(version), ")
        }
        var place = 0
        var line = 0
        while line < scalars.count {
            let content = String(String.UnicodeScalarView(scalars[line..<lineEnd(line)])).filter { !$0.isWhitespace }
            guard content.isEmpty || content.hasPrefix("#") || content == "---" else { break }
            line = lineEnd(line)
            if content.isEmpty || content == "---" { place = line }
        }
        replace(place..<place, with: "version: \(version)\n")
    }

    // MARK: Places

    private mutating func replace(_ range: Range<Int>, with text: String) {
        scalars.replaceSubrange(range, with: Array(text.unicodeScalars))
    }

    /// nil for a place that the text does not have.
    private func offset(_ mark: Mark) -> Int? {
        var (line, index) = (1, 0)
        while line < mark.line, index < scalars.count {
            if scalars[index] == "\n" { line += 1 }
            index += 1
        }
        let offset = index + mark.column - 1
        return offset < scalars.count ? offset : nil
    }

    /// Told by the text: the parser does not keep the style of a mapping.
    private func isInBraces(_ mapping: Node.Mapping) -> Bool {
        mapping.mark.flatMap(offset).map { scalars[$0] == "{" } ?? false
    }

    /// Behind the line's end.
    private func lineEnd(_ offset: Int) -> Int {
        scalars[offset...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count
    }

    private func keyEnd(_ key: Node, _ start: Int) -> Int? {
        if scalars[start] == "\"" || scalars[start] == "'" { return quotedEnd(start) }
        let end = start + (key.string?.unicodeScalars.count ?? 0)
        return end <= scalars.count ? end : nil
    }

    private func quotedEnd(_ start: Int) -> Int? {
        var index = start + 1
        while index < scalars.count {
            if scalars[index] == "\\", scalars[start] == "\"" {
                index += 1
            } else if scalars[index] == scalars[start] {
                return index + 1
            }
            index += 1
        }
        return nil
    }

    /// Where a scalar in braces ends.
    private func flowEnd(from start: Int) -> Int? {
        if scalars[start] == "\"" || scalars[start] == "'" { return quotedEnd(start) }
        var end = scalars[start...].firstIndex { ",}]\n".unicodeScalars.contains($0) } ?? scalars.count
        while end > start, scalars[end - 1].properties.isWhitespace { end -= 1 }
        return end
    }
}
