/// The line by which a log says, at its end, that all went well.
struct GoodEnd {
    let line: Int
    /// The build server says so, about the run as a whole: whatever was written before did not fail it.
    let isServers: Bool

    /// Lines with text that a tool or server still writes below its verdict: times, rulers, closing sections.
    private static let farewell = 12

    /// - Returns: nil for a log in which a step failed, or that goes on after the last verdict.
    init?(_ survey: Survey, _ steps: Steps, _ book: RuleBook, in log: BuildLog) {
        let marks = survey.marks
        guard let last = marks.last(where: { Self.isVerdict($0.landmark) }) else { return nil }
        switch last.landmark {
        case .endsWell: isServers = true
        case .buildPassed, .passed:
            isServers = false
            guard steps.failed.isEmpty else { return nil }
        default: return nil
        }
        let isContradicted = survey.hits.contains { $0.line > last.line && book.rules[$0.rule].role != .boilerplate }
        guard !isContradicted else { return nil }
        line = last.line
        let end = marks.first { $0.line > last.line && ($0.landmark == .epilogue || $0.landmark == .end) }
        guard !marks.contains(where: { $0.line > last.line && $0.landmark == .command }) else { return nil }
        var below = CleanLine()
        var count = 0
        for number in (last.line + 1)..<max(end?.line ?? log.lineCount + 1, last.line + 1) {
            below.read(log.bytes, log.range(ofLine: number))
            if !below.isEmpty { count += 1 }
            if count > Self.farewell { return nil }
        }
    }

    private static func isVerdict(_ landmark: Landmark) -> Bool {
        switch landmark {
        case .passed, .failed, .buildPassed, .buildFailed, .end, .endsWell: true
        case .command, .testBegins, .testPassed, .console, .epilogue: false
        }
    }
}
