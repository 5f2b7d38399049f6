/// All rules, and which of them a line meets.
struct RuleBook: Sendable {
    /// What the rules say about one line.
    struct Reading {
        /// The rule of most weight that names a failure or sums one up; nil for an ordinary line.
        var rule: Int?
        var landmark: Landmark?
        /// The line is the mark of something that went well, or of ordinary work.
        var isNoise = false
    }

    let rules: [Rule]
    private let scanner: LiteralScanner
    private let literalLengths: [Int]

    /// Rules that shapes fulfil, behind those of the literals.
    let located: Int
    let item: Int
    let messageOfTrace: Int
    let testTitle: Int
    let redLine: Int
    let locatedWarning: Int
    let lastWords: Int
    let boilerplate: Int
    let verdict: Int

    init() {
        var rules =
            ServerRules.all + CompilerRules.all + JavaRules.all + ScriptRules.all + CheckRules.all + NativeRules.all
            + SystemRules.all
            + WordRules.all
        scanner = LiteralScanner(rules.map(\.literal))
        literalLengths = rules.map(\.literal.utf8.count)
        located = rules.count
        rules.append(.has("", 74, .diagnostic, "a finding with its place").underHeading)
        item = rules.count
        rules.append(.has("", 82, .item, "an item of the list of failures").title)
        messageOfTrace = rules.count
        rules.append(.has("", 72, .trace, "message of a stack trace"))
        testTitle = rules.count
        rules.append(.has("", 84, .item, "a failed test").title)
        redLine = rules.count
        rules.append(.has("", 58, .line, "written in red"))
        locatedWarning = rules.count
        rules.append(.has("", 45, .diagnostic, "warning that counts as an error"))
        lastWords = rules.count
        rules.append(.has("", 60, .line, "the step's last words"))
        boilerplate = rules.count
        rules.append(.has("", 16, .line, "the build tool's advice", role: .boilerplate))
        verdict = rules.count
        rules.append(.has("", 17, .line, "the step failed", role: .boilerplate))
        self.rules = rules
    }

    /// Whether the rule finds exceptions and words that a program may only have logged.
    func isLogged(_ rule: Int) -> Bool { rule == messageOfTrace || rules[rule].isLogged }

    /// Whether the rule finds a message rather than a name or a count.
    func isMessage(_ rule: Int) -> Bool {
        rules[rule].role == .failure && !rules[rule].isTitle && rules[rule].weight >= Self.leastMessage
            && rule != messageOfTrace
    }

    private static let leastMessage = 58

    func read(_ line: CleanLine, _ matches: inout [LiteralScanner.Match]) -> Reading {
        var reading = Reading()
        matches.removeAll(keepingCapacity: true)
        scanner.scan(line.bytes, into: &matches)
        var best = 0
        var noise = 0
        var isBoilerplate = false
        for match in matches {
            let rule = rules[match.index]
            let isCandidate: Bool
            switch rule.role {
            case .noise: isCandidate = rule.weight > noise
            case .mark: isCandidate = reading.landmark == nil
            case .boilerplate: isCandidate = !isBoilerplate
            default: isCandidate = rule.weight > best || rule.place == .start || rule.role == .summary
            }
            guard isCandidate, isMet(rule, by: match, in: line) else { continue }
            switch rule.role {
            case .noise: noise = rule.weight
            case .mark(let landmark): reading.landmark = landmark
            case .boilerplate: isBoilerplate = true
            default:
                guard rule.weight > best || isMoreSpecific(match.index, than: reading.rule) else { continue }
                if let rival = reading.rule, isMoreSpecific(rival, than: match.index) { continue }
                best = rule.weight
                reading.rule = match.index
            }
        }
        if let shape = shapeRule(line), rules[shape].weight > best {
            best = rules[shape].weight
            reading.rule = shape
        }
        if isBoilerplate || LineShape.isBareNpm(line) || line.bytes.elementsEqual("[ERROR]".utf8) {
            reading.rule = boilerplate
            return reading
        }
        if best < noise, reading.rule != locatedWarning {
            reading.rule = nil
            reading.isNoise = true
        }
        // What is green went well, whatever words it uses.
        if line.isGreen, !line.isRed, best < Self.leastWeightInGreen { reading.rule = nil }
        return reading
    }

    /// Weight from which a rule is believed though the line is green: diffs of failed tests have green parts.
    private static let leastWeightInGreen = 70

    /// Whether `rule` knows better, whatever the weights: of two literals that the line begins with, the longer; what the
    /// line begins with before a single word; a summary before the shorter words in it.
    private func isMoreSpecific(_ rule: Int, than other: Int?) -> Bool {
        guard let other else { return false }
        let (one, two) = (rules[rule], rules[other])
        if one.place == .start, two.place == .start { return literalLengths[rule] > literalLengths[other] }
        if one.place == .start, two.place == .word { return literalLengths[rule] >= Self.leastSpecific }
        return one.role == .summary && one.weight >= Self.leastSummary && literalLengths[rule] >= Self.leastSpecific
            && literalLengths[rule] > literalLengths[other]
    }

    private static let leastSpecific = 6
    private static let leastSummary = 40

    private func shapeRule(_ line: CleanLine) -> Int? {
        if LineShape.isLocated(line) {
            if line.contains("note:") { return nil }
            return line.contains("arning") ? locatedWarning : located
        }
        if LineShape.itemNumber(line) != nil { return item }
        if LineShape.isTitledUnderscores(line) { return testTitle }
        return line.isRed && !line.isGreen ? redLine : nil
    }

    private func isMet(_ rule: Rule, by match: LiteralScanner.Match, in line: CleanLine) -> Bool {
        let start = match.end - literalLengths[match.index]
        switch rule.place {
        case .start: if start != line.indent { return false }
        case .end: if match.end != line.bytes.count { return false }
        case .word: if !isWord(start..<match.end, in: line.bytes) { return false }
        case .anywhere: break
        }
        if let shape = rule.shape, !shape(line, match.end) { return false }
        return rule.needs.allSatisfy { line.contains($0) } && !rule.lacks.contains { line.contains($0) }
    }

    /// Whether what is in `range` is a word of prose: no part of a name, path or option.
    private func isWord(_ range: Range<Int>, in line: [UInt8]) -> Bool {
        let joiners: [UInt8] = [UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "$")]
        if range.lowerBound > 0 {
            let before = line[range.lowerBound - 1]
            if before.isName || joiners.contains(before) { return false }
        }
        guard range.upperBound < line.count else { return true }
        let after = line[range.upperBound]
        if after.isName || after == UInt8(ascii: "/") || after == UInt8(ascii: "-") || after == UInt8(ascii: "(") {
            return line[range.upperBound - 1] == UInt8(ascii: ":")
        }
        guard after == UInt8(ascii: ".") || after == UInt8(ascii: "=") else { return true }
        return range.upperBound + 1 == line.count || line[range.upperBound + 1] == LineByte.space
    }
}
