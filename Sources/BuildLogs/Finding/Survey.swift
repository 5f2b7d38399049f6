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
        var firstOfBuild = 0
        var console: (first: Int, indent: Int)?
        var openItem: (hit: Int, indent: Int)?
        log.forEachLine { number, range in
            if range.isEmpty { return }
            line.read(log.bytes, range)
            if line.isEmpty { return }
            let reading = book.read(line, &matches)
            if let logged = console, line.indent <= logged.indent {
                forgive(from: min(logged.first, hits.count), by: Self.forgivenToTests)
                console = nil
            }
            switch reading.landmark {
            case .testBegins: firstOfTest = hits.count
            case .testPassed:
                if let first = firstOfTest { forgive(from: min(first, hits.count), by: Self.forgivenToTests) }
                firstOfTest = nil
            case .buildPassed:
                forgive(from: min(firstOfBuild, hits.count), by: Self.forgivenToBuilds)
                firstOfBuild = hits.count
                if marks.count < Self.maximumMarks { marks.append(Mark(line: number, landmark: .buildPassed)) }
            case .console: if console == nil { console = (hits.count, line.indent) }
            case .some(let landmark) where marks.count < Self.maximumMarks:
                // Only a build server's `$ ` begins a command: scripts print it too.
                let isServers = landmark != .command || line.isGreen || isTravis || !line.starts(with: "$ ")
                if landmark == .passed || landmark == .failed { firstOfBuild = hits.count }
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
        if let logged = console { forgive(from: min(logged.first, hits.count), by: Self.forgivenToTests) }
    }

    /// What was written by something that went well is hardly a failure.
    private mutating func forgive(from first: Int, by points: Int) {
        for index in first..<hits.count { hits[index].weight -= points }
    }

    private static let forgivenToTests = 45
    /// Less: a build may go on over failed tests, and be called well.
    private static let forgivenToBuilds = 25

    private func isSummary(_ reading: RuleBook.Reading, _ book: RuleBook) -> Bool {
        reading.rule.map { book.rules[$0].role == .summary } ?? false
    }

    private mutating func add(_ rule: Int, _ number: Int, _ line: CleanLine, _ known: KnownLines?, _ book: RuleBook) {
        // Advice is only shown beside what it belongs to.
        if let known, book.rules[rule].role != .boilerplate, known.contains(line) { return }
        if hits.count >= Self.maximumHits {
            // The middle of a log that only speaks of failures tells least.
            hits.removeSubrange((Self.maximumHits / 3)..<(Self.maximumHits * 2 / 3))
        }
        let fingerprint = LineFingerprint.of(line)
        hits.append(
            Hit(
                line: number, rule: rule, weight: book.rules[rule].weight, isRed: line.isRed, fingerprint: fingerprint))
    }
}
