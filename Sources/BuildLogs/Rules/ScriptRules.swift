/// Package managers, test runners and linters of JavaScript, Python, Ruby, PHP and Perl.
enum ScriptRules {
    static let all: [Rule] = npm + javaScript + python + ruby + php + perl

    /// npm wrote `npm ERR! ` before version 10.
    private static let npm: [Rule] = ["npm ERR! ", "npm error "].flatMap { prefix -> [Rule] in
        [
            .starts("\(prefix)Test failed", 38, .line, "npm's last word", role: .summary),
            .starts("\(prefix)404", 88, .line, "a package is missing"),
            .starts("\(prefix)missing script", 90, .line, "the script is missing"),
            .starts("\(prefix)Missing script", 90, .line, "the script is missing"),
            .starts("\(prefix)peer", 80, .line, "packages do not fit together"),
            .starts("\(prefix)Could not resolve", 84, .line, "packages do not fit together"),
            .starts("\(prefix)ERESOLVE", 90, .prefixed, "packages do not fit together"),
            .starts("\(prefix)notarget No matching", 90, .line, "a package is missing"),
            // `code 1` and `code ELIFECYCLE` only say that a script failed.
            .starts("\(prefix)code E", 64, .prefixed, "npm's error", lacks: ["ELIFECYCLE"]),
            .starts(prefix, 46, .prefixed, "npm failed", lacks: ["argv", "cwd", "node v", "npm  v"], role: .summary),
        ]
    }

    private static let javaScript: [Rule] = [
        .starts("error Command failed", 42, .line, "yarn's last word", role: .summary),
        .starts("error ", 76, .indented, "error of the tool", lacks: ["error |", "error  "]),
        Rule(
            literal: "● ", place: .start, weight: 92, extent: .item, role: .failure, why: "a failed test",
            lacks: ["Deprecation", "Validation Warning"], isTitle: true,
            shape: { line, _ in !LineShape.isConsole(line) }),
        .starts("FAIL ", 76, .indented, "a failed test file"),
        .ends(" failing", 58, .line, "count of failed tests", lacks: ["0 failing"], role: .summary),
        .has(" failing (", 58, .line, "count of failed tests", role: .summary),
        .ends(" FAILED", 88, .indented, "a failed test", needs: ["("], lacks: [" > ", "Executed ", "> Task"]).title,
        .has("Executed ", 20, .line, "progress of the tests", needs: [" FAILED"], role: .boilerplate),
        .has("Cannot find module", 91, .trace, "a module is missing"),
        .starts("not ok ", 90, .item, "a failed test", lacks: ["# SKIP", "# skip", "# TODO", "# todo"]).title,
        .has("  error  ", 86, .line, "the linter's error").underHeading,
        .starts("error  ", 80, .line, "the linter's error"),
        .starts("✖ ", 80, .line, "a failed check", lacks: ["0 problems"]),
        .starts("✗ ", 88, .indented, "a failed test"),
        .starts("✘ ", 88, .indented, "a failed test"),
        .starts("× ", 88, .indented, "a failed test"),
        .starts("ERROR: ", 84, .paragraph, "error of the tool"),
        .starts("ERROR ", 66, .line, "error of the tool"),
        .starts("ERR! ", 70, .line, "error of the tool"),
        .has("ECMDERR", 86, .line, "bower failed"),
        .has("ECONFLICT", 88, .line, "packages do not fit together"),
        .starts("Warning: Task \"", 60, .line, "the failed task", needs: ["failed"], role: .summary),
        .has("errored after", 50, .line, "the failed task", role: .summary),
        .starts("Expected:", 50, .line, "what the test expected"),
        .starts("AssertionError", 90, .trace, "assertion of a failed test"),
        .has("AssertionError: ", 90, .trace, "assertion of a failed test"),
        .starts("Uncaught ", 84, .trace, "an exception ended the program").logged,
        .has("code style issues", 62, .line, "the formatter's verdict", role: .summary),
        .has("A complete log of this run can be found in", 8, .line, "", role: .boilerplate),
    ]

