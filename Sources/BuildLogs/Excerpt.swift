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
        lines = Selection(ranking, steps, grower, maximumLines: maximumLines).lines
    }

    /// What fits a telephone's screen twice.
    package static let usualLines = 20
}
