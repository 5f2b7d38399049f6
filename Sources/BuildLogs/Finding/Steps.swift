/// Where in the run a line stands: in the step that failed, in one that went well, before or after.
struct Steps {
    /// The lines of each step that failed, the one that says so included; in order.
    private(set) var failed: [ClosedRange<Int>] = []
    private var passed: [ClosedRange<Int>] = []
    private let epilogue: Int
    /// Where the server said that the run is over.
    private let over: Int
    private let lastLine: Int

    init(_ marks: [Survey.Mark], in log: BuildLog) {
        var commands: [Int] = []
        var epilogue = Int.max
        var over = Int.max
        var previousEnd = 0
        lastLine = max(log.lineCount, 1)
        for mark in marks {
            switch mark.landmark {
            case .command: commands.append(mark.line)
            case .passed, .failed:
                let start = max(Self.start(of: mark.line, among: commands, in: log) ?? 1, previousEnd + 1)
                let lines = min(start, mark.line)...mark.line
                if mark.landmark == .passed { passed.append(lines) } else { failed.append(lines) }
                previousEnd = mark.line
            case .epilogue: if mark.line > previousEnd { epilogue = min(epilogue, mark.line) }
            case .end, .endsWell: over = mark.line
            case .testBegins, .testPassed, .buildPassed, .buildFailed, .console: break
            }
        }
        self.epilogue = epilogue
        self.over = over
    }

    /// The lines of the first step that failed; of a log that names none, all.
    var firstFailed: ClosedRange<Int> { failed.first ?? 1...min(max(epilogue, 1), lastLine) }

    /// Which of the steps that failed has the line.
    func failedStep(ofLine line: Int) -> Int? { Self.index(of: line, in: failed) }

    /// Points that a line's place in the run gives or takes.
    func points(ofLine line: Int) -> Int {
        if line > over { return Self.afterTheEnd }
        if let index = Self.index(of: line, in: failed) { return index == 0 ? 0 : Self.laterFailure }
        if Self.index(of: line, in: passed) != nil { return Self.inPassedStep }
        guard let first = failed.first else { return line >= epilogue ? Self.afterFailure : 0 }
        return line > first.upperBound ? Self.afterFailure : Self.beforeFailedStep
    }

    /// The line at which what `line` belongs to ends: the verdict of its step, or the log's end.
    func end(ofStepWith line: Int) -> Int {
        if let index = Self.index(of: line, in: failed) { return failed[index].upperBound }
        return line < epilogue ? min(epilogue, lastLine) : lastLine
    }

    /// Commands run one after the other; the first that failed is the one to look at.
    private static let laterFailure = -8
    /// A command that went well may print errors all day.
    private static let inPassedStep = -45
    private static let beforeFailedStep = -25
    /// Scripts that run after a failure have failures of their own.
    private static let afterFailure = -30
    private static let afterTheEnd = -60

    /// The command whose text the verdict `The command "…" exited with 1.` repeats, or the last one before it.
    private static func start(of verdict: Int, among commands: [Int], in log: BuildLog) -> Int? {
        var line = CleanLine()
        let longestCommand = 40
        for number in stride(from: verdict, to: max(verdict - longestCommand, 0), by: -1) {
            line.read(log.bytes, log.range(ofLine: number))
            if line.starts(with: "The command \"") { break }
        }
        let quoted = line.text.split(separator: "\"", maxSplits: 1).dropFirst().first.map { $0.prefix(20) } ?? ""
        let farthest = 50
        for command in commands.reversed().prefix(farthest) where !quoted.isEmpty {
            line.read(log.bytes, log.range(ofLine: command))
            if line.holds(String(quoted.prefix { $0 != "\"" }), at: line.indent + 2) { return command }
        }
        return commands.last
    }

    /// The step that has the line; steps are in order and do not overlap.
    private static func index(of line: Int, in steps: [ClosedRange<Int>]) -> Int? {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].upperBound < line { low = middle + 1 } else { high = middle }
        }
        return low < steps.count && steps[low].contains(line) ? low : nil
    }
}
