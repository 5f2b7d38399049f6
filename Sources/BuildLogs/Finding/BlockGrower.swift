/// Extends a hit to the block that a person would mark.
struct BlockGrower {
    let log: BuildLog
    let book: RuleBook
    let known: KnownLines?

    /// Lines of a block that are looked at: more than any excerpt shows.
    static let maximumLines = 80
    private static let longestParagraph = 25
    private static let longestDiagnostic = 12
    private static let longestPreamble = 4
    /// Empty lines that no block goes over.
    private static let longestGap = 20

    /// Hits before a hit that are asked whether it belongs to them.
    private static let maximumParents = 6
    private static let reachOfParent = 40

    /// The block of `hit`, or of the message, test or trace before it that it is a part of.
    func block(around hit: Survey.Hit, in hits: [Survey.Hit], at place: Int) -> Block {
        var block = block(of: hit)
        var parents = 0
        for parent in hits[..<place].reversed() {
            parents += 1
            guard parents <= Self.maximumParents, hit.line - parent.line <= Self.reachOfParent else { break }
            let rule = book.rules[parent.rule]
            guard rule.extent != .line, rule.extent != .prefixed, rule.role == .failure || rule.role == .header else {
                continue
            }
            let wider = self.block(of: parent)
            if wider.lines.contains(where: { $0.number == hit.line }), wider.lines.count > block.lines.count {
                block = Block(hit: hit, best: hit.line, lines: wider.lines)
            }
        }
        if book.rules[hit.rule].isTitle {
            let numbers = Set(block.lines.map(\.number))
            let message = hits[place...].prefix(Self.maximumLines).first {
                $0.line > hit.line && numbers.contains($0.line) && $0.weight >= 0 && book.isMessage($0.rule)
            }
            if let message { block.best = message.line }
        }
        return block
    }

    func block(of hit: Survey.Hit) -> Block {
        let rule = book.rules[hit.rule]
        var head = CleanLine()
        head.read(log.bytes, log.range(ofLine: hit.line))
        var lines = [Block.Line(number: hit.line, text: head.text, isFrame: false, isEmpty: false)]
        if rule.isUnderHeading, let heading = heading(above: hit.line, indent: head.indent) {
            lines.insert(heading, at: 0)
        }
        if rule.extent == .diagnostic || rule.extent == .line {
            lines.insert(contentsOf: preamble(above: hit.line), at: 0)
        }
        guard rule.extent != .line else { return Block(hit: hit, best: hit.line, lines: lines) }
        let prefix = Self.prefix(of: head)
        var matches: [LiteralScanner.Match] = []
        var line = CleanLine()
        var number = hit.line + 1
        let emptyLinesBetween = emptyLines(around: hit.line)
        var lastShown = hit.line
        var workerNewlines = 0
        var previousWasFrame = false
        while number <= log.lineCount, lines.count < Self.maximumLines {
            line.read(log.bytes, log.range(ofLine: number))
            if line.isEmpty {
                if line.isWorkerNewline { workerNewlines += 1 }
                number += 1
                if number - lastShown > Self.longestGap { break }
                continue
            }
            let empty = number - lastShown - 1 - emptyLinesBetween
            let gap = workerNewlines > 0 ? min(1, max(0, empty - workerNewlines)) : max(0, empty)
            workerNewlines = 0
            let isFrame = LineShape.isFrame(line)
            let reading = book.read(line, &matches)
            guard reading.landmark == nil,
                continues(
                    rule, head: head, prefix: prefix, line: line, number: number, gap: gap, isFrame: isFrame,
                    reading: reading,
                    previousWasFrame: previousWasFrame, count: lines.count)
            else { break }
            for empty in (lastShown + 1)..<number {
                lines.append(.init(number: empty, text: "", isFrame: false, isEmpty: true))
            }
            lines.append(
                .init(number: number, text: line.text, isFrame: isFrame, isEmpty: LineShape.isBareNpm(line)))
            lastShown = number
            previousWasFrame = isFrame
            number += 1
        }
        return Block(hit: hit, best: hit.line, lines: lines)
    }

