/// Reads the part of Markdown that the pages use: headings, paragraphs, flat lists, tables and code fences.
///
/// Not the whole of it on purpose: the pages are ours, and a test holds that nothing else is in them.
struct MarkdownBlocks {
    private var lines: ArraySlice<Substring>
    private var blocks: [MarkdownBlock] = []

    static func read(_ text: String) -> [MarkdownBlock] {
        var reader = MarkdownBlocks(lines: text.split(separator: "\n", omittingEmptySubsequences: false)[...])
        while let block = reader.next() { reader.blocks.append(block) }
        return reader.blocks
    }

    private init(lines: ArraySlice<Substring>) {
        self.lines = lines
    }

    private mutating func next() -> MarkdownBlock? {
        while let line = lines.first, line.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        guard let line = lines.first else { return nil }
        if line.hasPrefix(Self.fence) { return code() }
        if let level = Self.headingLevel(of: line) {
            lines.removeFirst()
            return .heading(level: level, MarkdownInlines.read(line.dropFirst(level + 1)))
        }
        if line.hasPrefix("|"), let second = lines.dropFirst().first, Self.isTableRule(second) { return table() }
        if let marker = Self.listMarker(of: line) { return list(isOrdered: marker.isOrdered) }
        return paragraph()
    }

    private static let fence = "```"

    private mutating func code() -> MarkdownBlock {
        let language = lines.removeFirst().dropFirst(Self.fence.count)
        let text = lines.prefix { !$0.hasPrefix(Self.fence) }
        lines = lines.dropFirst(text.count + 1)
        return .code(language: String(language), text: text.joined(separator: "\n"))
    }

    private mutating func table() -> MarkdownBlock {
        let rows = lines.prefix { $0.hasPrefix("|") }.map { row in
            Self.cells(of: row).map { MarkdownInlines.read($0) }
        }
        lines = lines.dropFirst(rows.count)
        return .table(header: rows[0], rows: Array(rows.dropFirst(2)))
    }

    /// A line that begins no item and is indented goes on with the one before.
    private mutating func list(isOrdered: Bool) -> MarkdownBlock {
        var items: [String] = []
        while let line = lines.first {
            if let marker = Self.listMarker(of: line), marker.isOrdered == isOrdered {
                items.append(String(line.dropFirst(marker.length)))
            } else if line.hasPrefix("  "), let last = items.popLast() {
                items.append("\(last) \(line.drop(while: \.isWhitespace))")
            } else {
                break
            }
            lines.removeFirst()
        }
        return .list(isOrdered: isOrdered, items: items.map { MarkdownInlines.read($0[...]) })
    }

    private mutating func paragraph() -> MarkdownBlock {
        var text: [Substring] = []
        while let line = lines.first, !line.allSatisfy(\.isWhitespace), text.isEmpty || !Self.beginsBlock(line) {
            text.append(line)
            lines.removeFirst()
        }
        return .paragraph(MarkdownInlines.read(text.joined(separator: " ")[...]))
    }

    private static func beginsBlock(_ line: Substring) -> Bool {
        line.hasPrefix(fence) || headingLevel(of: line) != nil || listMarker(of: line) != nil
    }

    /// 1 to 6.
    private static func headingLevel(of line: Substring) -> Int? {
        let level = line.prefix { $0 == "#" }.count
        return (1...6).contains(level) && line.dropFirst(level).first == " " ? level : nil
    }

    private static func listMarker(of line: Substring) -> (isOrdered: Bool, length: Int)? {
        if line.hasPrefix("- ") { return (false, 2) }
        let digits = line.prefix { $0.isASCII && $0.isNumber }.count
        return digits > 0 && line.dropFirst(digits).hasPrefix(". ") ? (true, digits + 2) : nil
    }

    private static func isTableRule(_ line: Substring) -> Bool {
        line.hasPrefix("|") && line.contains("-") && line.allSatisfy { "|-: ".contains($0) }
    }

    /// The cells of a row; `\|` is a bar inside of one.
    private static func cells(of row: Substring) -> [Substring] {
        var cells: [Substring] = [""]
        var isEscaped = false
        for character in row.dropFirst() {
            if character == "|", !isEscaped {
                cells.append("")
            } else {
                if character == "|" { cells[cells.count - 1].removeLast() }
                cells[cells.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        if let last = cells.last, last.allSatisfy(\.isWhitespace) { cells.removeLast() }
        return cells.map { cell in
            let front = cell.drop(while: \.isWhitespace)
            return front.prefix(front.count - front.reversed().prefix(while: \.isWhitespace).count)
        }
    }
}
