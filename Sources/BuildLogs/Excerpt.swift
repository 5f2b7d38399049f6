/// The lines of a failed build's log that explain the failure, best first.
package struct Excerpt: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        /// Counted from 1.
        package let number: Int
        /// Without colours and the build server's prefix; of a very long line the beginning.
        package let text: String
        /// A short phrase: why the line was chosen.
        package let why: String
        /// The higher, the more it explains; never rises from line to line, and compares only inside one excerpt.
        package let score: Int
    }

    package let lines: [Line]
    /// Why there are no lines; nil where there are, or where none were asked for.
    package let silence: Silence?

    /// Built once: a table of constants.
    private static let book = RuleBook()

    /// - Parameter reference: the log of a build that went well; what it says too is left out.
    package init(of log: BuildLog, reference: BuildLog? = nil, maximumLines: Int = Self.usualLines) {
        let book = Self.book
        let known = reference.map { KnownLines(of: $0) }
        let survey = Survey(log, known: known, book: book)
        let steps = Steps(survey.marks, in: log)
        let ranking = Ranking(survey, steps, book)
        let grower = BlockGrower(log: log, book: book, known: known)
        let goodEnd = GoodEnd(survey, steps, book, in: log)
        lines =
            goodEnd?.isServers == true
            ? []
            : Selection(ranking, steps, grower, hasGoodEnd: goodEnd != nil, maximumLines: maximumLines).lines
        guard lines.isEmpty, maximumLines > 0 else {
            silence = nil
            return
        }
        if let goodEnd {
            var line = CleanLine()
            line.read(log.bytes, log.range(ofLine: goodEnd.line))
            silence = .wentWell(number: goodEnd.line, text: line.text)
        } else if !log.hasText {
            silence = .noText
        } else {
            silence = known?.hasAll(of: log) == true ? .nothingNew : .nothingFound
        }
    }

    /// What fits a telephone's screen twice.
    package static let usualLines = 20
}
