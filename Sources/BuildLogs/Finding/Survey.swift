/// One pass over a log: the lines that speak of failure, and the lines that divide the run into steps.
struct Survey {
    struct Hit {
        let line: Int
        let rule: Int
        var weight: Int
        let isRed: Bool
        let fingerprint: UInt64
    }

    struct Mark {
        let line: Int
        let landmark: Landmark
    }

    private(set) var hits: [Hit] = []
    private(set) var marks: [Mark] = []
    /// How often a fingerprint is among the hits.
    private(set) var occurrences: [UInt64: Int] = [:]
    /// Empty lines that stand between any two lines: a terminal that doubles its line ends gives 1 or more.
    private(set) var emptyLinesBetween = 0

    /// Hits that are kept; of more, the first and the last matter.
    private static let maximumHits = 60_000
    private static let maximumMarks = 20_000
    /// Weight of a numbered item with nothing below it.
    private static let bareItem = 40
    /// A stack frame that only names an error is a frame.
    private static let leastWeightOfFrame = 90

    init(_ log: BuildLog, known: KnownLines?, book: RuleBook) {
        var line = CleanLine()
        var matches: [LiteralScanner.Match] = []
        var previous = CleanLine()
        var previousNumber = 0
        var previousWasFrame = false
        var previousWasHit = false
        var isTravis = false
        var header: Int?
        var firstOfTest: Int?
        var openItem: (hit: Int, indent: Int)?
        var gaps = [0, 0, 0, 0]
        log.forEachLine { number, range in
            line.read(log.bytes, range)
            if line.isEmpty { return }
            gaps[min(number - previousNumber - 1, gaps.count - 1)] += 1
            let reading = book.read(line, &matches)
            switch reading.landmark {
            case .testBegins: firstOfTest = hits.count
            case .testPassed:
                if let first = firstOfTest { forgive(from: min(first, hits.count)) }
                firstOfTest = nil
            case .some(let landmark) where marks.count < Self.maximumMarks:
                // Only a build server's `$ ` begins a command: scripts print it too.
                let isServers = landmark != .command || line.isGreen || isTravis || !line.starts(with: "$ ")
                if isServers { marks.append(Mark(line: number, landmark: landmark)) }
            default: break
            }
            isTravis = line.starts(with: "travis_")
            if let item = openItem, line.indent <= item.indent, item.hit < hits.count {
                // Nothing is said about the item: test runners number what they run, too.
                hits[item.hit].weight = Self.bareItem
            }
            openItem = nil
            let isFrame = LineShape.isFrame(line)
            if isFrame, !previousWasFrame, !previousWasHit, previousNumber > 0, !previous.isGreen,
                !line.starts(with: "File \"")
            {
                add(book.messageOfTrace, previousNumber, previous, known, book)
            }
            previousWasHit = false
            if reading.landmark != nil {
                if reading.landmark == .failed, !line.starts(with: "The command \"") {
                    add(book.verdict, number, line, known, book)
                }
            } else if let rule = reading.rule, book.rules[rule].role == .header {
                header = rule
            } else if let inherited = header, !LineShape.isRuler(line), !isSummary(reading, book) {
                add(inherited, number, line, known, book)
                header = nil
                previousWasHit = true
            } else if let rule = reading.rule, !isFrame || book.rules[rule].weight > Self.leastWeightOfFrame {
                previousWasHit = book.rules[rule].weight >= book.rules[book.messageOfTrace].weight
                add(rule, number, line, known, book)
                header = nil
                if rule == book.item { openItem = (hits.count - 1, line.indent) }
            }
            previousWasFrame = isFrame
            previousNumber = number
            swap(&previous, &line)
        }
        let pairs = gaps.reduce(0, +)
        if gaps[0] * 4 < pairs {
            emptyLinesBetween = gaps[1] >= gaps[2] && gaps[1] >= gaps[3] ? 1 : gaps[2] >= gaps[3] ? 2 : 3
        }
    }

    /// What a test that passed wrote is no failure.
    private mutating func forgive(from first: Int) {
        for index in first..<hits.count { hits[index].weight -= Self.forgiven }
    }

    private static let forgiven = 45

    private func isSummary(_ reading: RuleBook.Reading, _ book: RuleBook) -> Bool {
        reading.rule.map { book.rules[$0].role == .summary } ?? false
    }

    private mutating func add(_ rule: Int, _ number: Int, _ line: CleanLine, _ known: KnownLines?, _ book: RuleBook) {
        if let known, known.contains(line) { return }
        if hits.count >= Self.maximumHits {
            // The middle of a log that only speaks of failures tells least.
            hits.removeSubrange((Self.maximumHits / 3)..<(Self.maximumHits * 2 / 3))
        }
        let fingerprint = LineFingerprint.of(line)
        occurrences[fingerprint, default: 0] += 1
        hits.append(
            Hit(
                line: number, rule: rule, weight: book.rules[rule].weight, isRed: line.isRed, fingerprint: fingerprint))
    }
}
