/// What no tool's own rule knows: the words of failure, and the marks of lines that only look like one.
enum WordRules {
    static let all: [Rule] = words + counts + exceptions + noise

    private static let tally = "count of failed tests"

    /// `4 tests, 1 failure`, `1 failed, 4 passed`: what explains them stands before.
    private static let counts: [Rule] = [
        count(" failure", with: " test"), count(" failure", with: " example"), count(" failure", with: " runs, "),
        count(" failure", with: " successes"), count(" failures, ", with: " error"),
        count(" failed, ", with: " passed"),
        count(" failed", with: " out of "), count(" failed", with: " passed"), count(" failed (", with: " passed"),
    ]

    /// A number other than 0, what it counts, and that the line counts something else, too.
    private static func count(_ literal: String, with other: String) -> Rule {
        Rule(
            literal: literal, place: .anywhere, weight: 46, extent: .line, role: .summary, why: tally, needs: [other],
            shape: { line, end in LineShape.isCounted(line, before: end - literal.utf8.count) })
    }

    private static let why = "speaks of a failure"

    private static let words: [Rule] =
        [
            "error", "Error", "ERROR", "errors", "Errors", "failed", "Failed", "FAILED", "failure", "Failure",
            "FAILURE",
            "FAIL", "failures", "exception", "Exception", "fatal", "Fatal", "FATAL", "Cannot", "cannot", "Can't",
            "can't",
            "Unable", "unable", "Couldn't", "couldn't", "Invalid", "aborted", "Aborted", "crashed", "missing",
            "undefined",
            "unexpected", "Unexpected", "mismatch", "denied",
        ].map { .word($0, 34, .line, why) }
        + ["ERROR:", "Error:", "error:", "FAILED:", "Failed:", "FATAL", "Failed to ", "failed to "].map {
            .starts($0, 62, .indented, why)
        } + ["error:", "Error:", "ERROR:", " FAILED"].map { .word($0, 52, .line, why) }
        + [
            .ends("failed.", 44, .line, why), .ends("failed", 44, .line, why), .has("Failed to ", 48, .line, why),
            .has("Could not ", 44, .line, why), .has("could not ", 36, .line, why),
            .has("Expected ", 40, .line, "what the test expected"), .has("expected", 34, .line, why, needs: ["got"]),
            .has("expected", 40, .line, "what the test expected", needs: ["but was"]),
        ]

    /// `…Error` and `…Exception` as the name of a class.
    private static let exceptions: [Rule] = ["Error", "Exception"].flatMap { literal in
        [
            Rule(
                literal: literal, place: .anywhere, weight: 82, extent: .trace, role: .failure, why: "an exception",
                isLogged: true,
                shape: { line, end in LineShape.isExceptionName(line, endingAt: end, atStart: true) }),
            Rule(
                literal: literal, place: .anywhere, weight: 58, extent: .trace, role: .failure, why: "an exception",
                isLogged: true,
                shape: { line, end in LineShape.isExceptionName(line, endingAt: end, atStart: false) }),
        ]
    }

    private static let noise: [Rule] =
        [
            .noise("The command \"", .start, below: 90), .noise("▸ ", .start, below: 90),
            .noise("․ ", .start, below: 100), .noise("√ ", .start, below: 100), .noise("✓", .start, below: 100),
            .noise("✔", .start, below: 100), .noise("ok ", .start, below: 100),
            .noise("PASS ", .start, below: 100), .noise("--- PASS:", .start, below: 100),
            .noise(" PASSED", .end, below: 100), .noise(" ... ok", .end, below: 100), .noise(" OK", .end, below: 80),
            .noise("[PASSED]", .anywhere, below: 90), .noise("[       OK ]", .start, below: 100),
            .noise("[ RUN      ]", .start, below: 100), .noise(" ... PASS", .anywhere, below: 90),
            .noise("PASS: ", .start, below: 90), .noise("XFAIL", .start, below: 100), .noise("SKIP", .start, below: 90),
            .noise(" ... PASSED", .end, below: 100), .noise("[OK]", .anywhere, below: 80),
            .noise("warning: ", .anywhere, below: 80, lacks: ["error"]), .noise("WARN ", .anywhere, below: 70),
            .noise("[WARNING]", .start, below: 84), .noise("warning", .word, below: 60),
            .noise("Warning: ", .start, below: 56), .noise("WARNING: ", .start, below: 60),
            .noise("[warn]", .start, below: 75), .noise("[info] ", .start, below: 60),
            .noise("[INFO]", .start, below: 70),
            .noise("W: ", .start, below: 70), .noise("DEBUG", .word, below: 88), .noise("INFO", .word, below: 88),
            .noise("0 errors", .word, below: 80), .noise("0 failures", .word, below: 80),
            .noise("no errors", .word, below: 80),
            .noise("No errors", .word, below: 80), .noise("0 failed", .word, below: 80),
            .noise("Failures: 0", .anywhere, below: 60),
            .noise("deprecat", .anywhere, below: 70), .noise("Download", .start, below: 70),
            .noise("Get:", .start, below: 90),
            .noise("Hit:", .start, below: 90), .noise("Ign:", .start, below: 90),
            .noise("Progress (", .start, below: 90),
            .noise("Retrying", .word, below: 60), .noise("retrying", .word, below: 60),
            .noise("checking for", .start, below: 90),
            .noise("checking whether", .start, below: 90), .noise("-- Looking for", .start, below: 90),
            .noise("-- Performing Test", .start, below: 90), .noise("+ ", .start, below: 70),
            .noise("$ ", .start, below: 100),
            .noise("gcc ", .start, below: 70), .noise("g++ ", .start, below: 70), .noise("clang ", .start, below: 70),
            .noise("cc ", .start, below: 70), .noise("Compiling ", .start, below: 80),
            .noise("Installing ", .start, below: 80),
            .noise("Unpacking ", .start, below: 80), .noise("Setting up ", .start, below: 80),
            .noise("Selecting ", .start, below: 80),
            .noise("Preparing ", .start, below: 80), .noise("copying ", .start, below: 80),
            .noise("creating ", .start, below: 80),
            .noise("make: Leaving", .start, below: 80), .noise("make: Entering", .start, below: 80),
            .noise("make[", .start, below: 40, needs: ["directory"]), .noise("|| true", .anywhere, below: 80),
            .noise("travis_time:", .start, below: 200),
            .noise("travis_fold:", .start, below: 200), .noise("export ", .start, below: 80),
        ]
}