    private static let python: [Rule] = [
        .starts("Traceback (most recent call last)", 80, .trace, "an exception ended the program").logged.title,
        .starts("E   ", 91, .line, "assertion of a failed test"),
        .starts("FAILED ", 80, .line, "a failed test"),
        .starts("FAIL: ", 92, .item, "a failed test").title,
        .starts("ERROR: ", 84, .item, "a test that ended in an error", needs: ["("]).title,
        .starts("ERROR: InvocationError", 50, .line, "tox failed", role: .summary),
        .starts("ERROR: ", 40, .line, "tox failed", needs: ["commands failed"], role: .summary),
        .has("Could not find a version that satisfies", 92, .line, "a package is missing"),
        .has("No matching distribution found", 90, .line, "a package is missing"),
        .has("Command errored out with exit status", 84, .paragraph, "pip could not build a package"),
        .starts("error: command '", 80, .line, "a compiler call failed"),
        .starts("would reformat ", 84, .line, "the formatter wants changes"),
        .starts("File \"", 78, .item, "a failed example", needs: ["line", "in __main__"]),
        .starts("Failed example:", 92, .item, "a failed example"),
        .starts("FAILED (", 48, .line, "count of failed tests", role: .summary),
        .ends(" FAILED", 70, .line, "a failed test", needs: ["::"]),
        .has("ImportError: ", 90, .line, "a module cannot be imported"),
    ]

    private static let ruby: [Rule] = [
        .starts("Failure/Error:", 93, .item, "assertion of a failed test"),
        .starts("rspec ./", 72, .line, "how to repeat the failed test"),
        .starts("cucumber ", 72, .line, "how to repeat the failed scenario", needs: [".feature:"]),
        .starts("rake aborted!", 62, .trace, "rake failed").title,
        .ends(") Failure:", 92, .item, "a failed test").title,
        .ends(") Error:", 92, .item, "a test that ended in an error").title,
        .starts("Failures:", 93, .item, "a failed test", lacks: [": 0"], role: .header).title,
        .starts("Failed examples:", 40, .line, "the failed tests", role: .summary),
        .starts("Failure:", 90, .item, "a failed test"),
        .starts("Bundler could not find compatible versions", 93, .item, "packages do not fit together"),
        .starts("Could not find gem", 92, .line, "a package is missing"),
        .has("An error occurred while installing", 90, .paragraph, "a package could not be installed"),
        .starts("Gem::", 88, .trace, "a package could not be installed", needs: ["Error"]),
        .starts("ERROR:  Error installing", 90, .paragraph, "a package could not be installed"),
        .has(" offenses detected", 55, .line, "count of the linter's findings", lacks: ["no offenses"], role: .summary),
        .has(" offense detected", 55, .line, "count of the linter's findings", role: .summary),
    ]

    private static let php: [Rule] = [
        .starts("There was 1 ", 93, .item, "a failed test", needs: [":"], role: .header).title,
        .starts("There were ", 93, .item, "a failed test", needs: [":"], lacks: ["failing"], role: .header).title,
        .starts("FAILURES!", 50, .line, "tests failed", role: .summary),
        .starts("ERRORS!", 50, .line, "tests failed", role: .summary),
        .starts("Tests: ", 48, .line, "count of failed tests", needs: ["ail"], lacks: ["0 failed"], role: .summary),
        .starts("PHP Fatal error: ", 93, .trace, "PHP's fatal error"),
        .starts("PHP Parse error: ", 94, .line, "syntax error"),
        .starts("Your requirements could not be resolved", 90, .item, "packages do not fit together"),
        .starts("FOUND ", 70, .line, "count of the linter's findings", needs: ["ERROR", "AFFECTING"]),
        .has(" | ERROR ", 88, .line, "the linter's error").underHeading,
        Rule(
            literal: "Exception]", place: .end, weight: 88, extent: .paragraph, role: .failure,
            why: "an exception ended the program", shape: { line, _ in line.starts(with: "[") }),
        .starts("FAILED TEST SUMMARY", 78, .item, "the failed tests"),
        .starts("TEST FAILURE:", 84, .line, "a failed test"),
    ]

    private static let perl: [Rule] = [
        .starts("#   Failed test", 93, .prefixed, "a failed test"),
        .starts("# Failed test", 93, .prefixed, "a failed test"),
        .starts("Test Summary Report", 78, .paragraph, "summary of the failed tests"),
        .starts("Result: FAIL", 48, .line, "tests failed", role: .summary),
        .has(" subtests", 62, .line, "count of failed tests", needs: ["Failed"], role: .summary),
        .starts("Can't locate ", 93, .line, "a module is missing"),
        .has("BEGIN failed--compilation aborted", 72, .line, "the program does not compile"),
        .has("Dubious, test returned", 66, .line, "a test program failed"),
        .starts("# Looks like", 66, .line, "tests failed", role: .summary),
    ]
}