    private func continues(
        _ rule: Rule, head: CleanLine, prefix: [UInt8], line: CleanLine, number: Int, gap: Int, isFrame: Bool,
        reading: RuleBook.Reading, previousWasFrame: Bool, count: Int
    ) -> Bool {
        if line.starts(with: "travis_") || line.starts(with: "[Pipeline]") { return false }
        let isDeeper =
            !prefix.isEmpty && line.bytes.starts(with: prefix)
            ? Self.indent(of: line, behind: prefix) > Self.indent(of: head, behind: prefix) : line.indent > head.indent
        let weight = reading.rule.map { book.rules[$0].weight } ?? 0
        let isOther = weight >= 70
        let isSummary = reading.rule.map { book.rules[$0].role != .failure } ?? false
        let isOtherSummary = isSummary && reading.rule.map { book.rules[$0].extent != .prefixed } ?? false
        switch rule.extent {
        case .line: return false
        case .indented: return isDeeper && gap <= 1 && !(isOther && line.indent <= head.indent)
        case .paragraph: return gap == 0 && count < Self.longestParagraph && !isSummary && !reading.isNoise
        case .diagnostic:
            if isDeeper { return gap == 0 }
            if gap > 0 || isSummary { return false }
            if LineShape.isCaret(line) || LineShape.isQuotedSource(line) || line.contains(": note: ") { return true }
            if isOther { return false }
            // A source line is one when a caret stands below it.
            return count < Self.longestDiagnostic && hasCaretBelow(number)
        case .item:
            if LineShape.isRuler(line) { return gap == 0 && count <= 2 }
            if isSummary || reading.isNoise && weight == 0 && line.indent <= head.indent { return false }
            if LineShape.itemNumber(line) != nil, line.indent <= head.indent { return false }
            if gap == 0 { return !(isOther && line.indent <= head.indent && Self.sharesStart(line, head)) }
            return (isDeeper && gap <= 2) || isFrame
        case .trace:
            if isFrame { return gap <= 1 }
            if isDeeper { return gap <= 1 }
            if line.starts(with: "Caused") || line.starts(with: "Suppressed") || line.starts(with: "Also:") {
                return true
            }
            // Go's race detector tells of each goroutine in a paragraph.
            if line.starts(with: "Previous ") || line.starts(with: "Goroutine ") { return gap <= 1 }
            if line.starts(with: "stack traceback") || line.starts(with: "stacktrace") { return true }
            if line.starts(with: "stdout:") || line.starts(with: "stderr:") { return gap == 0 }
            // The message below Python's frames, and a message's own lines above the first frame.
            guard gap == 0, !isSummary, !reading.isNoise else { return false }
            return previousWasFrame || (count <= 4 && hasFrameBelow(number))
        case .prefixed:
            guard !prefix.isEmpty, line.bytes.starts(with: prefix), gap == 0 else { return false }
            return !isOtherSummary || LineShape.isBareNpm(line)
        }
    }

    /// Empty lines that stand between any two lines around `number`: terminals that double their line ends write them.
    private func emptyLines(around number: Int) -> Int {
        var line = CleanLine()
        var least = Int.max
        var pairs = 0
        var last: Int?
        for near in max(1, number - Self.neighbourhood)...(number + Self.neighbourhood) {
            line.read(log.bytes, log.range(ofLine: near))
            if line.isEmpty { continue }
            if let last {
                least = min(least, near - last - 1)
                pairs += 1
            }
            last = near
        }
        return pairs >= Self.leastPairs ? least : 0
    }

    private static let neighbourhood = 12
    /// Pairs of lines from which it is no coincidence that none are adjacent.
    private static let leastPairs = 5

    /// The nearest line above that is indented less, when it is near.
    private func heading(above number: Int, indent: Int) -> Block.Line? {
        let farthest = 40
        var line = CleanLine()
        for above in stride(from: number - 1, to: max(number - farthest, 0), by: -1) {
            line.read(log.bytes, log.range(ofLine: above))
            if line.isEmpty { return nil }
            if LineShape.isRuler(line) { continue }
            if line.indent < indent {
                return .init(number: above, text: line.text, isFrame: false, isEmpty: false)
            }
        }
        return nil
    }

    /// `In file included from …` and `In function …:` right above a compiler's or linker's message.
    private func preamble(above number: Int) -> [Block.Line] {
        var found: [Block.Line] = []
        var line = CleanLine()
        for above in stride(from: number - 1, to: max(number - 1 - Self.longestPreamble, 0), by: -1) {
            line.read(log.bytes, log.range(ofLine: above))
            guard LineShape.isPreamble(line) else { break }
            found.insert(.init(number: above, text: line.text, isFrame: false, isEmpty: false), at: 0)
        }
        return found
    }

    private func hasFrameBelow(_ number: Int) -> Bool {
        var line = CleanLine()
        for below in (number + 1)...(number + 4) {
            line.read(log.bytes, log.range(ofLine: below))
            if LineShape.isFrame(line) { return true }
        }
        return false
    }

    /// Whether one of the two lines below points into line `number`.
    private func hasCaretBelow(_ number: Int) -> Bool {
        var line = CleanLine()
        for below in (number + 1)...(number + 2) {
            line.read(log.bytes, log.range(ofLine: below))
            if LineShape.isCaret(line) { return true }
        }
        return false
    }

    /// `[ERROR]`, `npm ERR!`, `#`, `│`: what the lines of one message begin with.
    private static func prefix(of line: CleanLine) -> [UInt8] {
        let bytes = line.bytes[line.indent...]
        guard let first = bytes.first else { return [] }
        if first == UInt8(ascii: "["), let end = bytes.firstIndex(of: UInt8(ascii: "]")) { return Array(bytes[...end]) }
        if line.starts(with: "npm ") { return Array(bytes.prefix(8)) }
        if first == UInt8(ascii: "#") { return [first] }
        if first >= 0x80 { return Array(bytes.prefix(3)) }
        return []
    }

    private static func indent(of line: CleanLine, behind prefix: [UInt8]) -> Int {
        line.bytes[line.indent...].dropFirst(prefix.count).prefix { $0.isBlank }.count
    }

    private static func sharesStart(_ line: CleanLine, _ head: CleanLine) -> Bool {
        let length = 4
        return line.bytes.count - line.indent >= length
            && line.bytes[line.indent...].prefix(length).elementsEqual(head.bytes[head.indent...].prefix(length))
    }
}
