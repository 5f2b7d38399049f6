/// Test runners and package managers of C, C++, Go, Rust, Swift, .NET, Haskell, the Erlang family, R, Julia, Lua and Dart.
enum NativeRules {
    static let all: [Rule] = cFamily + go + rust + dotNet + functional + others

    private static let cFamily: [Rule] = [
        .starts("[  FAILED  ]", 74, .line, "a failed test", lacks: ["tests, listed below"]),
        .ends(": Failure", 93, .paragraph, "assertion of a failed test"),
        .ends(": FAILED:", 93, .item, "assertion of a failed test"),
        .starts("The following tests FAILED:", 88, .paragraph, "the failed tests"),
        .has("***Failed", 84, .line, "a failed test"),
        .has("***Exception", 84, .line, "a test that crashed"),
        .has("***Timeout", 84, .line, "a test that ran out of time"),
        .starts("Errors while running CTest", 42, .line, "tests failed", role: .summary),
        .starts("FAIL!  : ", 92, .indented, "a failed test"),
        .has("AddressSanitizer", 93, .trace, "memory error", needs: ["ERROR"]),
        .has(": runtime error: ", 92, .line, "undefined behaviour"),
        .starts("terminate called", 93, .paragraph, "an exception ended the program"),
        .has("Assertion `", 93, .line, "an assertion failed"),
        .has("Assertion failed", 91, .trace, "an assertion failed"),
        .has("assertion failed", 90, .trace, "an assertion failed"),
        .starts("Failing tests:", 84, .paragraph, "the failed tests"),
    ]

    private static let go: [Rule] = [
        .starts("--- FAIL: ", 92, .indented, "a failed test").title,
        .starts("WARNING: DATA RACE", 97, .trace, "the race detector found a data race"),
        .starts("panic: ", 92, .trace, "a panic ended the program"),
        .starts("FAIL\t", 60, .line, "a failed package", role: .summary),
        .has("[build failed]", 58, .line, "a package that does not compile", role: .summary),
        .has("cannot find package", 92, .line, "a package is missing"),
        .has("imported and not used", 94, .line, "compiler error"),
        .has(": undefined: ", 94, .line, "compiler error"),
        .has("no required module provides package", 93, .line, "a package is missing"),
    ]

    private static let rust: [Rule] = [
        .has("' panicked at ", 94, .paragraph, "a test panicked"),
        .ends(" stdout ----", 88, .paragraph, "a failed test"),
        .starts("test ", 78, .line, "a failed test", needs: ["... FAILED"]),
        .starts("test result: FAILED", 48, .line, "count of failed tests", role: .summary),
        .starts("failures:", 30, .line, "the failed tests", role: .summary),
        .starts("Diff in ", 90, .indented, "the formatter wants changes"),
    ]

    private static let dotNet: [Rule] = [
        .ends("[FAIL]", 92, .indented, "a failed test").title,
        .starts("Error Message:", 88, .item, "assertion of a failed test"),
        .starts("Failed   ", 84, .line, "a failed test"),
        .starts("Unhandled Exception", 92, .trace, "an exception ended the program"),
        .starts("Unhandled exception", 92, .trace, "an exception ended the program"),
    ]

    private static let functional: [Rule] = [
        .has("*** Failed! ", 93, .paragraph, "a property that does not hold"),
        .has("*** Failed (", 93, .paragraph, "a property that does not hold"),
        .ends(" FAIL", 88, .indented, "a failed test", lacks: ["Test suite "]),
        .has(" FAIL (", 90, .indented, "a failed test"),
        .starts("Test suite ", 56, .line, "a failed test suite", needs: ["FAIL"], role: .summary),
        .ends(" FAILED", 80, .line, "a failed test", lacks: ["(", " > ", "::", "Task"]),
        .has("FAILED [", 86, .line, "a failed test"),
        .starts("### Failure in:", 93, .paragraph, "a failed test"),
        .starts("### Error in:", 93, .paragraph, "a test that ended in an error"),
        .starts("cabal: ", 82, .paragraph, "cabal's error"),
        .starts("Error: Could not resolve dependencies", 92, .paragraph, "packages do not fit together"),
        .has("While building", 60, .paragraph, "the package that failed", needs: ["--"], role: .summary),
        .has("ExitFailure", 44, .line, "a process failed", role: .summary),
        .starts("Variable not in scope", 90, .line, "compiler error"),
        .starts("** (", 92, .item, "an exception ended the program"),
        .has("*failed*", 90, .item, "a failed test"),
        .has(": FAILED", 88, .item, "a failed test", needs: ["==>"]),
        .starts("===> ", 84, .paragraph, "rebar's error", needs: ["rror"]).title,
        .starts("===> ", 84, .paragraph, "rebar's error", needs: ["ailed"]).title,
        .has("crashed with reason", 88, .paragraph, "a process crashed"),
    ]

    private static let others: [Rule] = [
        .ends(" ERROR", 84, .indented, "a failed check", needs: ["checking"]),
        .ends("  ERROR", 80, .line, "a test that ended in an error"),
        .starts("Error in ", 90, .paragraph, "an error ended the program"),
        .starts("Execution halted", 42, .line, "the program ended early", role: .summary),
        .has("there is no package called", 92, .line, "a package is missing"),
        .has("Failure: ", 91, .item, "a failed test", needs: ["──"]),
        .has("Failure (", 91, .item, "a failed test", needs: ["──"]),
        .has("Error (", 91, .item, "a test that ended in an error", needs: ["──"]),
        .starts("ERROR: LoadError", 92, .trace, "an error ended the program"),
        .has(": Test Failed at ", 93, .item, "a failed test"),
        .has("Test Failed", 91, .item, "a failed test", lacks: ["Tests Failed"]),
        .has(": Error During Test", 93, .trace, "a test that ended in an error"),
        .has("Some tests did not pass", 50, .line, "count of failed tests", role: .summary),
        .starts("Failure → ", 93, .item, "a failed test"),
        .starts("Error → ", 93, .item, "a test that ended in an error"),
        .ends(" [E]", 92, .indented, "a failed test"),
        .starts("error • ", 90, .line, "the analyser's error"),
        .starts("Some tests failed.", 42, .line, "tests failed", role: .summary),
        .starts("fail: ", 84, .trace, "error of the tool"),
        .starts("Fail: ", 84, .trace, "error of the tool"),
        .starts("Failed: ", 70, .line, "what failed"),
        .starts("│ Error: ", 92, .prefixed, "error of the tool"),
    ]
}
