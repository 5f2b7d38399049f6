/// How one tool says something about the run: a literal in a line, and what it means there.
struct Rule: Sendable {
    enum Place: Sendable {
        /// The line begins with it, white space aside.
        case start
        /// The line ends with it.
        case end
        /// Not inside a longer name.
        case word
        case anywhere
    }

    /// How much of what surrounds the line belongs to it.
    enum Extent: Sendable {
        case line
        /// What is indented deeper below it.
        case indented
        /// What follows up to an empty line.
        case paragraph
        /// A compiler's message: source lines with a caret, indented notes.
        case diagnostic
        /// Up to the next item of the list, ruler or summary; empty lines do not end it.
        case item
        /// Stack frames and chained causes.
        case trace
        /// The following lines that begin with the same prefix.
        case prefixed
    }

    enum Role: Sendable, Equatable {
        /// It says what went wrong.
        case failure
        /// It only says that something went wrong, and that what explains it stands before.
        case summary
        /// What went wrong begins on the next line.
        case header
        /// It makes the warnings before it errors.
        case warningsAreErrors
        /// Words that every failure of the tool ends with: shown only where there is room.
        case boilerplate
        /// A line that is no failure unless a rule of more weight says so.
        case noise
        case mark(Landmark)
    }

    let literal: String
    let place: Place
    let weight: Int
    let extent: Extent
    let role: Role
    /// A short phrase for the reader: why the line was chosen.
    let why: String
    /// All of these are in the line too.
    var needs: [String] = []
    /// None of these are.
    var lacks: [String] = []
    /// What it finds may only have been logged, by a test that passed.
    var isLogged = false
    /// It names what failed; a message in its block says more.
    var isTitle = false
    /// The line above that is indented less, a file's name, belongs to it.
    var isUnderHeading = false
    /// What a literal cannot say.
    var shape: (@Sendable (CleanLine, Int) -> Bool)?
}

/// A line that divides the run into steps.
enum Landmark: Sendable, Equatable {
    /// A command begins.
    case command
    case passed
    case failed
    /// A test, or a file of tests, begins.
    case testBegins
    /// The test that began has passed: whatever it wrote is no failure.
    case testPassed
    /// A build tool says that all went well: so did what it wrote before.
    case buildPassed
    /// A build tool says that it failed; what failed stands before.
    case buildFailed
    /// What is indented deeper below was only logged while a test ran.
    case console
    /// What follows tidies up after the run.
    case epilogue
    /// The run as a whole failed; says nothing else.
    case end
    /// The run as a whole went well.
    case endsWell
}

extension Rule {
    static func starts(
        _ literal: String, _ weight: Int, _ extent: Extent = .line, _ why: String, needs: [String] = [],
        lacks: [String] = [], role: Role = .failure
    ) -> Rule {
        Rule(
            literal: literal, place: .start, weight: weight, extent: extent, role: role, why: why, needs: needs,
            lacks: lacks)
    }

    static func ends(
        _ literal: String, _ weight: Int, _ extent: Extent = .line, _ why: String, needs: [String] = [],
        lacks: [String] = [], role: Role = .failure
    ) -> Rule {
        Rule(
            literal: literal, place: .end, weight: weight, extent: extent, role: role, why: why, needs: needs,
            lacks: lacks)
    }

    static func has(
        _ literal: String, _ weight: Int, _ extent: Extent = .line, _ why: String, needs: [String] = [],
        lacks: [String] = [], role: Role = .failure
    ) -> Rule {
        Rule(
            literal: literal, place: .anywhere, weight: weight, extent: extent, role: role, why: why, needs: needs,
            lacks: lacks)
    }

    static func word(
        _ literal: String, _ weight: Int, _ extent: Extent = .line, _ why: String, needs: [String] = [],
        lacks: [String] = [], role: Role = .failure
    ) -> Rule {
        Rule(
            literal: literal, place: .word, weight: weight, extent: extent, role: role, why: why, needs: needs,
            lacks: lacks)
    }

    /// The same rule for what a program may only have logged.
    var logged: Rule {
        var rule = self
        rule.isLogged = true
        return rule
    }

    /// The same rule for a line that only names what failed.
    var title: Rule {
        var rule = self
        rule.isTitle = true
        return rule
    }

    /// The same rule for a line that stands below the name of its file.
    var underHeading: Rule {
        var rule = self
        rule.isUnderHeading = true
        return rule
    }

    static func noise(_ literal: String, _ place: Place, below weight: Int, needs: [String] = [], lacks: [String] = [])
        -> Rule
    {
        Rule(
            literal: literal, place: place, weight: weight, extent: .line, role: .noise, why: "", needs: needs,
            lacks: lacks)
    }

    static func mark(
        _ literal: String, _ place: Place, _ landmark: Landmark, needs: [String] = [], lacks: [String] = [],
        shape: (@Sendable (CleanLine, Int) -> Bool)? = nil
    ) -> Rule {
        Rule(
            literal: literal, place: place, weight: 0, extent: .line, role: .mark(landmark), why: "", needs: needs,
            lacks: lacks, shape: shape)
    }
}
