extension BlockGrower {
    /// What the step still said between a block and its end, when that is little.
    func tail(behind block: Block, upTo end: Int) -> [Block.Line] {
        var tail: [Block.Line] = []
        var line = CleanLine()
        var matches: [LiteralScanner.Match] = []
        let last = block.lines[block.lines.count - 1].number
        guard end > last, end - last <= Self.maximumLines else { return [] }
        for number in (last + 1)...end {
            line.read(log.bytes, log.range(ofLine: number))
            if line.isEmpty || line.starts(with: "travis_") || line.starts(with: "[Pipeline]")
                || known?.contains(line) == true
            {
                continue
            }
            let reading = book.read(line, &matches)
            if reading.landmark != nil { break }
            if reading.isNoise { continue }
            // Where the tool sums up, the rest is its farewell.
            if let rule = reading.rule, book.rules[rule].role != .failure { return [] }
            tail.append(.init(number: number, text: line.text, isFrame: false, isEmpty: false))
        }
        return tail.count <= Self.longestTail ? tail : []
    }

    private static let longestTail = 8

    /// The last lines that a step wrote before it failed, when no rule knows any of them.
    func lastWords(in lines: ClosedRange<Int>) -> Block? {
        var found: [Block.Line] = []
        var line = CleanLine()
        var matches: [LiteralScanner.Match] = []
        for number in stride(
            from: lines.upperBound, to: max(lines.lowerBound, lines.upperBound - Self.maximumLines), by: -1)
        {
            line.read(log.bytes, log.range(ofLine: number))
            let reading = book.read(line, &matches)
            if reading.landmark == .command || line.starts(with: "$ ") { break }
            if line.isEmpty || line.starts(with: "travis_") || line.starts(with: "[Pipeline]")
                || reading.landmark != nil || reading.isNoise
            {
                continue
            }
            if let rule = reading.rule, [.summary, .boilerplate].contains(book.rules[rule].role) { continue }
            if known?.contains(line) == true { continue }
            found.append(.init(number: number, text: line.text, isFrame: false, isEmpty: false))
            if found.count == Self.longestTail { break }
        }
        guard let last = found.first else { return nil }
        let hit = Survey.Hit(
            line: last.number, rule: book.lastWords, weight: book.rules[book.lastWords].weight, isRed: false,
            fingerprint: 0)
        return Block(hit: hit, best: last.number, lines: found.reversed())
    }
}
