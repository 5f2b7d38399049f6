/// A chat message as the person in the channel sees it, in a terminal.
package struct TerminalPreview: Sendable {
    private let columns: Int
    private let usesColours: Bool

    /// - Parameter columns: of the terminal; longer lines are wrapped between words.
    package init(columns: Int = TerminalRenderer.columns, usesColours: Bool) {
        self.columns = columns
        self.usesColours = usesColours
    }

    /// In a frame that says which platform shows it.
    package func text(_ message: ShownMessage) -> String {
        let name = message.platform == .slack ? "Slack" : "Teams"
        let rule = { (count: Int) in String(repeating: "─", count: max(0, count)) }
        let lines = lines(of: message.blocks, columns - 2).map { $0.isEmpty ? "│" : "│ \($0)" }
        return (["┌── \(name) \(rule(columns - 5 - name.count))"] + lines + ["└\(rule(columns - 1))"])
            .joined(separator: "\n") + "\n"
    }

    /// Without a frame.
    package func lines(of message: ShownMessage) -> [String] { lines(of: message.blocks, columns) }

    private func lines(of blocks: [ShownMessage.Block], _ columns: Int) -> [String] {
        var lines: [String] = []
        for block in blocks {
            if !lines.isEmpty, !isClose(block) { lines.append("") }
            lines += self.lines(of: block, columns)
        }
        return lines
    }

    private func isClose(_ block: ShownMessage.Block) -> Bool {
        if case .text(_, _, isClose: true) = block { true } else { false }
    }

    private func lines(of block: ShownMessage.Block, _ columns: Int) -> [String] {
        switch block {
        case .text(let lines, let look, _): return lines.flatMap { wrapped($0, look, columns) }
        case .divider: return [String(repeating: "─", count: columns)]
        case .picture(let text): return wrapped([.init(text: "(picture: \(text))")], .quiet, columns)
        case .buttons(let buttons):
            return wrapped([.init(text: buttons.map { "[\($0.title)]" }.joined(separator: " "))], .body, columns)
        case .facts(let facts):
            let width = min(facts.map { TerminalText.width($0.title.map(\.text).joined()) }.max() ?? 0, columns / 3)
            return facts.flatMap { fact in
                let title = fact.title.map(\.text).joined()
                let gap = String(repeating: " ", count: max(0, width - TerminalText.width(title)) + 2)
                let values = wrapped(fact.value, .body, columns - width - 2)
                let titles = wrapped(fact.title.map { $0.with(.bold) }, .body, columns)
                guard TerminalText.width(title) <= width, let first = values.first else { return titles + values }
                return [(titles.first ?? "") + gap + first]
                    + values.dropFirst().map { String(repeating: " ", count: width + 2) + $0 }
            }
        case .folded(let title, let blocks):
            return wrapped([.init(text: "[\(title)] unfolds:")], .quiet, columns)
                + lines(of: blocks, columns - 2).map { $0.isEmpty ? "┆" : "┆ \($0)" }
        }
    }

    // MARK: - Wrapping

    /// One character in its dress, and its width in columns.
    private struct Cell {
        let character: Character
        let styles: Set<ShownMessage.Style>
        let width: Int
    }

    /// Breaks between words, and inside a word only where it is wider than a whole line.
    private func wrapped(_ line: ShownMessage.Line, _ look: ShownMessage.Look, _ columns: Int) -> [String] {
        let cells = line.flatMap { span in
            span.text.map { character in
                let shown = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
                return Cell(
                    character: shown ? "\u{FFFD}" : character, styles: span.styles,
                    width: shown ? 1 : TerminalText.width(String(character)))
            }
        }
        var rows: [ArraySlice<Cell>] = []
        var rest = cells[...]
        while !rest.isEmpty {
            var used = 0
            var end = rest.startIndex
            while end < rest.endIndex, used + rest[end].width <= max(columns, 2) {
                used += rest[end].width
                end += 1
            }
            if end < rest.endIndex, let space = rest[...end].lastIndex(where: { $0.character == " " }),
                space > rest.startIndex
            {
                rows.append(rest[..<space])
                rest = rest[space...].drop { $0.character == " " }
            } else {
                rows.append(rest[..<end])
                rest = rest[end...]
            }
        }
        return rows.isEmpty ? [""] : rows.map { dressed($0, look) }
    }

    /// With the renditions of ECMA-48 where the dress changes.
    private func dressed(_ cells: ArraySlice<Cell>, _ look: ShownMessage.Look) -> String {
        guard usesColours else { return String(cells.map(\.character)) }
        var text = ""
        var current = ""
        for cell in cells {
            let wanted = Self.codes(cell.styles, look)
            if wanted != current {
                text += (current.isEmpty ? "" : "\u{1B}[0m") + (wanted.isEmpty ? "" : "\u{1B}[\(wanted)m")
            }
            current = wanted
            text.append(cell.character)
        }
        return text + (current.isEmpty ? "" : "\u{1B}[0m")
    }

    private static func codes(_ styles: Set<ShownMessage.Style>, _ look: ShownMessage.Look) -> String {
        let base: [Int] =
            switch look {
            case .headline: [1]
            case .quiet: [2]
            case .warning: [33]
            case .body, .monospaced: []
            }
        let own = styles.sorted { $0.rawValue < $1.rawValue }.map { style in
            switch style {
            case .bold: 1
            case .italic: 3
            case .struck: 9
            case .code: 36
            case .mention: 34
            }
        }
        return (base + own).map { String($0) }.joined(separator: ";")
    }
}

extension ShownMessage.Span {
    fileprivate func with(_ style: ShownMessage.Style) -> Self {
        var span = self
        span.styles.insert(style)
        return span
    }
}
